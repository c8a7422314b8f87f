"""The log, the entrance, errors, and lists of everything."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.agreements import Agreement
from casetracker.public.api.serializers.claims import Claim
from casetracker.public.api.serializers.evidence import Links, Source
from casetracker.public.api.serializers.fields import Described, code, optional
from casetracker.public.api.serializers.governments import Government
from casetracker.public.api.serializers.records import Response, Station, Version
from casetracker.publication.models import LogAction


class LogEntry(Described):
    """One publication, revision, correction, retraction or merge."""

    sequence = serializers.IntegerField(min_value=1, help_text="The number of the entry, without gaps.")
    release = serializers.IntegerField(allow_null=True, help_text="The batch, where several records went out together.")
    record_kind = code(labels.RECORD_KINDS, help_text="What kind of record it is about.")
    reference = serializers.CharField(help_text="The record.")
    version = serializers.IntegerField(allow_null=True, help_text="None for a retraction or merge.")
    action = serializers.ChoiceField(choices=LogAction.choices, help_text="What happened.")
    published_at = serializers.DateTimeField(help_text="When.")
    commitment = serializers.CharField(help_text="SHA-256 of salt and snapshot.")
    note_hash = optional(help_text="SHA-256 of salt and public note.")
    previous_hash = optional(help_text="The fingerprint of the entry before; none for the first.")
    entry_hash = serializers.CharField(help_text="The fingerprint of this entry, which covers the one before.")
    links = Links(help_text="Addresses, relative to this host.")


class CheckpointLinks(serializers.Serializer):
    """Addresses, relative to this host."""

    entry = serializers.CharField()


class Checkpoint(serializers.Serializer):
    """A signature over the last entry that the log had at some moment."""

    sequence = serializers.IntegerField(min_value=1)
    entry_hash = serializers.CharField()
    signed_at = serializers.DateTimeField()
    public_key = serializers.CharField(help_text="Ed25519, as base64. Compare it with the one published elsewhere.")
    signature = serializers.CharField(help_text="Ed25519, as base64. docs/api.md says over what.")
    links = CheckpointLinks()


class PublicKey(serializers.Serializer):
    """A key that has signed the log."""

    public_key = serializers.CharField(help_text="Ed25519, as base64.")
    first_signed_at = serializers.DateTimeField()
    last_signed_at = serializers.DateTimeField()


class PublicKeys(serializers.Serializer):
    """The keys that have signed the log, the newest first."""

    keys = PublicKey(many=True)


class Head(serializers.Serializer):
    """The last entry of the log: all answers are a function of it."""

    sequence = serializers.IntegerField(min_value=0)
    entry_hash = optional()
    published_at = serializers.DateTimeField(allow_null=True)


class IndexLinks(serializers.Serializer):
    """What there is to read."""

    stations = serializers.CharField()
    responses = serializers.CharField()
    agreements = serializers.CharField()
    claims = serializers.CharField()
    governments = serializers.CharField()
    statistics = serializers.CharField()
    status_history = serializers.CharField()
    sources = serializers.CharField()
    log = serializers.CharField()
    changes = serializers.CharField()
    search = serializers.CharField()
    packages = serializers.CharField(help_text="Everything as files, dated and for ever the same.")
    schema = serializers.CharField()
    docs = serializers.CharField()


class Index(serializers.Serializer):
    """The entrance."""

    links = IndexLinks()
    head = Head()


class Listing(serializers.Serializer):
    """A page of a list."""

    count = serializers.IntegerField(min_value=0, help_text="Of all pages.")
    next = optional(help_text="Address of the next page, relative to this host; null on the last one.")


class StationList(Listing):
    """A page of stations."""

    results = Station(many=True)


class ResponseList(Listing):
    """A page of responses."""

    results = Response(many=True)


class AgreementList(Listing):
    """A page of agreements."""

    results = Agreement(many=True)


class ClaimList(Listing):
    """A page of claims."""

    results = Claim(many=True)


class SourceList(Listing):
    """A page of sources."""

    results = Source(many=True)


class GovernmentList(Listing):
    """A page of governments."""

    results = Government(many=True)


class LogList(Listing):
    """A page of the log."""

    results = LogEntry(many=True)


class CheckpointList(Listing):
    """A page of checkpoints."""

    results = Checkpoint(many=True)


class VersionList(Listing):
    """A page of versions."""

    results = Version(many=True)


class Point(serializers.Serializer):
    """A place: longitude, then latitude."""

    type = serializers.ChoiceField(choices=["Point"])
    coordinates = serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)


class Feature(serializers.Serializer):
    """A record on the map."""

    type = serializers.ChoiceField(choices=["Feature"])
    id = serializers.CharField()
    geometry = Point(allow_null=True, help_text="Null where no place, or none so precise, is public.")
    properties = serializers.DictField(help_text="The record, or the fields that were asked for.")


class FeatureCollection(serializers.Serializer):
    """Records on the map (RFC 7946)."""

    type = serializers.ChoiceField(choices=["FeatureCollection"])
    features = Feature(many=True)


class ParameterError(serializers.Serializer):
    """What is wrong with one parameter, and what would be right."""

    parameter = serializers.CharField()
    message = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField())


class Problem(serializers.Serializer):
    """Why a request was refused (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ParameterError(many=True)


class ErasedVersion(serializers.Serializer):
    """A version whose content was destroyed: the hash of it in the log is all that is left."""

    version = serializers.IntegerField(min_value=1)
    ground = code(labels.ERASURE_GROUNDS)
    ground_label = serializers.CharField()
    note = optional(help_text="The public note of the editors.")
    erased_at = serializers.DateTimeField()


class Withdrawal(Problem):
    """What stays of something that was published and is withdrawn."""

    reference = serializers.CharField()
    record_kind = code({**labels.RECORD_KINDS, "source": "Source"})
    reason = code({**labels.RETRACTION_REASONS, "no_longer_cited": "No published record cites it any more"})
    reason_label = serializers.CharField()
    note = optional(help_text="The public note of the editor.")
    successor = optional(help_text="The record that took it over, if it was merged into another.")
    first_published_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField()
    erased_versions = ErasedVersion(many=True, help_text="Of those that were withdrawn with it.")


class Licence(serializers.Serializer):
    """Under which the data may be used."""

    name = serializers.CharField(help_text="SPDX.")
    title = serializers.CharField()
    path = serializers.CharField()


class PackageFile(serializers.Serializer):
    """A file of a package."""

    name = serializers.CharField()
    bytes = serializers.IntegerField(min_value=0)
    sha256 = serializers.CharField()
    address = serializers.CharField(help_text="Relative to this host.")


class Package(serializers.Serializer):
    """All that was published at an entry of the log, as files."""

    name = serializers.CharField()
    sequence = serializers.IntegerField(min_value=1, help_text="That entry.")
    entry_hash = serializers.CharField()
    published_at = serializers.DateTimeField()
    rows = serializers.DictField(child=serializers.IntegerField(min_value=0), help_text="Of each list.")
    files = PackageFile(many=True, help_text="The archive with all of them first.")


class PackageList(serializers.Serializer):
    """The packages that may be read."""

    results = Package(many=True)
    licence = Licence()
