"""Agreements."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.evidence import Links
from casetracker.public.api.serializers.fields import Described, code, day, edtf, optional
from casetracker.public.api.serializers.records import Record


class Terms(Described):
    """What the long and the short form of an agreement share."""

    reference = serializers.CharField(help_text="The permanent reference.")
    label = serializers.CharField(help_text="What the agreement is called.")
    country = serializers.CharField(help_text="The host government: ISO 3166-1 alpha-2, or EU.")
    country_iso3 = optional()
    country_name = serializers.CharField()
    counterpart = serializers.CharField(help_text="The other government.")
    counterpart_iso3 = optional()
    counterpart_name = serializers.CharField()
    type = code(labels.AGREEMENT_TYPES, help_text="What kind of agreement it is.")
    type_label = serializers.CharField()
    title = optional(help_text="Its title, as printed.")
    title_language = optional(help_text="BCP 47.")
    signed = edtf("When it was signed.")
    signed_earliest = day()
    signed_latest = day()
    in_force_from = edtf("Since when it is in force.")
    in_force_from_earliest = day()
    in_force_from_latest = day()
    in_force_to = edtf("Until when it was in force.")
    in_force_to_earliest = day()
    in_force_to_latest = day()
    places = serializers.ListField(child=serializers.CharField(), help_text="Where it applies.")
    status = code(labels.AGREEMENT_STATUSES, help_text="Whether it is in force.")
    status_label = serializers.CharField()
    counts_from = serializers.DateField(allow_null=True, help_text="The first day on which there surely was one.")


class CompactAgreement(Terms):
    """An agreement in short."""

    verification_level = code(labels.VERIFICATION_LEVELS)
    disputed = serializers.BooleanField()
    links = Links()


class Agreement(Terms, Record):
    """What two governments, or bodies of theirs, agreed upon. An agreement is not a station."""

    parties = serializers.ListField(child=serializers.CharField(), help_text="Who concluded it.")
    status_as_of = edtf("When that was so.")
    status_as_of_earliest = day()
    status_as_of_latest = day()
    ended_by = optional(help_text="The response that ended or suspended it.")


class AgreementVersion(Agreement):
    """A version of an agreement."""

    superseded = serializers.BooleanField(help_text="A later version was published.")
