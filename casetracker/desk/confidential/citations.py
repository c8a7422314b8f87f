"""The pages of what confidential sources say: of one record, and of one citation, closed or opened."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casetracker.accounts.models import User
from casetracker.accounts.people import person_of
from casetracker.core.errors import DomainError
from casetracker.desk.confidential.forms import CheckForm, CiteForm, OpenForm, StatementForm, VersionForm
from casetracker.desk.confidential.messages import say
from casetracker.desk.confidential.reading import Part, given_away, inherited, parts_of, result_of, trouble_with_keys
from casetracker.review import services
from casetracker.review.choices import Action, State
from casetracker.review.confidential_evidence import confidential_results, field_label
from casetracker.review.content import build_content
from casetracker.review.models import ConfidentialCitation, Record
from casetracker.review.policies import can, check_person, may_show_confidential
from casetracker.review.services.confidential_citations import CHECKABLE
from casetracker.sources.models.confidential import ConfidentialSource

_OPENED = ("statement", "notes", *ConfidentialSource.bound_parts)  # in the order in which they are read


def record_view(request: HttpRequest, *, site: AdminSite, record_id: UUID) -> HttpResponse:
    """Show what confidential sources say to a record, by their labels; cite one in a draft."""
    record = Record.objects.filter(pk=record_id).first()
    if record is None:
        raise Http404
    form = CiteForm(request.POST if request.method == "POST" else None, record=record)
    if form.is_valid():
        try:
            citation = services.cite_confidentially(
                record.pk,
                form.cleaned_data["source"].pk,
                said=form.said(),
                by=person_of(request),
                lock_version=form.cleaned_data["lock_version"],
            )
        except DomainError as refusal:
            say(request, form, refusal)
        else:
            messages.success(request, _("Cited and sealed. The public sees nothing of it."))
            return HttpResponseRedirect(_address_of(citation))
    content = build_content(record)
    results = confidential_results(record, content)
    context = {
        **site.each_context(request),
        "problem": trouble_with_keys(),
        "title": _("Confidential sources of “%(record)s”") % {"record": record},
        "record": record,
        "lines": [(result, field_label(record, result.citation.field)) for result in results],
        "inherited": inherited(record),
        "given_away": given_away(record, content),
        "form": form if can(record, Action.EDIT, person_of(request)) else None,
    }
    return TemplateResponse(request, "desk/confidential/record.html", context)


def citation_view(request: HttpRequest, *, site: AdminSite, citation_id: UUID) -> HttpResponse:
    """Show a citation closed, and what can be done with it."""
    return _page(request, site, _citation(citation_id))


def open_view(request: HttpRequest, site: AdminSite, citation: ConfidentialCitation) -> HttpResponse:
    """Open a citation for a reason, in the answer to this very request."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _page(request, site, citation, open_form=form)
    try:
        texts = services.open_confidential_citation(
            citation.pk, reason=form.cleaned_data["reason"], by=person_of(request)
        )
    except DomainError as refusal:
        say(request, form, refusal)
        return _page(request, site, citation, open_form=form)
    change = StatementForm(
        record=citation.record,
        fact=citation.field,
        stance=citation.stance,
        statement=texts["statement"],
        notes=texts["notes"],
    )
    return _page(request, site, citation, texts=texts, change_form=change)


def replace_view(request: HttpRequest, site: AdminSite, citation: ConfidentialCitation) -> HttpResponse:
    """Cite it in other words; what was typed is shown again if that is refused."""
    form = StatementForm(request.POST, record=citation.record)
    if form.is_valid():
        try:
            new = services.replace_confidential_citation(
                citation.pk, said=form.said(), by=person_of(request), lock_version=form.cleaned_data["lock_version"]
            )
        except DomainError as refusal:
            say(request, form, refusal)
        else:
            messages.success(request, _("Changed and sealed again."))
            return HttpResponseRedirect(_address_of(new))
    return _page(request, site, citation, change_form=form)


