"""Claims, and how the counts among them agree with the stations listed."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.evidence import Links
from casetracker.public.api.serializers.fields import DATE, Described, code, day, edtf, optional
from casetracker.public.api.serializers.records import Record


class Assertion(Described):
    """What the long and the short form of a claim share."""

    reference = serializers.CharField(help_text="The permanent reference.")
    label = serializers.CharField(help_text="What the claim is called.")
    topic = code(labels.CLAIM_TOPICS, help_text="What it is about.")
    topic_label = serializers.CharField()
    text = serializers.CharField(help_text="What is claimed, in the words of this record.")
    qualifier = code(labels.QUALIFIERS, null=True, help_text="There exactly with a value.")
    qualifier_label = optional()
    value = serializers.IntegerField(min_value=0, allow_null=True, help_text="The number that is claimed.")
    unit = code(labels.UNITS, null=True, help_text="What is counted.")
    unit_label = optional()
    quantity = optional(help_text="Qualifier, value and unit in words.")
    country = optional(help_text="The government that it is about; none for the whole world.")
    country_iso3 = optional()
    country_name = optional()
    as_of = serializers.CharField(help_text=f"When it was claimed. {DATE}")
    as_of_earliest = day()
    as_of_latest = day()
    claimed_by = serializers.CharField(help_text="Who claims it.")
    epistemic_status = code(
        labels.EPISTEMIC_STATUSES,
        help_text="How it is said: as a finding, an allegation, a denial.",
    )
    epistemic_status_label = serializers.CharField()
    superseded_by = optional(help_text="The claim that replaced it. It stays readable.")
    counts_from = serializers.DateField(allow_null=True, help_text="The first day on which it surely was claimed.")


class CompactClaim(Assertion):
    """A claim in short."""

    verification_level = code(labels.VERIFICATION_LEVELS)
    disputed = serializers.BooleanField()
    links = Links()


class Claim(Assertion, Record):
    """What somebody asserted, in words or as a count. That it is claimed does not say that it is true."""

    summary = None  # It has a text instead.
    period = edtf("The time that the claim is about.")
    period_earliest = day()
    period_latest = day()
    attribution = serializers.ListField(
        child=serializers.CharField(), help_text="Who says it, whom they quote, whom these quote, and so on."
    )
    attribution_label = optional(help_text="Through whom it came to us, in words.")


class ClaimVersion(Claim):
    """A version of a claim."""

    superseded = serializers.BooleanField(help_text="A later version was published.")


class Count(Described):
    """A claim about the number of stations in a country."""

    reference = serializers.CharField(help_text="The claim that gives the count.")
    label = serializers.CharField(help_text="What that claim is called.")
    qualifier = code(labels.QUALIFIERS, help_text="Whether it is exactly so many, at least, or more.")
    value = serializers.IntegerField(min_value=0, help_text="The number that is claimed.")
    unit = code(labels.UNITS, help_text="What is counted.")
    quantity = serializers.CharField(help_text="Qualifier, value and unit in words.")
    claimed_by = serializers.CharField(help_text="Who counted.")
    as_of = serializers.CharField(help_text=f"When it was claimed. {DATE}")
    as_of_earliest = day()
    as_of_latest = day()
    links = Links(help_text="Addresses, relative to this host.")


class Coverage(Described):
    """How the number of stations that was reported agrees with the stations listed here."""

    reported = Count(allow_null=True, help_text="The latest count.")
    earlier = Count(many=True, help_text="The counts before it, the latest first.")
    stations = serializers.IntegerField(min_value=0, help_text="Stations listed.")
    counted = serializers.IntegerField(min_value=0, help_text="Of them, those that a report counted.")
    elsewhere = serializers.IntegerField(min_value=0, help_text="Of them, those alleged elsewhere only.")
    missing = serializers.IntegerField(
        min_value=0, allow_null=True, help_text="Reported and not listed, at least; none without a count."
    )
    explanation = serializers.CharField(help_text="The same in a sentence.")
