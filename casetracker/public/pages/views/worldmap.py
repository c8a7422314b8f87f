"""The map of the world and of its regions."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from casetracker.places.regions import REGIONS
from casetracker.public.counting import once_per_head
from casetracker.public.models import OPEN_START, ResponseDocument, StationDocument
from casetracker.public.pages.asking import Asked, AskingPage
from casetracker.public.pages.government_parts import exact_since
from casetracker.public.pages.queries import Query
from casetracker.public.pages.worldmap import world_map
from casetracker.public.viewpoint import ViewForm
from casetracker.publication.reading import Head

REGION = "region"


class MapForm(ViewForm):
    """From which day to look, and at which part of the world."""

    region = forms.ChoiceField(
        label=_("Part of the world"),
        required=False,
        choices=[("", ""), *REGIONS.items()],
        error_messages={"invalid_choice": _("There is no map of this part of the world. Choose one of the links.")},
    )


class MapPage(AskingPage):
    """What governments did, on a map, with the stations as precisely as their places are known; and as a table."""

    template_name = "public/map.html"
    plural = "map"
    form_class = MapForm
    hidden = (REGION,)

    def answer(self, head: Head, asked: Asked, **kwargs: Any) -> dict[str, Any]:
        """Return the map, the ways to the other maps, and the days that a slider can choose."""
        view, region = asked.standpoint.view, asked.form.cleaned_data[REGION]
        return {
            "map": world_map(head, view, region),
            "region": REGIONS.get(region),
            "regions": list(_regions(asked.query, region)),
            "exact": exact_since(head, view),
            "first_day": once_per_head(head, "first day", _first_day),
            "last_day": head.published_at.astimezone(dt.UTC).date() if head.published_at else None,
        }


def _regions(query: Query, chosen: str) -> list[dict[str, Any]]:
    """Return the maps there are, each with the query of its address. It keeps the day."""
    return [
        {
            "label": label,
            "query": (query.with_value(REGION, code) if code else query.without(REGION)).urlencode(),
            "is_chosen": code == chosen,
        }
        for code, label in {"": _("World"), **REGIONS}.items()
    ]


def _first_day() -> dt.date | None:
    """Return the first day on which anything that is published had surely happened. Two queries."""
    firsts = [
        model._default_manager.live().filter(counts_from__gt=OPEN_START).aggregate(first=Min("counts_from"))["first"]
        for model in (StationDocument, ResponseDocument)
    ]
    return min((day for day in firsts if day), default=None)
