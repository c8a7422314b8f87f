"""The pages of requests by law: enter, answer, and forget. For editors and administrators alone."""

import re
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.review import policies, services
from casetracker.review.admin.base import ServiceAdmin
from casetracker.review.admin.forms import LinesField, ServiceForm
from casetracker.review.models import LegalRequest, Record
from casetracker.review.services.legal import LEGAL_FIELDS

_BETWEEN = re.compile(r"[\s,;]+")


class LegalRequestForm(ServiceForm):
    """A request, with the records that it is about by their references."""

    references = forms.CharField(
        label=gettext_lazy("Records"),
        required=False,
        help_text=gettext_lazy("Their references, such as S-17 R-4; of a draft, the long key in its address."),
    )
    asked = LinesField(
        label=gettext_lazy("What exactly"),
        help_text=LegalRequest._meta.get_field("asked").help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = LegalRequest
        fields = tuple(name for name in LEGAL_FIELDS if name != "records")
        widgets: ClassVar[Any] = {
            "extended_because": forms.Textarea(attrs={"rows": 2}),
            "reasons": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the records, and let the day be left out: the law says when."""
        super().__init__(*args, **kwargs)
        if "due_on" in self.fields:
            self.fields["due_on"].required = False
            self.fields["due_on"].help_text = _("Empty: as the law says.")
        if "handled_by" in self.fields:
            self.fields["handled_by"].queryset = policies.keepers_of_register()  # type: ignore[attr-defined]
        if self.instance.pk and not self.instance._state.adding:
            self.initial["references"] = " ".join(r.reference or str(r.pk) for r in self.instance.records.all())

    def clean_references(self) -> list[Record]:
        """Find the records. Raises `ValidationError` naming what is none."""
        names = [name for name in _BETWEEN.split(self.cleaned_data["references"]) if name]
        found, unknown = [], []
        for name in names[:200]:
            record = Record.objects.filter(reference=name.upper()).first() or _by_key(name)
            if record:
                found.append(record)
            else:
                unknown.append(name)
        if unknown:
            raise ValidationError(_("No such record: %(names)s.") % {"names": ", ".join(unknown)})
        return found

    def _post_clean(self) -> None:
        """Leave the checks of the model to the service, which fills in the day first."""


def _by_key(name: str) -> Record | None:
    try:
        return Record.objects.filter(pk=UUID(name)).first()
    except ValueError:
        return None


class OpenFilter(admin.SimpleListFilter):
    """What is open, unless one asks for what was answered."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer both."""
        return [("open", gettext_lazy("open")), ("answered", gettext_lazy("answered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Narrow the list."""
        if self.value() in ("open", "answered"):
            return queryset.filter(answered_on__isnull=self.value() == "open")
        return queryset


@admin.register(LegalRequest)
class LegalRequestAdmin(ServiceAdmin):
    """The register: what is overdue first."""

    form = LegalRequestForm
    actions = ()
    is_exchanged = False
    change_form_template = "desk/legal_request_form.html"
    list_display = ("__str__", "kind", "sender", "received_on", "deadline", "handled_by", "outcome")
    list_select_related = ("handled_by",)
    list_filter = (OpenFilter, "kind")
    list_per_page = 50
    search_fields = ("sender", "asked")
    ordering = (F("answered_on").desc(nulls_first=True), "due_on", "number")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("kind", "sender", "way", "received_on", "due_on", "extended_because")}),
        (gettext_lazy("What is asked"), {"fields": ("asked", "references", "handled_by")}),
        (gettext_lazy("The answer"), {"fields": ("answered_on", "outcome", "reasons", "seen_version")}),
    )

    @admin.display(description=gettext_lazy("to be answered by"), ordering="due_on")
    def deadline(self, request: LegalRequest) -> SafeString | str:
        """Return the day, and how far away it is while the request is open."""
        if not request.is_open:
            return str(request.due_on)
        days = (request.due_on - timezone.now().date()).days
        if days < 0:
            late = ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
            return format_html('{} <strong class="late">{}</strong>', request.due_on, late)
        left = ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
        return format_html("{} ({})", request.due_on, left)

    def _may(self, request: HttpRequest) -> bool:
        return policies.may_keep_register(person_of(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the register to those who deal with it."""
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let them read."""
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let them enter."""
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let them answer."""
        return self._may(request)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Show what was done, below the fields."""
        if (found := kwargs.get("obj")) is not None:
            context |= {
                "events": found.events.select_related("person"),
                "its_records": found.records.order_by("pk"),
                "its_erasures": found.erasures.select_related("record"),
                "forget_address": "" if found.is_open else reverse("admin:review_legalrequest_forget", args=[found.pk]),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make the one call that enters or changes the request."""
        values = form.cleaned_data
        fields = {name: values[name] for name in LEGAL_FIELDS if name in values}
        fields["records"] = values["references"]
        if not change:
            entered = services.enter_request(fields=fields, by=person_of(request))
            form.instance.pk, form.instance.number = entered.pk, entered.number
            return
        lock_version = values.get("seen_version") or 0
        services.change_request(form.instance.pk, fields=fields, by=person_of(request), lock_version=lock_version)

    def get_urls(self) -> list[Any]:
        """Add the address that forgets who asked."""
        forget = require_POST(self.admin_site.admin_view(self.forget_view))
        return [path("<uuid:request_id>/forget/", forget, name="review_legalrequest_forget"), *super().get_urls()]

    def forget_view(self, request: HttpRequest, request_id: UUID) -> HttpResponse:
        """Take out who asked, and what exactly."""
        if not self._may(request):
            raise PermissionDenied
        if not LegalRequest.objects.filter(pk=request_id).exists():
            raise Http404
        version = request.POST.get("seen_version", "")
        try:
            seen = int(version) if version.isdecimal() and len(version) < 10 else 0
            services.forget_request(request_id, by=person_of(request), lock_version=seen)
            messages.success(request, _("Forgotten: who asked, what exactly, and the reasons of the answer."))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:review_legalrequest_change", args=[request_id]))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Lead to the page itself, which tells who did what."""
        if not self._may(request):
            raise PermissionDenied
        self.get_object(request, object_id)
        return HttpResponseRedirect(reverse("admin:review_legalrequest_change", args=[object_id]))