def check_view(request: HttpRequest, site: AdminSite, citation: ConfidentialCitation) -> HttpResponse:
    """Note a verdict. The texts stay closed if it is refused; the words that were typed do not get lost."""
    form = CheckForm(request.POST)
    if form.is_valid():
        try:
            services.check_confidential_citation(citation.pk, by=person_of(request), **form.cleaned_data)
        except DomainError as refusal:
            say(request, form, refusal)
        else:
            messages.success(request, _("Your verdict is noted."))
            return HttpResponseRedirect(_address_of_record(citation))
    return _page(request, site, citation, check_form=form)


def _move(service: Callable[..., Any], done: Any) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, site: AdminSite, citation: ConfidentialCitation) -> HttpResponse:
        form = VersionForm(request.POST)
        if form.is_valid():
            try:
                service(citation.pk, by=person_of(request), lock_version=form.cleaned_data["lock_version"])
            except DomainError as refusal:
                say(request, form, refusal)
                return _page(request, site, citation)
            messages.success(request, done)
        return HttpResponseRedirect(_address_of_record(citation))

    return view


ACTS: dict[str, Callable[..., HttpResponse]] = {
    "open": open_view,
    "replace": replace_view,
    "check": check_view,
    "remove": _move(services.remove_confidential_citation, gettext_lazy("Taken out. It stays sealed in the files.")),
    "show": _move(
        services.show_confidential_citation,
        gettext_lazy("The next version will say that the editors know a confidential source, and nothing else of it."),
    ),
    "hide": _move(services.hide_confidential_citation, gettext_lazy("The next version will say nothing of it.")),
}


def act_view(request: HttpRequest, *, site: AdminSite, citation_id: UUID, name: str) -> HttpResponse:
    """Carry out an act on a citation."""
    if name not in ACTS:
        raise Http404
    return ACTS[name](request, site, _citation(citation_id))


def _citation(citation_id: UUID) -> ConfidentialCitation:
    citation = ConfidentialCitation.objects.select_related("record", "source").filter(pk=citation_id).first()
    if citation is None:
        raise Http404
    return citation


def _address_of(citation: ConfidentialCitation) -> str:
    return reverse("admin:confidential_citation", args=[citation.pk])


def _address_of_record(citation: ConfidentialCitation) -> str:
    return reverse("admin:record_confidential", args=[citation.record_id])


def _page(
    request: HttpRequest,
    site: AdminSite,
    citation: ConfidentialCitation,
    *,
    texts: dict[str, str] | None = None,
    open_form: OpenForm | None = None,
    change_form: StatementForm | None = None,
    check_form: CheckForm | None = None,
) -> HttpResponse:
    person, record = person_of(request), citation.record
    result = result_of(citation)
    if texts is not None and result is not None and _may_check(record, person):
        check_form = CheckForm(initial={"digest": result.digest})
    may_edit = citation.is_current and can(record, Action.EDIT, person)
    context = {
        **site.each_context(request),
        "problem": trouble_with_keys(),
        "title": _("What %(source)s says") % {"source": citation.source},
        "citation": citation,
        "record": record,
        "fact": field_label(record, citation.field),
        "result": result,
        "texts": parts_of(texts, _OPENED) if texts is not None else None,
        "remarks": _remarks(citation) if texts is not None else [],
        "open_form": open_form or OpenForm(),
        "change_form": change_form if may_edit else None,
        "check_form": check_form,
        "version_form": VersionForm(initial={"lock_version": record.lock_version}, auto_id=False),
        "may_edit": may_edit,
        "may_show": may_edit and may_show_confidential(person) and can(record, Action.DISCLOSE, person),
    }
    return TemplateResponse(request, "desk/confidential/citation.html", context)


def _remarks(citation: ConfidentialCitation) -> list[Part]:
    """Return who found what of a citation that is open, with their words."""
    checks = citation.checks.select_related("person")
    return [Part(check, services.comment_of(check, citation)) for check in checks]


def _may_check(record: Record, person: User) -> bool:
    try:
        check_person(record, Action.CHECK, person)
    except DomainError:
        return False
    return State(record.state) in CHECKABLE
