"""The e-mail about notices. Mail servers can read it, so it counts what waits, and tells nothing of it."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from casetracker.accounts.models import User
from casetracker.core.desk_languages import language_of
from casetracker.review.choices import NoticeKind
from casetracker.review.models.notices import NoticeQuerySet

NOTICES_PAGE = "notices/"  # from the desk's address on


def compose(person: User, unread: NoticeQuerySet) -> EmailMessage:
    """Return the e-mail that tells a person, in their language, how many notices wait at the desk."""
    counts = dict(unread.order_by().values_list("kind").annotate(Count("pk")))
    total = sum(counts.values())
    with translation.override(language_of(person)):
        subject = ngettext("%(count)d notice waits for you", "%(count)d notices wait for you", total) % {"count": total}
        sorts = ["- " + _IN_WORDS[kind] % {"count": counts[kind]} for kind in NoticeKind if kind in counts]
        paragraphs = [
            _("These wait for you at the desk:") + "\n" + "\n".join(sorts),
            _where_to_read(),
            _why_and_how_often(),
        ]
        # Answering machines leave alone what says that a machine wrote it.
        headers = {"Auto-Submitted": "auto-generated"}
        return EmailMessage(subject, "\n\n".join(paragraphs) + "\n", to=[person.email], headers=headers)


def _where_to_read() -> str:
    if not settings.DESK_URL:
        return _("Sign in at the desk to read them.")
    page = urljoin(settings.DESK_URL.rstrip("/") + "/", NOTICES_PAGE)
    return _("Read them at the desk: %(address)s") % {"address": page}


def _why_and_how_often() -> str:
    return _(
        "You get at most one such e-mail an hour. It says nothing of the records, because e-mail is not secret. "
        "You can switch it off on the page of your notices."
    )


_IN_WORDS = {
    NoticeKind.ASSIGNED: ngettext_lazy(
        "%(count)d record that was assigned to you", "%(count)d records that were assigned to you", "count"
    ),
    NoticeKind.MENTIONED: ngettext_lazy(
        "%(count)d comment that mentions you", "%(count)d comments that mention you", "count"
    ),
    NoticeKind.COMMENTED: ngettext_lazy(
        "%(count)d comment on a record of yours", "%(count)d comments on records of yours", "count"
    ),
    NoticeKind.SUBMITTED: ngettext_lazy(
        "%(count)d record that was submitted for review", "%(count)d records that were submitted for review", "count"
    ),
    NoticeKind.RETURNED: ngettext_lazy(
        "%(count)d record that was returned to you", "%(count)d records that were returned to you", "count"
    ),
    NoticeKind.SUGGESTED: ngettext_lazy("%(count)d suggested wording", "%(count)d suggested wordings", "count"),
    NoticeKind.ACCEPTED: ngettext_lazy(
        "%(count)d wording of yours that was taken over", "%(count)d wordings of yours that were taken over", "count"
    ),
    NoticeKind.DECLINED: ngettext_lazy(
        "%(count)d wording of yours that was declined", "%(count)d wordings of yours that were declined", "count"
    ),
    NoticeKind.VERIFIED: ngettext_lazy(
        "%(count)d record that was verified", "%(count)d records that were verified", "count"
    ),
    NoticeKind.PUBLISHED: ngettext_lazy(
        "%(count)d record that was published", "%(count)d records that were published", "count"
    ),
    NoticeKind.RETRACTED: ngettext_lazy(
        "%(count)d record that was retracted", "%(count)d records that were retracted", "count"
    ),
    NoticeKind.MERGED: ngettext_lazy(
        "%(count)d record that was merged into another", "%(count)d records that were merged into others", "count"
    ),
    NoticeKind.ABANDONED: ngettext_lazy(
        "%(count)d revision that was abandoned", "%(count)d revisions that were abandoned", "count"
    ),
    NoticeKind.DISCARDED: ngettext_lazy(
        "%(count)d draft that was discarded", "%(count)d drafts that were discarded", "count"
    ),
    NoticeKind.DUE: ngettext_lazy(
        "%(count)d request by law that is due soon", "%(count)d requests by law that are due soon", "count"
    ),
    NoticeKind.ERASURE: ngettext_lazy(
        "%(count)d record of which a version is to be erased",
        "%(count)d records of which a version is to be erased",
        "count",
    ),
    NoticeKind.ERASED: ngettext_lazy(
        "%(count)d record of which a version was erased", "%(count)d records of which a version was erased", "count"
    ),
}
