"""What lists can be filtered by, for API and pages alike.

The API refuses unknown parameters and bad values; pages ignore them. Both read these filter sets.
"""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casetracker.places.countries import country_choices, government_choices
from casetracker.public import labels
from casetracker.public.filter_fields import (
    NONE,
    CitedSourceFilter,
    CodesField,
    CodesFilter,
    DayFilter,
    FlagFilter,
    LanguageFilter,
    ReferenceFilter,
    SupersededFilter,
    TextFilter,
    WholeNumberFilter,
)
from casetracker.public.governments import Summary
from casetracker.public.models import (
    AgreementDocument,
    ClaimDocument,
    ResponseDocument,
    SourceDocument,
    StationDocument,
)
from casetracker.public.place_filters import BoxFilter, NearFilter
from casetracker.public.viewpoint import ViewForm


class PublicFilterSet(django_filters.FilterSet):
    """A filter set whose filters need no instance of it."""

    @classmethod
    def narrow(cls, queryset: QuerySet, values: Mapping[str, Any]) -> QuerySet:
        """Apply values that the form has cleaned before, without making the form again."""
        for name, value in values.items():
            queryset = cls.base_filters[name].filter(queryset, value)
        return queryset


class RecordFilter(PublicFilterSet):
    """What all records share."""

    verification = CodesFilter(choices=labels.VERIFICATION_LEVELS, label=_("Verification"))
    disputed = FlagFilter(label=_("Disputed"))
    source = CitedSourceFilter("D", label=_("Source"))


class StationFilter(RecordFilter):
    """Filters of stations."""

    country = CodesFilter(choices=country_choices, label=_("Country"))
    kind = CodesFilter(choices=labels.STATION_KINDS, label=_("Kind"))
    operator_jurisdiction = TextFilter(label=_("Operating jurisdiction"))
    operating_status = CodesFilter(choices=labels.OPERATING_STATUSES, label=_("Operating status"))
    standing = CodesFilter(choices=labels.STANDINGS, label=_("Standing"))
    place_precision = CodesFilter(choices=labels.PLACE_PRECISIONS, label=_("Precision of the place"))
    counted_in = TextFilter("reports__report", label=_("Counted in the report"))
    first_reported_after = DayFilter("first_reported_latest", "gte", label=_("First reported on or after"))
    first_reported_before = DayFilter("first_reported_earliest", "lte", label=_("First reported on or before"))
    opened_after = DayFilter("opened_latest", "gte", label=_("Opened on or after"))
    opened_before = DayFilter("opened_earliest", "lte", label=_("Opened on or before"))
    closed_after = DayFilter("closed_latest", "gte", label=_("Closed on or after"))
    closed_before = DayFilter("closed_earliest", "lte", label=_("Closed on or before"))
    bbox = BoxFilter(label=_("In a box (west, south, east, north)"))
    near = NearFilter(label=_("Near a point (latitude, longitude, kilometres)"))

    class Meta:
        model = StationDocument
        fields = ()


class ResponseFilter(RecordFilter):
    """Filters of responses."""

    concerns = CodesFilter(
        choices=lambda: [*government_choices(), (NONE, _("No single government"))], label=_("Concerns")
    )
    responder = CodesFilter(choices=government_choices, label=_("Responder"))
    kind = CodesFilter(choices=labels.RESPONSE_KINDS, label=_("Kind"))
    level = CodesFilter(choices=labels.ACTOR_LEVELS, label=_("Level of the actor"))
    sets_status = CodesFilter(
        choices=[*labels.STATUS_VALUES.items(), (NONE, _("Sets no status"))], label=_("Sets the status")
    )
    scope = CodesFilter(choices=labels.SCOPES, label=_("Scope"))
    station = ReferenceFilter("S", "stations__station_reference", label=_("Station"))
    date_after = DayFilter("date_latest", "gte", label=_("On or after"))
    date_before = DayFilter("date_earliest", "lte", label=_("On or before"))

    class Meta:
        model = ResponseDocument
        fields = ()


class AgreementFilter(RecordFilter):
    """Filters of agreements."""

    country = CodesFilter(choices=government_choices, label=_("Country"))
    counterpart = CodesFilter(choices=government_choices, label=_("With"))
    type = CodesFilter(choices=labels.AGREEMENT_TYPES, label=_("Type"))
    status = CodesFilter(choices=labels.AGREEMENT_STATUSES, label=_("Status"))
    ended_by = ReferenceFilter("R", label=_("Ended by the response"))
    signed_after = DayFilter("signed_latest", "gte", label=_("Signed on or after"))
    signed_before = DayFilter("signed_earliest", "lte", label=_("Signed on or before"))

    class Meta:
        model = AgreementDocument
        fields = ()


