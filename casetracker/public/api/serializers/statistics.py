"""Numbers about all governments, and the status of each over time."""

from typing import Any

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.fields import Described, basis, code, optional
from casetracker.public.api.serializers.site import Listing


class BasisCount(serializers.Serializer):
    """How many governments have a status on one basis."""

    basis = basis()
    label = serializers.CharField()
    count = serializers.IntegerField(min_value=0)


class StatusCount(serializers.Serializer):
    """How many governments have a status."""

    value = code(labels.STATUS_VALUES)
    label = serializers.CharField()
    count = serializers.IntegerField(min_value=0)
    bases = BasisCount(many=True, help_text="What the number consists of; empty for a status without a basis.")


class ReasonCount(serializers.Serializer):
    """How many governments have no status, and why."""

    reason = code(labels.NO_STATUS)
    label = serializers.CharField()
    count = serializers.IntegerField(min_value=0)


class ShortStatus(Described):
    """A status without its lines and days."""

    value = code(labels.STATUS_VALUES, null=True, help_text="The response status; none if no response sets one.")
    label = serializers.CharField(help_text="In words, with the basis.")
    basis = basis()
    reason = code(labels.NO_STATUS, null=True, help_text="Why there is no status.")
    activity_continues = serializers.BooleanField(help_text="Activity is reported to continue.")
    set_by = optional(help_text="The response that sets it.")


class StatusChange(serializers.Serializer):
    """A government whose status is not what it was."""

    country = serializers.CharField(help_text="ISO 3166-1 alpha-2, or EU.")
    iso3 = optional()
    name = serializers.CharField()
    before = ShortStatus()
    after = ShortStatus()
    sentence = serializers.CharField()


class Comparison(serializers.Serializer):
    """What changed since the end of an earlier day, as known at the same time."""

    compared_with = serializers.DateField()
    changes = StatusChange(many=True)
    sentences = serializers.ListField(child=serializers.CharField())


class Statistics(serializers.Serializer):
    """The numbers of a view. The accused state is in no tally."""

    as_of = serializers.DateField(allow_null=True, help_text="Null: no cut by date.")
    governments = serializers.IntegerField(min_value=0, help_text="With a station, a response or a reported count.")
    stations = serializers.IntegerField(min_value=0)
    countries = serializers.IntegerField(min_value=0, help_text="With a station.")
    responses = serializers.IntegerField(min_value=0, help_text="That concern one of the governments.")
    inquiries_running = serializers.IntegerField(min_value=0, help_text="Governments; a closure ends no inquiry.")
    statuses = StatusCount(many=True)
    without_status = ReasonCount(many=True)
    sentences = serializers.ListField(child=serializers.CharField(), help_text="The numbers in plain English.")
    compared = Comparison(allow_null=True)


class StatusSegment(ShortStatus):
    """A run of days on which the status of a government was the same."""

    country = serializers.CharField(help_text="ISO 3166-1 alpha-2, or EU.")
    iso3 = optional(help_text="ISO 3166-1 alpha-3; none for the EU.")
    name = serializers.CharField(help_text="In English.")
    to = serializers.DateField(allow_null=True, help_text="The last of the days; none while it lasts.")

    def get_fields(self) -> dict[str, Any]:
        """Add what cannot be written as an attribute."""
        first = serializers.DateField(help_text="The first of the days.")
        return {**super().get_fields(), "from": first, "links": SegmentLinks()}


class SegmentLinks(Described):
    """Addresses, relative to this host."""

    government = serializers.CharField(help_text="The government.")


class StatusHistoryList(Listing):
    """A page of the status history."""

    results = StatusSegment(many=True)
