"""Agreements."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.evidence import Links
from casetracker.public.api.serializers.fields import code, day, edtf, optional
from casetracker.public.api.serializers.records import Record


class Terms(serializers.Serializer):
    """What the long and the short form of an agreement share."""

    reference = serializers.CharField()
    label = serializers.CharField()
    country = serializers.CharField(help_text="The host government: ISO 3166-1 alpha-2, or EU.")
    country_iso3 = optional()
    country_name = serializers.CharField()
    counterpart = serializers.CharField(help_text="The other government.")
    counterpart_iso3 = optional()
    counterpart_name = serializers.CharField()
    type = code(labels.AGREEMENT_TYPES)
    type_label = serializers.CharField()
    title = optional()
    title_language = optional(help_text="BCP 47.")
    signed = edtf()
    signed_earliest = day()
    signed_latest = day()
    in_force_from = edtf()
    in_force_from_earliest = day()
    in_force_from_latest = day()
    in_force_to = edtf()
    in_force_to_earliest = day()
    in_force_to_latest = day()
    places = serializers.ListField(child=serializers.CharField())
    status = code(labels.AGREEMENT_STATUSES)
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
    status_as_of = edtf()
    status_as_of_earliest = day()
    status_as_of_latest = day()
    ended_by = optional(help_text="The response that ended or suspended it.")


class AgreementVersion(Agreement):
    """A version of an agreement."""

    superseded = serializers.BooleanField(help_text="A later version was published.")
