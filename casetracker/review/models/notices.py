"""What people are told about records that concern them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casetracker.review.choices import NoticeKind
from casetracker.review.models.discussion import Comment
from casetracker.review.models.legal import LegalRequest
from casetracker.review.models.record import Record

if TYPE_CHECKING:
    from casetracker.accounts.models import User

ABOUT_COMMENTS = (NoticeKind.MENTIONED, NoticeKind.COMMENTED)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads of notices."""

    def of(self, person: "User") -> "NoticeQuerySet":
        """Return what this person was told."""
        return self.filter(person=person)

    def unread(self) -> "NoticeQuerySet":
        """Return what was not opened yet."""
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> "NoticeQuerySet":
        """Put what was not opened yet first, and the latest first of each sort."""
        return self.alias(is_read=Q(read_at__isnull=False)).order_by("is_read", "-at", "-pk")

    def to_mail(self) -> "NoticeQuerySet":
        """Return what no e-mail has counted yet, and what its person did not open meanwhile."""
        return self.unread().filter(mailed_at__isnull=True)


class Notice(models.Model):
    """Tells a person what a colleague did to a record, or that a request by law is due.

    Nobody gets one for an act of their own.

    `mailed_at` is when an e-mail that counted it was sent, or began to be sent; see `review.services.mail`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    legal_request = models.ForeignKey(LegalRequest, on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {"id", "person", "record", "kind", "actor", "legal_request", "comment", "at", "read_at", "mailed_at"}
    )

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("person", "-at"), name="review_notice_person"),
            # Each page of the desk counts these.
            models.Index(fields=("person",), condition=Q(read_at__isnull=True), name="review_notice_unread"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="review_notice_kind_known"),
            models.CheckConstraint(condition=~Q(person=F("actor")), name="review_notice_of_somebody_else"),
            models.CheckConstraint(
                condition=Q(kind__in=ABOUT_COMMENTS, comment__isnull=False)
                | (~Q(kind__in=ABOUT_COMMENTS) & Q(comment__isnull=True)),
                name="review_notice_comment_exactly_for_comments",
            ),
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.DUE, record__isnull=True, actor__isnull=True, legal_request__isnull=False)
                | (~Q(kind=NoticeKind.DUE) & Q(record__isnull=False, actor__isnull=False, legal_request__isnull=True)),
                name="review_notice_about_a_record_or_a_request",
            ),
            models.UniqueConstraint(
                fields=("person", "comment"), condition=Q(comment__isnull=False), name="review_notice_once_a_comment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()} by {self.actor}"
