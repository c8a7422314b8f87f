"""What the log changed."""

from rest_framework import serializers

from casetracker.public import labels
from casetracker.public.api.serializers.evidence import Source
from casetracker.public.api.serializers.fields import code, optional
from casetracker.public.api.serializers.site import LogEntry


class ChangeWithdrawal(serializers.Serializer):
    """Why a record is gone."""

    reason = code(labels.RETRACTION_REASONS)
    reason_label = serializers.CharField()
    note = optional(help_text="The public note of the editor.")
    successor = optional(help_text="The record that it was merged into.")


class ChangeErasure(serializers.Serializer):
    """Why the content of a version that was withdrawn before is destroyed now."""

    ground = code(labels.ERASURE_GROUNDS)
    ground_label = serializers.CharField()
    note = optional(help_text="The public note of the editors.")


class Change(LogEntry):
    """An entry of the log, with what it changed."""

    document = serializers.DictField(
        allow_null=True,
        help_text="The version that was published, as in the list of its kind. Null for a retraction, merge or "
        "erasure, and for what was withdrawn since.",
    )
    withdrawal = ChangeWithdrawal(allow_null=True, help_text="Of a retraction or merge: the record is gone.")
    erasure = ChangeErasure(
        allow_null=True, help_text="Of an erasure: destroy what you have kept of this version, in every copy."
    )
    sources = Source(many=True, help_text="Sources that are new, or in new words, by this entry.")
    sources_ended = serializers.ListField(
        child=serializers.CharField(), help_text="Sources that no live record cites any more."
    )


class ChangeList(serializers.Serializer):
    """Entries of the log in a row."""

    since = serializers.IntegerField(min_value=0)
    until = serializers.IntegerField(min_value=0, help_text="The last entry in this answer: go on from here.")
    last = serializers.IntegerField(min_value=0, help_text="The last entry of the log.")
    next = optional(help_text="Address of the entries that follow, relative to this host; null at the end.")
    results = Change(many=True)
