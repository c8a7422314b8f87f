"""What records rest on that must not become known: citations of confidential sources, their checks, who read what.

Separate tables, so that nothing which walks citations, checks or decisions comes across them.
"""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casetracker.core.append_only import AppendOnlyModel
from casetracker.core.sealed_rows import SealedModel
from casetracker.review.choices import ConfidentialAct, ReadingReason, Stance, Verdict
from casetracker.review.models.record import Record
from casetracker.sources.models.confidential import ConfidentialSource


class ConfidentialCitationQuerySet(models.QuerySet["ConfidentialCitation"]):
    """Reads of confidential citations."""

    def standing(self) -> "ConfidentialCitationQuerySet":
        """Leave out what was replaced or taken out."""
        return self.filter(is_current=True)

    def of_records(self, records: "Iterable[uuid.UUID | str]") -> "ConfidentialCitationQuerySet":
        """Return what stands in these records, with its sources."""
        return self.standing().filter(record__in=list(records)).select_related("source")


class ConfidentialCitation(SealedModel):
    """What a confidential source says to one field of a record, or to the whole record.

    Its words are never changed: other words are another row, and what was replaced or taken out stays, sealed, so that
    abandoning a revision brings back what was published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", verbose_name=_("record"))
    source = models.ForeignKey(
        ConfidentialSource, on_delete=models.PROTECT, related_name="+", verbose_name=_("confidential source")
    )
    field = models.CharField(_("field"), max_length=40, blank=True)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices, default=Stance.SUPPORTS)
    shown = models.BooleanField(default=False, help_text=_("The public reads that the editors know such a source."))
    is_current = models.BooleanField(default=True)

    objects = ConfidentialCitationQuerySet.as_manager()

    sealed_parts = ("statement", "notes")
    bound_parts = ("statement", "notes")

    public_fields = frozenset({"field", "shown"})  # Once published with it, and nothing else of it.
    private_fields = frozenset({"id", "record", "source", "stance", "is_current"}) | SealedModel.sealed_columns

    class Meta:
        verbose_name = _("confidential citation")
        verbose_name_plural = _("confidential citations")
        ordering = ("field", "id")
        constraints = (
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="review_confidential_stance_known"),
            models.CheckConstraint(
                condition=Q(shown=False) | Q(stance=Stance.SUPPORTS), name="review_only_support_is_shown"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source}"


class ConfidentialCheck(AppendOnlyModel):
    """A cleared person's verdict on a confidential citation, bound to what it, its source and the field said then.

    The comment is sealed under the data key of the citation: it is read with it, or not at all.
    """

    citation = models.ForeignKey(ConfidentialCitation, on_delete=models.PROTECT, related_name="checks")
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    by_editor = models.BooleanField(default=False)
    sealed_comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "citation", "digest", "person", "verdict", "by_editor", "sealed_comment", "at"})

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="review_confidential_verdict_known"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_verdict_display()}"


class ConfidentialEvent(AppendOnlyModel):
    """Who did what with a confidential source, and why they opened it. It has no word of it. For cleared people."""

    source = models.ForeignKey(ConfidentialSource, on_delete=models.PROTECT, related_name="events")
    citation = models.ForeignKey(
        ConfidentialCitation, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=ConfidentialAct.choices)
    reason = models.CharField(max_length=10, choices=ReadingReason.choices, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    public_fields = frozenset[str]()
    private_fields = frozenset({"id", "source", "citation", "person", "act", "reason", "at"})

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(act=ConfidentialAct.OPENED, reason__in=ReadingReason.values)
                | (Q(act__in=[act for act in ConfidentialAct.values if act != "opened"]) & Q(reason="")),
                name="review_confidential_reading_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_act_display()}"
