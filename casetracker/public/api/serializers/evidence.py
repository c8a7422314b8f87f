"""What records rest on."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.fields import Described, code, day, edtf, optional


class Links(Described):
    """Addresses, relative to this host."""

    self = serializers.CharField(help_text="The address of this.")


class Source(Described):
    """A document that published records cite."""

    reference = serializers.CharField(help_text="The permanent reference.")
    label = serializers.CharField(help_text="The title; without one, publisher and date.")
    title = optional(help_text="As printed.")
    publisher = optional(help_text="Who published it, as printed.")
    publisher_country = optional(help_text="Of who stands behind it. ISO 3166-1 alpha-2, or EU.")
    publisher_country_iso3 = optional()
    publisher_country_name = optional()
    publisher_control = code(labels.CONTROLS, null=True, help_text="In whose hands the publisher is.")
    publisher_control_label = optional()
    author = optional(help_text="Who wrote it; several with semicolons between them.")
    published = edtf("When it was published.")
    published_earliest = day()
    published_latest = day()
    url = optional(help_text="Where it was read.")
    language = optional(help_text="BCP 47.")
    type = code(labels.SOURCE_TYPES, help_text="What kind of document it is.")
    type_label = serializers.CharField()
    derived_from = optional(help_text="The source that this one repeats or reports on.")
    derivation = code(labels.DERIVATIONS, null=True, help_text="What it does with that source.")
    derivation_label = optional()
    archived_sha256 = optional(help_text="Of the archived copy that was kept when this was published, if any.")
    archived_on = day(help_text="When the copy was kept.")
    link_state = code(labels.LINK_STATES, null=True, help_text="How the address fared when it was last looked at.")
    link_state_label = optional()
    link_seen_on = day(help_text="When that was.")
    links = Links(help_text="Addresses, relative to this host.")


class Citation(serializers.Serializer):
    """What a source says about a record or one of its fields."""

    field = optional(help_text="Null: the record as a whole.")
    stance = code(labels.STANCES)
    stance_label = serializers.CharField()
    attributed_to = optional(help_text="Whose words, where they are not the source's own.")
    speaker_anonymous = serializers.BooleanField(help_text="The source gives words of somebody whom it does not name.")
    speaker_role = optional(help_text="Of an anonymous speaker, such as resident.")
    speaker_place = optional(help_text="Of an anonymous speaker.")
    speaker = optional(help_text="Whose words, in one phrase: a name, or such as “an anonymous resident of Rotterdam”.")
    locator = optional(help_text="Page, paragraph or time.")
    quote = optional()
    quote_language = optional(help_text="BCP 47.")
    quote_translation = optional()
    quote_translated_from = optional(help_text="The language that the quote itself was translated from.")
    value_given = optional(help_text="The value that this source gives, where it differs.")
    source = Source()


class Verification(Described):
    """How well a record is supported, computed from its citations."""

    level = code(labels.VERIFICATION_LEVELS, help_text="How well it is supported.")
    level_label = serializers.CharField()
    disputed = serializers.BooleanField(help_text="A source disputes or denies it.")
    independent_origins = serializers.IntegerField(
        min_value=0, help_text="How many sources support it that do not repeat one another."
    )
    reason = serializers.CharField(help_text="Why it has this level, in words.")


class Disclosure(serializers.Serializer):
    """Something that is private by default, and that an editor has marked publishable."""

    kind = code(labels.DISCLOSURE_KINDS)
    kind_label = serializers.CharField()
    text = serializers.CharField()


class CitedBy(serializers.Serializer):
    """A record that cites a source."""

    reference = serializers.CharField()
    record_kind = code(labels.RECORD_KINDS)
    record_kind_label = serializers.CharField()
    label = serializers.CharField()
    field = optional(help_text="Null: the record as a whole.")
    stance = code(labels.STANCES)
    stance_label = serializers.CharField()
    links = Links()


class CitedByLists(serializers.Serializer):
    """Addresses of the lists of all records that cite a source."""

    stations = serializers.CharField()
    responses = serializers.CharField()
    agreements = serializers.CharField()
    claims = serializers.CharField()


class SourceDetail(Source):
    """A source, and the records that cite it."""

    cited_by = CitedBy(many=True, help_text="At most 500, the last published first.")
    cited_by_lists = CitedByLists()
