"""The pages of stations, responses and every other kind of record."""

from collections.abc import Sequence
from copy import copy
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, path, resolve, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from casetracker.accounts.fresh import confirm_first
from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.review import policies, services
from casetracker.review.admin.acts import ACTS, Act
from casetracker.review.admin.filters import NeedsRevisionFilter, PublicStatusFilter, QueueFilter, StateFilter
from casetracker.review.admin.forms import ServiceForm, rows_in
from casetracker.review.admin.history import history_page
from casetracker.review.admin.inlines import TEXTS, CitationInline, PrivateTermInline, RowInline, kind_of
from casetracker.review.admin.panel import panel_for
from casetracker.review.admin.selecting import SelectingAdmin
from casetracker.review.choices import Action
from casetracker.review.models import Record
from casetracker.review.services import Edit
from casetracker.review.services.base import changed_meanwhile
from casetracker.review.story import story_of

__all__ = ["RecordAdmin", "RowInline"]

# The address of the page on which records are reviewed. It has the same acts, and one comes back to it.
REVIEW_PAGE = "record_review"


class RecordAdmin(SelectingAdmin):
    """The desk's pages for one kind of record. A kind declares its fieldsets, rows, columns and filters."""

    form = ServiceForm
    row_inlines: Sequence[type[RowInline]] = ()
    change_form_template = "desk/record_form.html"
    formfield_overrides = TEXTS
    list_filter: ClassVar[Any] = (QueueFilter, StateFilter, PublicStatusFilter, NeedsRevisionFilter)
    list_select_related: ClassVar[Any] = ("record", "record__assigned_to")
    list_per_page = 50
    ordering: ClassVar[Any] = ("-record__changed_at", "pk")
    search_fields: ClassVar[Any] = ("record__label", "record__reference")

    # --- lists ---------------------------------------------------------------

    @admin.display(description=gettext_lazy("record"), ordering="record__label")
    def label(self, detail: Any) -> str:
        """Return what the record is called."""
        return detail.record.label

    @admin.display(description=gettext_lazy("number"), ordering="record__reference")
    def reference(self, detail: Any) -> str:
        """Return its public number."""
        return detail.record.reference or "–"

    @admin.display(description=gettext_lazy("state"), ordering="record__state")
    def state(self, detail: Any) -> str:
        """Return its working state as a badge."""
        record = detail.record
        return format_html('<span class="state state-{}">{}</span>', record.state, record.get_state_display())

    @admin.display(description=gettext_lazy("public"), ordering="record__public_status")
    def public_status(self, detail: Any) -> str:
        """Return what the public sees of it."""
        record = detail.record
        return format_html(
            '<span class="public public-{}">{}</span>', record.public_status, record.get_public_status_display()
        )

    @admin.display(description=gettext_lazy("assigned to"), ordering="record__assigned_to")
    def assigned_to(self, detail: Any) -> str:
        """Return who has it."""
        return str(detail.record.assigned_to or "–")

    @admin.display(description=gettext_lazy("changed"), ordering="record__changed_at")
    def changed_at(self, detail: Any) -> str:
        """Return the day (UTC) on which anybody last did anything to it."""
        return f"{detail.record.changed_at:%Y-%m-%d}"

    # --- the form ------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open the fields for those who may edit this record now.

        Somebody who posts changes to a record that has moved on meanwhile gets the form back with all
        that was typed and the service's words, so that nothing is lost.
        """
        if obj is None or request.method == "POST":
            return policies.may_log(person_of(request))
        return policies.can(obj.record, Action.EDIT, person_of(request))

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the rows of the kind, its citations and its private terms."""
        found = []
        classes: tuple[Any, ...] = (*self.row_inlines, CitationInline, PrivateTermInline)
        for inline in classes:
            instance = inline(self.model, self.admin_site)
            instance.kind = kind_of(self.model)
            if obj is not None and not self.has_change_permission(request, obj):
                instance.has_change_permission = instance.has_add_permission = _never
                instance.has_delete_permission = _never
                instance.max_num = 0
            found.append(instance)
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Carry the version that the person looks at in the form, where it can be saved."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        first, options = fieldsets[0]
        return [(first, {**options, "fields": (*options["fields"], "seen_version")}), *fieldsets[1:]]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Refuse what was written upon another version: a page that shows the refusal is not refused again."""
        if obj is not None and request.method == "POST" and not hasattr(request, "refusal"):
            _check_seen(request, obj.record)
        return super().get_form(request, obj, change, **kwargs)

    def version_of(self, obj: Any) -> int:
        """Return the version of its record."""
        version: int = obj.record.lock_version
        return version

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Make the one call that logs or edits the record."""
        edit = self._edit(form, formsets)
        if change and not any(part.has_changed() for part in (form, *formsets)):
            return  # Nobody becomes an author, or loses the checks, by looking.
        if change:
            lock_version = form.cleaned_data.get("seen_version") or 0
            services.edit_record(form.instance.pk, edit, by=person_of(request), lock_version=lock_version)
        else:
            form.instance.record = services.log_record(kind_of(self.model).name, edit, by=person_of(request))

    def _edit(self, form: Any, formsets: Sequence[Any]) -> Edit:
        kind = kind_of(self.model)
        names = (*kind.fields, *kind.private)
        by_model = {formset.model: formset for formset in formsets}
        return Edit(
            fields={name: form.cleaned_data[name] for name in names if name in form.cleaned_data},
            rows={name: rows_in(by_model[spec.model], spec) for name, spec in kind.rows.items()},
            citations=rows_in(by_model[CitationInline.model], CitationInline.spec),
            private_terms=rows_in(by_model[PrivateTermInline.model], PrivateTermInline.spec),
        )

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the panel beside the fields."""
        obj = kwargs.get("obj")
        if obj is not None:
            record = Record.objects.select_related("assigned_to").get(pk=obj.pk)
            context |= panel_for(record, person_of(request), refused=getattr(request, "refused_act", None))
            context["act_url"] = reverse(f"admin:{self._url_name('change')}", args=[obj.pk])
            context["title"] = record.label
            context["subtitle"] = None
        return super().render_change_form(request, context, *args, **kwargs)

    # --- acts and history ----------------------------------------------------

    def _url_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def get_urls(self) -> list[Any]:
        """Add one address for each act."""
        found = [
            path(
                f"<uuid:record_id>/{name}/",
                require_POST(self.admin_site.admin_view(partial(self.act_view, act_class=act))),
                name=self._url_name(name.replace("-", "_")),
            )
            for name, act in ACTS.items()
        ]
        return [*found, *super().get_urls()]

    def act_view(self, request: HttpRequest, record_id: Any, *, act_class: type[Act]) -> HttpResponse:
        """Carry an act out and come back to the record; show its form again, as it was, if that is refused."""
        if not policies.may_read_desk(person_of(request)):
            raise PermissionDenied
        record = Record.objects.filter(pk=record_id, kind=kind_of(self.model).name).first()
        if record is None:
            raise Http404
        form = act_class(request.POST, record=record)
        if form.fresh and (asked := confirm_first(request, what=form.title, about=record, form=form)):
            return asked
        return self._carried_out(request, record_id, form)

    def _carried_out(self, request: HttpRequest, record_id: Any, form: Act) -> HttpResponse:
        try:
            if form.is_valid():
                form.carry_out(person_of(request))
                messages.success(request, form.done)
                here = reverse(f"admin:{self._url_name('change')}", args=[record_id])
                return HttpResponseRedirect(_where_from(request) or here)
        except DomainError as refusal:
            for message in str(refusal).split("\n"):
                messages.error(request, message)
            for name in refusal.field_errors.keys() & form.fields.keys():
                form.add_error(name, refusal.field_errors[name])
        else:
            messages.error(request, _("Please correct what is marked."))
        return self._show_again(request, record_id, form)

    def _show_again(self, request: HttpRequest, record_id: Any, form: Act) -> HttpResponse:
        again = copy(request)
        again.method, again.POST = "GET", QueryDict()
        again.refused_act = form  # type: ignore[attr-defined]
        came_from = urlsplit(_where_from(request))
        if came_from.path:
            again.GET = QueryDict(came_from.query)
            page = resolve(came_from.path)
            shown: HttpResponse = page.func(again, *page.args, **page.kwargs)
            return shown
        # The fields of a draft stand on the page too: they go to the record's own address, not to that of the act.
        own_address = reverse(f"admin:{self._url_name('change')}", args=[record_id])
        response: HttpResponse = self.changeform_view(again, str(record_id), form_url=own_address)
        return response

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show who changed what when."""
        detail = self.get_object(request, object_id)
        if detail is None:
            raise Http404
        if not self.has_view_permission(request, detail):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(record)s") % {"record": detail.record},
            "opts": self.opts,
            "record": detail.record,
            "back": reverse(f"admin:{self._url_name('change')}", args=[detail.pk]),
        }
        return history_page(request, story_of(detail.record), context)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Fetch the record with each row."""
        return super().get_queryset(request).select_related("record", "record__assigned_to")


def _where_from(request: HttpRequest) -> str:
    """Return the address of the page of ours that an act was started from, if it is another than the record's own."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return ""
    try:
        page = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return address if page.url_name == REVIEW_PAGE else ""


def _check_seen(request: HttpRequest, record: Record) -> None:
    """Say that somebody was faster before the fields are looked at: a row that is gone would only confuse."""
    if request.POST.get("seen_version") != str(record.lock_version):
        raise changed_meanwhile(record)


def _never(_request: HttpRequest, _obj: Any = None) -> bool:
    return False
