"""Sources: citable documents, shared by all records that cite them."""

import uuid
from collections.abc import Collection

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casetracker.core.dates import EdtfField
from casetracker.core.languages import LanguageField
from casetracker.core.text import fold
from casetracker.sources.addresses import address_key
from casetracker.sources.appraisal import Reliability
from casetracker.sources.choices import Derivation, SourceType
from casetracker.sources.models.publishers import Publisher, name_key, sites_of


class SourceQuerySet(models.QuerySet["Source"]):
    """Reads of sources."""

    def matching(self, words: str) -> "SourceQuerySet":
        """Return the sources whose title, publisher, URL or reference contains every word."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def at_address(self, address: str) -> "SourceQuerySet":
        """Return the sources with this address, or another address of the same document."""
        key = address_key(address)
        return self.filter(address_key=key) if key else self.none()

    def known_at(self, address: str) -> "SourceQuerySet":
        """Return the sources with this address, and those that derive from one of them directly."""
        key = address_key(address)
        return self.filter(Q(address_key=key) | Q(derived_from__address_key=key)) if key else self.none()

    def perhaps_of(self, publisher: Publisher) -> list["Source"]:
        """Return the sources that name no publisher, and have the name of this one on them or stand on its site.

        One query.
        """
        names = publisher.name_keys.split("\n")[1:-1]
        wanted = Q(pk__in=())
        for name in names:
            wanted |= Q(search_text__contains=name)
        if publisher.host:
            wanted |= Q(host=publisher.host) | Q(host__endswith=f".{publisher.host}")
        found = self.filter(wanted, published_by__isnull=True).order_by("publisher", "title", "pk")
        return [
            source for source in found if name_key(source.publisher) in names or publisher.host in sites_of(source.host)
        ]

    def usual(self, field: str, host: str) -> str:
        """Return what most sources of a site have in a field; empty if there is none."""
        counted = self.filter(host=host).exclude(**{field: ""}).values(field).annotate(number=Count("pk"))
        return str(next((row[field] for row in counted.order_by("-number", field)[:1]), ""))

    def usual_among(self, field: str, among: str, values: Collection[str]) -> dict[str, str]:
        """Return for each of some values of a field, such as some sites, what most of its sources have in another."""
        counted = self.filter(**{f"{among}__in": values}).exclude(**{field: ""}).values(among, field)
        # The last of two counts: those with most come last.
        rows = counted.annotate(number=Count("pk")).order_by("number", F(field).desc())
        return {row[among]: row[field] for row in rows}


class Source(models.Model):
    """A citable document. What it derives from decides whether it is independent evidence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("reference"),
        max_length=20,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Such as D-3, once public."),
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, help_text=_("As printed on the document."))
    published_by = models.ForeignKey(
        Publisher,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        help_text=_("Who stands behind it. Found by name or site when the source is logged."),
        verbose_name=_("published by"),
    )
    author = models.CharField(_("author"), max_length=200, blank=True)
    published = EdtfField(_("published on"), blank=True)
    url = models.URLField("URL", max_length=2000, blank=True, validators=(URLValidator(schemes=("http", "https")),))
    language = LanguageField(_("language"), blank=True)
    type = models.CharField(_("type"), max_length=30, choices=SourceType.choices)
    derived_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        help_text=_("The source that this one copies, translates, quotes or reports on."),
        verbose_name=_("derived from"),
    )
    derivation = models.CharField(_("derivation"), max_length=20, choices=Derivation.choices, blank=True)
    reliability = models.CharField(
        _("reliability"),
        max_length=1,
        choices=Reliability.choices,
        blank=True,
        help_text=_("Of the source, whatever it says here. For colleagues only, and changed at any time."),
    )
    notes = models.TextField(_("notes"), blank=True, help_text=_("For colleagues only. Never published."))
    search_text = models.TextField(blank=True, editable=False)
    # Set by the service from the URL, to find what has the same address, and what else a site has.
    address_key = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    host = models.CharField(max_length=255, blank=True, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    lock_version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    objects = SourceQuerySet.as_manager()

    public_fields = frozenset(
        {
            "reference",
            "title",
            "publisher",
            "published_by",
            "author",
            "published",
            "url",
            "language",
            "type",
            "derived_from",
            "derivation",
        }
    )
    private_fields = frozenset(
        {
            "id",
            "reliability",
            "notes",
            "search_text",
            "address_key",
            "host",
            "created_at",
            "created_by",
            "lock_version",
        }
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("publisher", "title", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(reliability__in=("", *Reliability.values)), name="sources_reliability_known"
            ),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True, derivation="")
                | (Q(derived_from__isnull=False) & ~Q(derivation="")),
                name="sources_derivation_with_its_source",
                violation_error_message=_("Say both: which source it derives from, and how."),
            ),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True) | ~Q(derived_from=F("id")),
                name="sources_not_derived_from_itself",
                violation_error_message=_("A source cannot derive from itself."),
            ),
            models.CheckConstraint(
                condition=Q(title__gt="") | Q(url__gt=""),
                name="sources_title_or_url",
                violation_error_message=_("Give a title or a URL, so that others can find the document."),
            ),
        )

    def __str__(self) -> str:
        return ", ".join(part for part in (self.publisher, self.title or self.url, self.published) if part)
