"""Who stands behind a source: a publisher, its country, and in whose hands it is."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casetracker.core.text import fold
from casetracker.core.text_list import TextListField
from casetracker.places.countries import name_of
from casetracker.places.fields import GovernmentField
from casetracker.sources.choices import Control


def name_key(name: str) -> str:
    """Return the same text for all spellings of a name: case, accents, punctuation and script make no difference."""
    return fold(name) or name.strip().casefold()


def keys_of(names: Iterable[str]) -> str:
    """Return the keys of names as they are kept: a line for each, with a line end before the first as well."""
    return "".join(f"\n{key}" for key in dict.fromkeys(map(name_key, names))) + "\n"


def sites_of(host: str) -> list[str]:
    """Return a host and the sites that it may belong to: en.people.cn, people.cn."""
    labels = host.partition(":")[0].split(".")
    return [".".join(labels[place:]) for place in range(max(len(labels) - 1, 0))]


class PublisherQuerySet(models.QuerySet["Publisher"]):
    """Reads of publishers."""

    def matching(self, words: str) -> "PublisherQuerySet":
        """Return the publishers whose names, owner or site contain every word."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def called(self, name: str) -> "PublisherQuerySet":
        """Return the publishers with this name or alias, in any spelling."""
        return self.filter(name_keys__contains=f"\n{name_key(name)}\n") if name.strip() else self.none()

    def behind(self, name: str, host: str) -> "Publisher | None":
        """Return who stands behind a document that has this name printed on it, or stands on this site.

        None where nobody is known, or where it may be one or another. Two queries at most.
        """
        named = list(self.called(name).order_by("pk")[:2])
        if named:
            return named[0] if len(named) == 1 else None
        found = list(self.filter(host__in=sites_of(host))) if host else []
        nearest = max((len(publisher.host) for publisher in found), default=0)
        own = [publisher for publisher in found if len(publisher.host) == nearest]
        return own[0] if len(own) == 1 else None


class Publisher(models.Model):
    """A publisher, apart from what is printed on its documents. The public reads its country and who controls it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    aliases = TextListField(
        _("other names"),
        help_text=_("As printed on its documents, with semicolons between them. Sources find it by them."),
    )
    owner = models.CharField(
        _("owner"), max_length=200, blank=True, help_text=_("Who owns or runs it. Never published.")
    )
    country = GovernmentField(_("country"), blank=True, help_text=_("Whose laws and authorities it answers to."))
    control = models.CharField(
        _("control"),
        max_length=20,
        choices=Control.choices,
        default=Control.UNKNOWN,
        help_text=_("In whose hands it is. The public reads it beside each of its sources."),
    )
    website = models.URLField(
        _("website"),
        max_length=500,
        blank=True,
        validators=(URLValidator(schemes=("http", "https")),),
        help_text=_("Sources on this site find it, too."),
    )
    notes = models.TextField(_("notes"), blank=True, help_text=_("For colleagues only. Never published."))
    # Set by the service, to find it by.
    name_key = models.CharField(max_length=400, editable=False, unique=True)
    name_keys = models.TextField(editable=False, blank=True)
    host = models.CharField(max_length=255, blank=True, editable=False, db_index=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("created by")
    )
    lock_version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    objects = PublisherQuerySet.as_manager()

    public_fields = frozenset({"country", "control"})
    private_fields = frozenset(
        {
            "id",
            "name",
            "aliases",
            "owner",
            "website",
            "notes",
            "name_key",
            "name_keys",
            "host",
            "search_text",
            "created_at",
            "created_by",
            "lock_version",
        }
    )

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(control__in=Control.values), name="sources_control_known"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def country_name(self) -> str:
        """The name of its country in the language of the page; empty if that is not known."""
        return name_of(self.country) if self.country else ""

    @property
    def standing(self) -> str:
        """Who controls it, and from where, in words: “state-controlled, China”."""
        control = self.get_control_display() if self.control != Control.UNKNOWN else ""
        return ", ".join(str(part) for part in (control, self.country_name) if part) or "–"
