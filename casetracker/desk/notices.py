"""What colleagues did that concerns a person, on a page of their own; and how many wait, for the head of each page."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from casetracker.accounts.models import User
from casetracker.accounts.people import person_of
from casetracker.desk.ages import age_in_words
from casetracker.desk.requests import reader_of
from casetracker.review import services
from casetracker.review.choices import NoticeKind
from casetracker.review.models import Notice
from casetracker.review.policies import may_read_desk

ON_A_PAGE = 50
_HIGHEST_KEY = 2**63 - 1
_JUST_NOW = dt.timedelta(minutes=1)

WHAT_HAPPENED = {
    NoticeKind.ASSIGNED: gettext_lazy("%(person)s assigned it to you"),
    NoticeKind.MENTIONED: gettext_lazy("%(person)s mentioned you in a comment"),
    NoticeKind.COMMENTED: gettext_lazy("%(person)s commented on it"),
    NoticeKind.SUBMITTED: gettext_lazy("%(person)s submitted it for review"),
    NoticeKind.RETURNED: gettext_lazy("%(person)s returned it"),
    NoticeKind.SUGGESTED: gettext_lazy("%(person)s suggested a wording"),
    NoticeKind.ACCEPTED: gettext_lazy("%(person)s took your wording over"),
    NoticeKind.DECLINED: gettext_lazy("%(person)s declined your wording"),
    NoticeKind.VERIFIED: gettext_lazy("%(person)s verified it"),
    NoticeKind.PUBLISHED: gettext_lazy("%(person)s published it"),
    NoticeKind.RETRACTED: gettext_lazy("%(person)s retracted it"),
    NoticeKind.MERGED: gettext_lazy("%(person)s merged it into another record"),
    NoticeKind.ABANDONED: gettext_lazy("%(person)s abandoned its revision"),
    NoticeKind.DISCARDED: gettext_lazy("%(person)s discarded it"),
    NoticeKind.DUE: gettext_lazy("It must be answered soon"),
    NoticeKind.ERASURE: gettext_lazy("%(person)s asked that a version is erased"),
    NoticeKind.ERASED: gettext_lazy("%(person)s erased a version of it"),
}


class ReadForm(forms.Form):
    """Up to which notice a person has seen them."""

    until = forms.IntegerField(min_value=0, max_value=_HIGHEST_KEY)


class MailForm(forms.Form):
    """Whether a person wants e-mails."""

    wanted = forms.BooleanField(
        label=gettext_lazy("Tell me by e-mail that notices wait"),
        required=False,
        help_text=User._meta.get_field("notices_by_mail").help_text,
    )


def unread_of(request: HttpRequest) -> int | None:
    """Return how many notices wait for the person of a request; None for somebody who gets none. One query."""
    person = person_of(request)
    return Notice.objects.of(person).unread().count() if may_read_desk(person) else None


def notices_view(request: HttpRequest, *, site: AdminSite) -> TemplateResponse:
    """Show the notices of a person, unread ones first. Looking at them changes nothing."""
    person = reader_of(request)
    notices = Notice.objects.of(person).select_related("record", "actor", "comment", "legal_request").unread_first()
    page = Paginator(notices, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        **site.each_context(request),
        "title": _("Notices"),
        "page": page,
        "entries": [_entry(notice) for notice in shown],
        "newest_unread": max((notice.pk for notice in shown if notice.read_at is None), default=None),
        "mail_form": MailForm(initial={"wanted": person.notices_by_mail}, auto_id="mail-%s", label_suffix=""),
        "mail_address": person.email,
    }
    return TemplateResponse(request, "desk/notices.html", context)


@require_POST
def open_view(request: HttpRequest, *, notice_id: int) -> HttpResponse:
    """Note that a notice is read, and go to what it is about. Raises `Http404` for one of somebody else."""
    try:
        notice = services.read_notice(notice_id, by=reader_of(request))
    except Notice.DoesNotExist as error:
        raise Http404 from error
    return HttpResponseRedirect(_address(notice))


@require_POST
def read_view(request: HttpRequest) -> HttpResponse:
    """Note that all notices that were shown, or are older, are read."""
    form = ReadForm(request.POST)
    if form.is_valid():
        read = services.read_notices(by=reader_of(request), until=form.cleaned_data["until"])
        done = ngettext("%(count)d notice marked as read.", "%(count)d notices marked as read.", read)
        messages.success(request, done % {"count": read})
    else:
        messages.error(request, _("Open the page of your notices again, and press the button there."))
    return _back()


@require_POST
def mail_view(request: HttpRequest) -> HttpResponse:
    """Switch e-mails on or off for oneself."""
    wanted = "wanted" in request.POST
    services.choose_mail(wanted=wanted, by=reader_of(request))
    done = _("You are told by e-mail from now on.") if wanted else _("You get no e-mails about notices any more.")
    messages.success(request, done)
    return _back()


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:notices"))


def _entry(notice: Notice) -> dict[str, object]:
    is_new = timezone.now() - notice.at < _JUST_NOW
    return {
        "notice": notice,
        "about": notice.record or notice.legal_request,
        "what": WHAT_HAPPENED[NoticeKind(notice.kind)] % {"person": notice.actor},
        "age": _("just now") if is_new else _("%(age)s ago") % {"age": age_in_words(notice.at)},
        "address": _address(notice),
    }


def _address(notice: Notice) -> str:
    if notice.legal_request_id:
        return reverse("admin:review_legalrequest_change", args=[notice.legal_request_id])
    page = reverse("admin:record_review", args=[notice.record_id])
    return f"{page}#comment-{notice.comment_id}" if notice.comment_id else page
