"""The parts of a case file: what the record says, what it rests on, who did what, what was published."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casetracker.core.languages import DATA_LANGUAGE, language_name_for_reader
from casetracker.desk.casefile.parts import Fact, Item, Section, fact
from casetracker.desk.reviewing.differences import cited_for, names_in, words_of
from casetracker.places.countries import name_of
from casetracker.public.wording import speaker_words
from casetracker.publication.chain import timestamp
from casetracker.publication.models import LogEntry
from casetracker.review.choices import CitationBasis, Stance
from casetracker.review.content import detail_of, parse_content
from casetracker.review.edit_history import Change
from casetracker.review.evidence import check_results
from casetracker.review.field_texts import texts_of
from casetracker.review.kinds import Content, RecordKind, kind_named, label_of
from casetracker.review.models import Check, Citation, PublishedContent, Record
from casetracker.review.story import Entry, Sort
from casetracker.sources.choices import Control, Derivation, SourceType


def moment(at: dt.datetime) -> str:
    """Return a moment as the whole file writes it."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def content_now(record: Record) -> Section:
    """Return every filled field and row as it stands."""
    kind = kind_named(record.kind)
    facts, internal = (list(_filled(record, names)) for names in ((*kind.fields, *kind.rows), kind.private))
    items = [Item("", facts)]
    if internal:
        items.append(Item(_("Internal: for colleagues only, never published"), internal))
    return Section("content", _("What it says now"), items)


def _filled(record: Record, names: Iterable[str]) -> Iterator[Fact]:
    kind, detail = kind_named(record.kind), detail_of(record)
    for name in names:
        yield from fact(label_of(kind.name, name), *texts_of(detail, kind, name))


def content_published(record: Record) -> Section:
    """Return what the last published version says."""
    title = _("What was published last")
    published = PublishedContent.objects.last_of(record)
    if published is None:
        erased = _("What was published last was erased.")
        never = _("Nothing of it was ever published.")
        return Section("published", title, [], nothing=erased if record.published_version else never)
    content, kind = parse_content(published.content), kind_named(record.kind)
    names = names_in(content)
    facts = [*_field_facts(kind, content, names), *_row_facts(kind, content)]
    facts += fact(_("disclosed private terms"), *(one["text"] for one in content["disclosures"]))
    remark = _("Version %(version)s, with the citations that it was published with.") % {"version": published.version}
    cited = [Item(_citation_title(number, one), _cited(record, one)) for number, one in _numbered(content)]
    return Section("published", title, [Item("", facts), *cited], remark)


def _field_facts(kind: RecordKind, content: Content, names: dict[str, str]) -> Iterator[Fact]:
    for name in kind.fields:
        words = words_of(kind.model._meta.get_field(name), content["fields"].get(name), names)
        yield from fact(label_of(kind.name, name), words)


def _row_facts(kind: RecordKind, content: Content) -> Iterator[Fact]:
    for name, spec in kind.rows.items():
        rows = [
            [words_of(spec.model._meta.get_field(one), row[one], {}) for one in spec.fields]
            for row in content["rows"][name]
        ]
        yield from fact(label_of(kind.name, name), *(" · ".join(filter(None, row)) for row in rows))


def citations(record: Record, content: Content) -> Section:
    """Return every citation with all that anybody found on checking it."""
    results = {result.citation["id"]: result.digest for result in check_results(record, content)}
    checks: dict[str, list[Check]] = {}
    for check in record.checks.select_related("person"):
        checks.setdefault(str(check.citation_uuid), []).append(check)
    internal = {str(one.pk): one for one in record.citations.select_related("source__published_by")}
    items = [
        Item(
            _citation_title(number, one),
            [
                *_cited(record, one),
                *_internal(internal[one["id"]]),
                *_checks(checks.get(one["id"], []), results[one["id"]]),
            ],
        )
        for number, one in _numbered(content)
    ]
    return Section("citations", _("Citations and checks"), items, nothing=_("Nothing is cited."))


def _internal(citation: Citation) -> list[Fact]:
    """Return what only colleagues know of a citation, its source and who stands behind it."""
    source, publisher = citation.source, citation.source.published_by
    owner = _("owner: %(owner)s") % {"owner": publisher.owner} if publisher and publisher.owner else ""
    return [
        *fact(_("Publisher, for colleagues"), *((str(publisher), owner) if publisher else ())),
        *fact(_("Reliability of the source"), source.get_reliability_display()),
        *fact(_("Credibility of what it says"), citation.get_credibility_display()),
        *fact(_("Internal note"), citation.notes),
    ]


def _numbered(content: Content) -> Iterable[tuple[int, dict[str, Any]]]:
    return enumerate(content["citations"], start=1)


def _citation_title(number: int, citation: dict[str, Any]) -> str:
    source = citation["source"]
    return f"{number}. " + ", ".join(filter(None, (source["publisher"] or source["title"], source["published"])))