class ClaimFilter(RecordFilter):
    """Filters of claims."""

    country = CodesFilter(choices=lambda: [*government_choices(), (NONE, _("The whole world"))], label=_("Country"))
    topic = CodesFilter(choices=labels.CLAIM_TOPICS, label=_("Topic"))
    epistemic_status = CodesFilter(choices=labels.EPISTEMIC_STATUSES, label=_("What kind of statement"))
    claimed_by = TextFilter(label=_("Claimed by"))
    superseded = SupersededFilter(label=_("Superseded"))
    unit = CodesFilter(choices=labels.UNITS, label=_("Counts"))
    value_min = WholeNumberFilter("value", "gte", label=_("At least this many"))
    value_max = WholeNumberFilter("value", "lte", label=_("At most this many"))
    claimed_after = DayFilter("as_of_latest", "gte", label=_("Claimed on or after"))
    claimed_before = DayFilter("as_of_earliest", "lte", label=_("Claimed on or before"))

    class Meta:
        model = ClaimDocument
        fields = ()


class SourceFilter(PublicFilterSet):
    """Filters of sources."""

    language = LanguageFilter(label=_("Language"))
    type = CodesFilter(choices=labels.SOURCE_TYPES, label=_("Type"))
    publisher = TextFilter(label=_("Publisher"))
    publisher_control = CodesFilter(
        choices=[*labels.CONTROLS.items(), (NONE, _("Nothing is said of it"))], label=_("Who controls the publisher")
    )
    publisher_country = CodesFilter(choices=government_choices, label=_("Country of the publisher"))
    published_after = DayFilter("published_latest", "gte", label=_("Published on or after"))
    published_before = DayFilter("published_earliest", "lte", label=_("Published on or before"))

    class Meta:
        model = SourceDocument
        fields = ()


class GovernmentForm(forms.Form):
    """Filters of governments. They are computed, so that there is no query set to narrow."""

    status = CodesField(
        choices=[*labels.STATUS_VALUES.items(), (NONE, _("No status"))], label=_("Status"), required=False
    )
    basis = CodesField(
        choices=[(basis, label) for (_value, basis), label in labels.STATUSES.items() if basis],
        label=_("Basis of the status"),
        required=False,
    )
    reason = CodesField(
        choices=[(reason, labels.NO_STATUS[reason]) for reason in ("responded", "no_response")],
        label=_("Without a status"),
        required=False,
    )
    inquiry = CodesField(choices=labels.INQUIRY_STATES, label=_("Inquiry"), required=False)
    has_stations = forms.TypedChoiceField(
        choices=(("true", _("yes")), ("false", _("no"))),
        coerce=lambda text: text == "true",
        empty_value=None,
        label=_("Has stations"),
        required=False,
    )

    def keep(self, summaries: list[Summary]) -> list[Summary]:
        """Return the governments that match. The form must be valid."""
        return matching(summaries, self.cleaned_data)


class HistoryForm(forms.Form):
    """Filters of the status history."""

    country = CodesField(choices=government_choices, label=_("Country"), required=False)


def matching(summaries: list[Summary], values: Mapping[str, Any]) -> list[Summary]:
    """Return the governments that match the values that a `GovernmentForm` has cleaned."""
    return [summary for summary in summaries if _matches(summary, values)]


def _matches(summary: Summary, values: Mapping[str, Any]) -> bool:
    status = summary.status
    shown = {
        "status": status.value or NONE,
        "basis": status.basis,
        "reason": status.reason,
        "inquiry": status.inquiry.state if status.inquiry else "",
    }
    fits = all(not values.get(name) or code in values[name] for name, code in shown.items())
    return fits and values.get("has_stations") in (None, summary.station_count > 0)


def form_of(
    filters: type[PublicFilterSet] | type[forms.Form], data: QueryDict | None = None, *, takes_view: bool = False
) -> forms.Form:
    """Return the form of filters, with what was asked; with the fields of a view where a list takes one."""
    form: forms.Form = filters(data) if issubclass(filters, forms.Form) else filters(data).form
    if takes_view:
        form.fields.update(ViewForm().fields)
    return form
