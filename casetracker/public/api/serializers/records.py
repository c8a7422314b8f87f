"""Stations and responses."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.evidence import Citation, Disclosure, Links, Verification
from casetracker.public.api.serializers.fields import basis, code, day, edtf, optional


class VersionLinks(Links):
    """Addresses of a version."""

    log_entry = serializers.CharField()


class RecordLinks(Links):
    """Addresses of a record."""

    version = serializers.CharField(help_text="The permanent address of this version.")
    versions = serializers.CharField()
    government = optional()
    page = optional(help_text="For people.")


class Name(serializers.Serializer):
    """A name of a station."""

    text = serializers.CharField()
    language = optional(help_text="BCP 47.")
    role = code(labels.NAME_ROLES)
    role_label = serializers.CharField()


class Reply(serializers.Serializer):
    """Somebody was asked for their side."""

    asked = optional(help_text="Who was asked.")
    asked_on = edtf()
    asked_on_earliest = day()
    asked_on_latest = day()
    answer = optional()
    answered_on = edtf()
    answered_on_earliest = day()
    answered_on_latest = day()
    language = optional(help_text="BCP 47.")


class Record(serializers.Serializer):
    """What all records share."""

    reference = serializers.CharField()
    version = serializers.IntegerField(min_value=1)
    record_kind = code(labels.RECORD_KINDS)
    label = serializers.CharField()
    summary = optional()
    disclosures = Disclosure(many=True)
    citations = Citation(many=True)
    confidential_source = serializers.BooleanField(
        help_text="Whether a confidential source known to the editors supports it. Nothing else is told of such "
        "sources, and they add to no verification level."
    )
    confidential_source_for = serializers.ListField(
        child=serializers.CharField(allow_null=True),
        help_text="The fields that it supports. Null: the record as a whole.",
    )
    verification = Verification()
    published_at = serializers.DateTimeField()
    first_published_at = serializers.DateTimeField()
    links = RecordLinks()


class Station(Record):
    """A reported station. Reported is not proven: see standing, verification and citations."""

    kind = code(labels.STATION_KINDS)
    kind_label = serializers.CharField()
    names = Name(many=True)
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    country_iso3 = serializers.CharField()
    country_name = serializers.CharField()
    region = optional()
    locality = optional()
    place_precision = code(labels.PLACE_PRECISIONS)
    place_precision_label = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    operator_jurisdiction = optional(help_text="Whose police is said to run it.")
    counted_in = serializers.ListField(child=serializers.CharField(), help_text="Reports that counted it.")
    first_reported = edtf()
    first_reported_earliest = day()
    first_reported_latest = day()
    opened = edtf()
    opened_earliest = day()
    opened_latest = day()
    closed = edtf()
    closed_earliest = day()
    closed_latest = day()
    operating_status = code(labels.OPERATING_STATUSES)
    operating_status_label = serializers.CharField()
    operating_status_as_of = edtf()
    operating_status_as_of_earliest = day()
    operating_status_as_of_latest = day()
    standing = code(labels.STANDINGS)
    standing_label = serializers.CharField()
    replies = Reply(many=True)


class Act(serializers.Serializer):
    """What the long and the short form of a response share."""

    reference = serializers.CharField()
    label = serializers.CharField()
    concerns = optional(help_text="A government; null where it concerns no single one.")
    concerns_iso3 = optional()
    concerns_name = optional()
    responder = optional()
    responder_iso3 = optional()
    responder_name = optional()
    actor = optional()
    level = code(labels.ACTOR_LEVELS)
    level_label = serializers.CharField()
    kind = code(labels.RESPONSE_KINDS)
    kind_label = serializers.CharField()
    date = serializers.CharField(help_text="EDTF.")
    date_earliest = day()
    date_latest = day()
    order_in_day = serializers.IntegerField(allow_null=True)
    counts_from = serializers.DateField(allow_null=True, help_text="The day from which it counts for the status.")
    scope = code(labels.SCOPES)
    scope_label = serializers.CharField()
    unrelated_offence = serializers.BooleanField()
    sets_status = code(labels.STATUS_VALUES, null=True)
    basis = basis()
    sets_status_label = optional()
    activity_continues = serializers.BooleanField()
    summary = optional()


class CompactResponse(Act):
    """A response in short."""

    verification_level = code(labels.VERIFICATION_LEVELS)
    disputed = serializers.BooleanField()
    links = Links()


class Response(Act, Record):
    """What a government or somebody else did or said."""

    person = optional()
    party = optional()
    cabinet = optional()
    anonymous = serializers.BooleanField()
    last_known_true = edtf()
    last_known_true_earliest = day()
    last_known_true_latest = day()
    same_act_as = optional(help_text="The response that tells of the same act.")
    quote = optional()
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