def _cited(record: Record, citation: dict[str, Any]) -> list[Fact]:
    source = citation["source"]
    return [
        *fact(_("Source"), source["title"]),
        *fact(_("Who stands behind it"), *_standing(source.get("published_by"))),
        *fact(_("Author"), source["author"]),
        *fact(_("Address"), source["url"]),
        *fact(_("Type and language"), SourceType(source["type"]).label, language_name_for_reader(source["language"])),
        *fact(_("Where it comes from"), Derivation(source["derivation"]).label if source["derivation"] else ""),
        *fact(_("Cited for"), cited_for(record.kind, citation["field"])),
        *fact(_("Stance"), Stance(citation["stance"]).label),
        *fact(_("Words of"), speaker_words(citation, get_language() or DATA_LANGUAGE)),
        *fact(_("Place in the source"), citation["locator"]),
        *fact(_("Quote"), citation["quote"]),
        *fact(_("Language of the quote"), language_name_for_reader(citation["quote_language"])),
        *fact(_("Translation"), citation["quote_translation"]),
        *fact(_("Translated by the source from"), language_name_for_reader(citation["quote_translated_from"])),
        *fact(_("It gives"), citation["value_given"]),
        *fact(_("Basis"), CitationBasis(citation["basis"]).label),
    ]


def _standing(publisher: dict[str, str] | None) -> Iterator[str]:
    """Yield who controls a publisher, and from where, as far as the public may know."""
    if publisher and publisher["control"] != Control.UNKNOWN:
        yield str(Control(publisher["control"]).label)
    if publisher and publisher["country"]:
        yield name_of(publisher["country"])


def _checks(checks: list[Check], digest: str) -> list[Fact]:
    if not checks:
        return fact(_("Checks"), _("Nobody has checked it."))
    lapsed = _("before the citation, its source or what it is cited for was changed")
    return fact(
        _("Checks"),
        *(
            " · ".join(
                filter(
                    None,
                    (
                        moment(check.at),
                        str(check.person),
                        check.get_verdict_display(),
                        check.comment,
                        "" if check.citation_digest == digest else lapsed,
                    ),
                )
            )
            for check in checks
        ),
    )


def private_terms(record: Record) -> Section:
    """Return the private terms, with who allowed which to be published."""
    items = [
        Item(
            str(term),
            [
                *fact(_("Publishable, says"), term.publishable_by),
                *fact(_("Reason"), term.publishable_reason),
            ],
        )
        for term in record.private_terms.select_related("publishable_by")
    ]
    return Section(
        "private",
        _("Private terms"),
        items,
        _("Nobody may publish these. Keep this file as you would keep them."),
        _("There is none."),
    )


def told(story: Iterable[Entry], sort: Sort, title: str, remark: str = "") -> Section:
    """Return the entries of one sort of a story, earliest first."""
    items = [
        Item(
            f"{moment(entry.at)} · {entry.person or '–'} · {entry.title}",
            [
                *fact(_("Words"), entry.text),
                *fact(_("State from then on"), entry.state),
                *(found for change in entry.changes for found in _changed(change)),
            ],
        )
        for entry in story
        if sort in entry.sorts
    ]
    return Section(sort.value, title, items, remark, _("There is none."))


def _changed(change: Change) -> Iterator[Fact]:
    what = f"{change.what} ({change.about})" if change.about else change.what
    yield Fact(what, [])
    for one in change.fields:
        yield Fact(one.label, *([text] if text else [] for text in (one.after, one.before)))


def versions(record: Record) -> Section:
    """Return what the publication log has of the record, and how to see that nobody changed it since."""
    entries = LogEntry.objects.filter(reference=record.reference) if record.reference else LogEntry.objects.none()
    items = [_logged(entry) for entry in entries.select_related("snapshot")]
    remark = _(
        "Each entry of the log holds the hash of the one before it, and a commitment: the SHA-256 of a secret salt and "
        "the content. On the server, “manage.py verify_log” computes all of them anew and names every row that was "
        "changed, removed or added. Anybody can compare the hashes below with those of the public log."
    )
    return Section("versions", _("Versions and the publication log"), items, remark, _("Nothing was published."))


def _logged(entry: LogEntry) -> Item:
    title = _("Entry %(sequence)s of the log: %(act)s")
    return Item(
        title % {"sequence": entry.sequence, "act": entry.get_action_display()},
        [
            *fact(_("Version"), entry.version),
            *fact(_("Published at"), timestamp(entry.published_at)),
            *fact(_("Public note"), entry.snapshot.note),
            *fact(_("Hash of the entry"), entry.entry_hash),
            *fact(_("Hash of the entry before"), entry.previous_hash),
            *fact(_("Commitment to the content"), entry.commitment),
            *fact(_("Hash of the public note"), entry.note_hash),
        ],
    )
