"""What search finds."""

from rest_framework import serializers

from casetracker.public.api.serializers.fields import code, optional
from casetracker.public.api.serializers.site import Listing
from casetracker.public.search.asking import KIND_LABELS
from casetracker.public.search.finding import MOST_COUNTED


class SearchLinks(serializers.Serializer):
    """Addresses of what was found, relative to this host."""

    self = serializers.CharField()
    page = serializers.CharField()


class SearchResult(serializers.Serializer):
    """Something published that fits."""

    kind = code(KIND_LABELS)
    kind_label = serializers.CharField()
    reference = serializers.CharField(help_text="Of a government: its code.")
    label = serializers.CharField()
    excerpt = optional(help_text="A passage that has words of the query, or how the record begins.")
    excerpt_language = optional(help_text="BCP 47.")
    matched = serializers.ListField(
        child=serializers.CharField(), help_text="The words of label and excerpt that were searched for."
    )
    links = SearchLinks()


class Replaced(serializers.Serializer):
    """A word that nothing has, and the words of names that were taken instead."""

    word = serializers.CharField()
    taken = serializers.ListField(child=serializers.CharField())


class Counts(serializers.Serializer):
    """How much of each kind fits."""

    government = serializers.IntegerField(min_value=0)
    station = serializers.IntegerField(min_value=0)
    response = serializers.IntegerField(min_value=0)
    agreement = serializers.IntegerField(min_value=0)
    claim = serializers.IntegerField(min_value=0)
    source = serializers.IntegerField(min_value=0)


class SearchList(Listing):
    """A page of what fits."""

    results = SearchResult(many=True)
    counts = Counts(
        help_text=f"By kind, each up to {MOST_COUNTED:,} and one more. “count” is the sum of those asked for."
    )
    replaced = Replaced(many=True)
