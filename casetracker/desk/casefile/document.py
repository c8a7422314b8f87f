"""The case file itself: one HTML text that needs nothing else, the same for the same record and moment."""

import datetime as dt
import html
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.canonical import sha256_hex
from casetracker.desk.casefile import sections
from casetracker.desk.casefile.parts import Item, Section, fact, guarded
from casetracker.desk.templatetags.desk_words import verification
from casetracker.publication.reading import current_head
from casetracker.review.content import build_content
from casetracker.review.kinds import Content, kind_named
from casetracker.review.models import PrivateTerm, Record
from casetracker.review.references import linked_records
from casetracker.review.secrecy import terms_to_hide
from casetracker.review.story import Entry, Sort, story_of


class CaseFile(NamedTuple):
    """The bytes of a file, their SHA-256, and the policy under which its own style is the only thing that runs."""

    data: bytes
    digest: str
    policy: dict[str, list[str]]


def make_file(record: Record, *, by: User, at: dt.datetime, with_private_terms: bool) -> CaseFile:
    """Make the file of a record as it stands, as `by` made it `at` this moment.

    What was done at that moment or later is not in it, so that the note of its making does not change it.
    """
    content = build_content(record)
    told = [entry for entry in story_of(record) if entry.at < at]
    found = [
        _cover(record, content, by, at, with_private_terms),
        sections.content_now(record),
        sections.content_published(record),
        sections.citations(record, content),
        *([sections.private_terms(record)] if with_private_terms else []),
        *_story(told if with_private_terms else [_without_private_terms(entry) for entry in told]),
        sections.versions(record),
    ]
    hidden = [] if with_private_terms else terms_to_hide([record.pk, *linked_records(content)])
    cover, *rest = guarded(found, hidden)
    # The element holds the text between its tags to the byte, or the policy would not know it.
    style = render_to_string("desk/file/style.css").strip()
    policy = _policy(style)
    text = render_to_string(
        "desk/file/document.html",
        {
            "cover": cover,
            "sections": rest,
            "style": style,
            "policy": "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items()),
            "language": get_language(),
            "demo": settings.DEMO,
        },
    )
    return CaseFile(text.encode(), sha256_hex(text.encode()), policy)


def _policy(style: str) -> dict[str, list[str]]:
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return {
        "default-src": ["'none'"],
        "style-src": [f"'sha256-{digest}'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def _cover(record: Record, content: Content, by: User, at: dt.datetime, with_private_terms: bool) -> Section:
    head = current_head()
    left_out = _("Left out, with every text that contains one. A file with them can be made at the desk.")
    facts = [
        *fact(_("Kind of record"), kind_named(record.kind).label),
        *fact(_("Public number"), record.reference or _("none yet")),
        *fact(_("Key"), record.pk),
        *fact(_("State at the desk"), record.get_state_display(), _("round %(round)s") % {"round": record.round}),
        *fact(_("What the public sees"), record.get_public_status_display()),
        *fact(_("How well it is established"), _established(content)),
        *fact(_("Private terms"), _("Included.") if with_private_terms else left_out),
        *fact(_("File made at"), sections.moment(at)),
        *fact(_("File made by"), by),
        *fact(_("Made with"), f"casetracker {settings.BUILD}"),
        *fact(
            _("Last entry of the publication log then"),
            _("number %(sequence)s") % {"sequence": head.sequence} if head.sequence else _("none"),
            head.entry_hash,
        ),
    ]
    return Section("cover", record.label, [Item("", facts)])


def _established(content: Content) -> str:
    """Return the verification level and its reason in the words of the desk's pages, as plain text."""
    shown = render_to_string("desk/includes/verification.html", verification(content))
    return " ".join(html.unescape(strip_tags(shown)).split())


def _story(told: list[Entry]) -> list[Section]:
    internal = _("Internal: colleagues wrote this for one another.")
    return [
        sections.told(told, Sort.DECISIONS, _("Decisions")),
        sections.told(told, Sort.TALK, _("Comments and suggestions"), internal),
        sections.told(told, Sort.CHANGES, _("Changes of content")),
        sections.told(told, Sort.EXPORTS, _("Files taken out before this one")),
    ]


def _without_private_terms(entry: Entry) -> Entry:
    own = f"{PrivateTerm._meta.model_name}-"
    return replace(entry, changes=[change for change in entry.changes if not change.key.startswith(own)])
