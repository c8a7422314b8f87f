"""Stations and responses."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.evidence import Citation, Disclosure, Links, Verification
from casetracker.public.api.serializers.fields import DATE, Described, basis, code, day, edtf, optional


class VersionLinks(Links):
    """Addresses of a version."""

    log_entry = serializers.CharField()


class RecordLinks(Links):
    """Addresses of a record."""

    version = serializers.CharField(help_text="The permanent address of this version.")
    versions = serializers.CharField(help_text="All its versions.")
    government = optional(help_text="The government that it is about.")
    page = optional(help_text="For people.")


class Name(Described):
    """A name of a station."""

    text = serializers.CharField()
    language = optional(help_text="BCP 47.")
    role = code(labels.NAME_ROLES)
    role_label = serializers.CharField()


class Reply(serializers.Serializer):
    """Somebody was asked for their side."""

    asked = optional(help_text="Who was asked.")
    asked_on = edtf("When they were asked.")
    asked_on_earliest = day()
    asked_on_latest = day()
    answer = optional()
    answered_on = edtf("When they answered.")
    answered_on_earliest = day()
    answered_on_latest = day()
    language = optional(help_text="BCP 47.")


class Record(Described):
    """What all records share."""

    reference = serializers.CharField(help_text="The permanent reference.")
    version = serializers.IntegerField(min_value=1, help_text="How often it was published.")
    record_kind = code(labels.RECORD_KINDS, help_text="What kind of record it is.")
    label = serializers.CharField(help_text="What the record is called.")
    summary = optional(help_text="In a few sentences.")
    disclosures = Disclosure(many=True, help_text="What is private by default, and was marked publishable.")
    citations = Citation(many=True, help_text="The sources that it rests on, and what each says.")
    confidential_source = serializers.BooleanField(
        help_text="Whether a confidential source known to the editors supports it. Nothing else is told of such "
        "sources, and they add to no verification level."
    )
    confidential_source_for = serializers.ListField(
        child=serializers.CharField(allow_null=True),
        help_text="The fields that it supports; none of them for the record as a whole.",
    )
    verification = Verification(help_text="How well it is supported.")
    published_at = serializers.DateTimeField(help_text="When this version was published.")
    first_published_at = serializers.DateTimeField(help_text="When the first version was published.")
    links = RecordLinks(help_text="Addresses, relative to this host.")


class Station(Record):
    """A reported station. Reported is not proven: see standing, verification and citations."""

    kind = code(labels.STATION_KINDS, help_text="What kind of station is reported.")
    kind_label = serializers.CharField()
    names = Name(many=True, help_text="What it is called in its sources.")
    country = serializers.CharField(help_text="Where it is: ISO 3166-1 alpha-2.")
    country_iso3 = serializers.CharField()
    country_name = serializers.CharField()
    region = optional(help_text="Region or province.")
    locality = optional(help_text="City or place.")
    place_precision = code(labels.PLACE_PRECISIONS, help_text="How precisely the place is known.")
    place_precision_label = serializers.CharField()
    latitude = serializers.FloatField(
        allow_null=True,
        help_text="Degrees north; none where no more than a region or country is known.",
    )
    longitude = serializers.FloatField(allow_null=True, help_text="Degrees east, as latitude.")
    operator_jurisdiction = optional(help_text="Whose police is said to run it.")
    counted_in = serializers.ListField(child=serializers.CharField(), help_text="Reports that counted it.")
    first_reported = edtf("When it was first reported.")
    first_reported_earliest = day()
    first_reported_latest = day()
    opened = edtf("When it opened.")
    opened_earliest = day()
    opened_latest = day()
    closed = edtf("When it closed.")
    closed_earliest = day()
    closed_latest = day()
    operating_status = code(labels.OPERATING_STATUSES, help_text="Whether it is reported to be open.")
    operating_status_label = serializers.CharField()
    operating_status_as_of = edtf("When that was so.")
    operating_status_as_of_earliest = day()
    operating_status_as_of_latest = day()
    standing = code(labels.STANDINGS, help_text="What authorities found, apart from whether it is open.")
    standing_label = serializers.CharField()
    replies = Reply(many=True, help_text="Who was asked for their side, and what they answered.")


class Act(Described):
    """What the long and the short form of a response share."""

    reference = serializers.CharField(help_text="The permanent reference.")
    label = serializers.CharField(help_text="What the response is called.")
    concerns = optional(help_text="The government that it concerns: ISO 3166-1 alpha-2, or EU.")
    concerns_iso3 = optional()
    concerns_name = optional()
    responder = optional(help_text="The government that responded: ISO 3166-1 alpha-2, or EU.")
    responder_iso3 = optional()
    responder_name = optional()
    actor = optional(help_text="The office or person that responded.")
    level = code(labels.ACTOR_LEVELS, help_text="At what level.")
    level_label = serializers.CharField()
    kind = code(labels.RESPONSE_KINDS, help_text="What was done or said.")
    kind_label = serializers.CharField()
    date = serializers.CharField(help_text=DATE)
    date_earliest = day()
    date_latest = day()
    order_in_day = serializers.IntegerField(allow_null=True, help_text="Its place among several of one day.")
    counts_from = serializers.DateField(allow_null=True, help_text="The day from which it counts for the status.")
    scope = code(labels.SCOPES, help_text="Whether it speaks for the whole country.")
    scope_label = serializers.CharField()
    unrelated_offence = serializers.BooleanField(help_text="It is about an offence unrelated to a station.")
    sets_status = code(
        labels.STATUS_VALUES,
        null=True,
        help_text="The status that it gives to the government.",
    )
    basis = basis()
    sets_status_label = optional(help_text="That status with its basis, in words.")
    activity_continues = serializers.BooleanField(help_text="It says that the activity goes on.")
    summary = optional(help_text="In a few sentences.")


class CompactResponse(Act):
    """A response in short."""

    verification_level = code(labels.VERIFICATION_LEVELS)
    disputed = serializers.BooleanField()
    links = Links()


class Response(Act, Record):
    """What a government or somebody else did or said."""

    person = optional(help_text="Who spoke, if that is public.")
    party = optional(help_text="The party of that person at the time.")
    cabinet = optional(help_text="The cabinet at the time.")
    anonymous = serializers.BooleanField(help_text="The actor is not named by the source.")
    last_known_true = edtf("Until when it was known to be so, of what did not happen.")
    last_known_true_earliest = day()
    last_known_true_latest = day()
    same_act_as = optional(help_text="The response that tells of the same act.")
    quote = optional(help_text="What was said, word for word.")
    quote_language = optional(help_text="BCP 47.")
    quote_translation = optional()
    stations = serializers.ListField(child=serializers.CharField(), help_text="References.")


class StationVersion(Station):
    """A version of a station."""

    superseded = serializers.BooleanField(help_text="A later version was published.")


class ResponseVersion(Response):
    """A version of a response."""

    superseded = serializers.BooleanField(help_text="A later version was published.")


class Version(serializers.Serializer):
    """A version of a record in short."""

    reference = serializers.CharField()
    version = serializers.IntegerField(min_value=1)
    superseded = serializers.BooleanField()
    label = serializers.CharField()
    published_at = serializers.DateTimeField()
    links = VersionLinks()
