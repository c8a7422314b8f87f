"""What stands behind a record's facts, and what must stay out of its text."""

import uuid
from types import MappingProxyType

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casetracker.core.append_only import ErasableModel, erasure_column
from casetracker.core.languages import LanguageField
from casetracker.review.choices import CitationBasis, PrivateTermKind, Stance, Verdict
from casetracker.review.models.record import Record
from casetracker.sources.appraisal import Credibility
from casetracker.sources.models import Source


class Citation(models.Model):
    """A source for one field of a record, or for the whole record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="citations", verbose_name=_("record"))
    position = models.PositiveIntegerField(default=0)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations", verbose_name=_("source"))
    field = models.CharField(_("field"), max_length=40, blank=True, help_text=_("Empty: the record as a whole."))
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices, default=Stance.SUPPORTS)
    attributed_to = models.CharField(
        _("attributed to"), max_length=200, blank=True, help_text=_("Whose words the source gives, if not its own.")
    )
    speaker_anonymous = models.BooleanField(
        _("anonymous speaker"),
        default=False,
        help_text=_("The source gives the words of somebody whom it does not name."),
    )
    speaker_role = models.CharField(
        _("role of the anonymous speaker"),
        max_length=100,
        blank=True,
        help_text=_("Such as: resident, police officer."),
    )
    speaker_place = models.CharField(
        _("place of the anonymous speaker"), max_length=100, blank=True, help_text=_("Such as: Rotterdam.")
    )
    locator = models.CharField(_("locator"), max_length=100, blank=True, help_text=_("Page, paragraph or time."))
    quote = models.TextField(_("quote"), blank=True)
    quote_language = LanguageField(_("quote language"), blank=True)
    quote_translation = models.TextField(_("quote translation"), blank=True)
    quote_translated_from = LanguageField(
        _("quote translated from"),
        blank=True,
        help_text=_("The language of the original, if the source itself translates."),
    )
    value_given = models.CharField(
        _("value given"),
        max_length=300,
        blank=True,
        help_text=_("What this source says, where it differs from the record."),
    )
    basis = models.CharField(_("basis"), max_length=10, choices=CitationBasis.choices, default=CitationBasis.READ)
    credibility = models.CharField(
        _("credibility"),
        max_length=1,
        choices=Credibility.choices,
        blank=True,
        help_text=_("Of what it says here, whoever says it. For colleagues only, and changed at any time."),
    )
    notes = models.TextField(_("notes"), blank=True, help_text=_("For colleagues only. Never published."))

    history = HistoricalRecords()

    public_fields = frozenset(
        {
            "source",
            "field",
            "stance",
            "attributed_to",
            "speaker_anonymous",
            "speaker_role",
            "speaker_place",
            "locator",
            "quote",
            "quote_language",
            "quote_translation",
            "quote_translated_from",
            "value_given",
        }
    )
    private_fields = frozenset({"id", "record", "position", "basis", "credibility", "notes"})

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="review_stance_known"),
            models.CheckConstraint(
                condition=Q(credibility__in=("", *Credibility.values)), name="review_credibility_known"
            ),
            models.CheckConstraint(
                condition=Q(speaker_anonymous=False) | Q(attributed_to=""),
                name="review_speaker_named_or_anonymous",
                violation_error_message=_(
                    "A speaker is named or anonymous, not both. Empty “attributed to”, or untick “anonymous speaker”."
                ),
            ),
            models.CheckConstraint(
                condition=Q(speaker_anonymous=True) | Q(speaker_role="", speaker_place=""),
                name="review_role_and_place_of_an_anonymous_speaker",
                violation_error_message=_(
                    "Role and place are for an anonymous speaker. Tick “anonymous speaker”, or empty them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(quote="") | ~Q(quote_language=""),
                name="review_quote_with_its_language",
                violation_error_message=_("Say in which language the quote is."),
            ),
        )

    def __str__(self) -> str:
        source = str(self.source) if self.source_id else ""  # A row that is being typed has none yet.
        return f"{self.get_stance_display()}: {source}"


class Check(ErasableModel):
    """One person's verdict on one citation, bound to what the citation and its field said then."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="checks")
    citation_uuid = models.UUIDField(db_index=True)
    citation_digest = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    by_editor = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    erased_by = erasure_column()

    # The digest has no salt: who guesses what was cited could find it confirmed.
    erasable = MappingProxyType({"comment": "", "citation_digest": ""})

    public_fields = frozenset[str]()
    private_fields = frozenset(
        {
            "id",
            "record",
            "citation_uuid",
            "citation_digest",
            "person",
            "verdict",
            "by_editor",
            "comment",
            "at",
            "erased_by",
        }
    )

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="review_verdict_known"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_verdict_display()}"


class PrivateTerm(models.Model):
    """An address, host or person that no public text of the record may contain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="private_terms", verbose_name=_("record"))
    kind = models.CharField(_("kind"), max_length=10, choices=PrivateTermKind.choices)
    text = models.CharField(_("text"), max_length=300)
    publishable_reason = models.TextField(_("publishable reason"), blank=True)
    publishable_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("publishable by"),
    )
    publishable_at = models.DateTimeField(_("publishable at"), null=True, blank=True)

    history = HistoricalRecords()

    public_fields = frozenset[str]()  # Kind and text, once an editor marks the term publishable.
    private_fields = frozenset(
        {"id", "record", "kind", "text", "publishable_reason", "publishable_by", "publishable_at"}
    )

    class Meta:
        verbose_name = _("private term")
        verbose_name_plural = _("private terms")
        ordering = ("kind", "text", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(publishable_at__isnull=True, publishable_by__isnull=True, publishable_reason="")
                | (Q(publishable_at__isnull=False, publishable_by__isnull=False) & ~Q(publishable_reason="")),
                name="review_publishable_by_someone_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

    @property
    def is_publishable(self) -> bool:
        """Tell whether an editor has allowed it to be published."""
        return self.publishable_at is not None
