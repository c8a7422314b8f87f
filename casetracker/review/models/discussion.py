"""What colleagues tell one another about a record."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casetracker.review.choices import SuggestionState
from casetracker.review.models.record import Record


class Comment(models.Model):
    """A remark on a record or on one of its fields. Never published."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="comments")
    field = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "record", "field", "person", "text", "at"})

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.person}: {self.text[:60]}"


class Suggestion(models.Model):
    """Better words for a text field, from a reviewer, for the author to take over.

    So a typo does not make the reviewer an author.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="suggestions")
    round = models.PositiveIntegerField()
    field = models.CharField(max_length=40)
    current_text = models.TextField(blank=True)
    suggested_text = models.TextField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {
            "id",
            "record",
            "round",
            "field",
            "current_text",
            "suggested_text",
            "person",
            "at",
            "state",
            "decided_by",
            "decided_at",
        }
    )

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=SuggestionState.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=SuggestionState.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="review_suggestion_decided_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} on {self.field}"
