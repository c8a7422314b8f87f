"""Records in every state: what is public speaks of ordinary things, everything else is full of canaries."""

from dataclasses import dataclass, field

from django.utils import timezone

from casetracker.review import services
from casetracker.review.choices import Action
from casetracker.review.kinds import CITATIONS, all_kinds, kind_named
from casetracker.review.models import PrivateTerm, Record, Release
from casetracker.review.services import Edit
from casetracker.sources.models import Publisher, Source
from tests.canary import birds
from tests.canary.kept import accounts, captures, erasures, imports, in_confidence
from tests.factories.records import (
    MAKERS,
    People,
    bring_to,
    check_all,
    citation,
    fresh,
    make_agreement,
    make_claim,
    make_people,
    make_response,
    make_source,
    make_station,
    publish_next_version,
)
from tests.factories.releases import let_time_pass, make_release, schedule

# Whatever the public may see of records in these states, it is nothing of their text.
# A speaker has these or a name, never both.
ANONYMOUS = {"speaker_role", "speaker_place"}
HIDDEN_STATES = ("draft", "submitted", "verified", "approved", "retracted")


@dataclass
class World:
    """What tests must know of the records that were made."""

    draft: Record
    discarded: Record
    hidden: list[Record] = field(default_factory=list)


def build() -> World:
    people = make_people()
    public_records(people)
    hidden = [hidden_record(kind.name, state, people) for kind in all_kinds() for state in HIDDEN_STATES]
    discarded = [discard(hidden_record(kind.name, "draft", people), people) for kind in all_kinds()]
    for kind in all_kinds():
        under_revision(kind.name, people)
        hidden.append(redrafted(hidden_record(kind.name, "retracted", people), people))
    talk(people)
    releases(people)
    erasures(people)
    imports(people)
    accounts(people)
    in_confidence(people)
    lone = make_source(by=people.author, **hidden_values(Source, services_fields(Source)))
    other = make_source(by=people.author)
    services.tell_sources_apart(lone.pk, other.pk, by=people.author, reason=birds.text("reason for two sources"))
    return World(draft=hidden[0], discarded=discarded[0], hidden=[*hidden, *discarded])


def public_records(people: People) -> None:
    """A station with two versions, one with a disclosure, and responses to them, with all private fields filled."""
    behind = services.log_publisher(
        fields={"country": "ES", "control": "independent", **publisher_values()}, by=people.author
    )
    report = make_source(
        by=people.author,
        type="ngo_report",
        title="110 Overseas",
        publisher="Safeguard Defenders",
        published_by=behind,
    )
    article = make_source(by=people.author, derived_from=report, derivation="reports_on", notes=note(Source))
    cited = [public_citation(article, "supports"), public_citation(make_source(by=people.author), "denies")]
    station = make_station(
        by=people.author,
        citations=cited,
        names=[{"text": "福州警侨服务站", "language": "zh-Hans"}],
        replies=[{"asked": "The embassy", "asked_on": "2022-10-20", "answer": "No.", "language": "en"}],
        private_terms=[{"kind": "address", "text": birds.text("private term of a live station")}],
        latitude="52.371593",
        longitude="4.371593",
        counted_in=["110 Overseas"],
        first_reported="2022-09",
        summary="A station was reported.",
        **notes("station"),
    )
    bring_to(station, "live", author=people.author, reviewer=people.reviewer, editor=people.editor)
    publish_next_version(station, people, summary="A station was reported, and denied.")
    captures(article, people)
    disclosed(people)
    merged(people)
    for number, sets in enumerate(({}, {"sets_status": "", "concerns": "", "responder": "CN", "kind": "denial"})):
        response = make_response(
            by=people.author,
            stations=[station],
            citations=cited,
            order_in_day=number + 1,
            quote="Nee.",
            quote_language="nl",
            **notes("response"),
            **sets,
        )
        bring_to(response, "live", author=people.author, reviewer=people.reviewer, editor=people.editor)
    linked_records(response, cited, people)


def linked_records(response: Record, cited: list[dict], people: People) -> None:
    """A claim that a later one superseded, and an agreement that the response ended."""
    later = make_claim(by=people.author, citations=cited, as_of="2022-12-05", **notes("claim"))
    bring_to(later, "live", author=people.author, reviewer=people.reviewer, editor=people.editor)
    claim = make_claim(by=people.author, citations=cited, superseded_by=later, **notes("claim"))
    ended = {"status": "ended", "status_as_of": "2022-12-19", "ended_by": response}
    agreement = make_agreement(by=people.author, citations=cited, **ended, **notes("agreement"))
    for record in (claim, agreement):
        bring_to(record, "live", author=people.author, reviewer=people.reviewer, editor=people.editor)


def public_citation(source: Source, stance: str) -> dict:
    return citation(source, stance=stance, quote="Ja.", quote_language="nl", **private_values(CITATIONS))


def disclosed(people: People) -> Record:
    """A live station with one private term that an editor marked publishable, and one that stays private."""
    terms = [
        {"kind": "address", "text": "Keizersgracht 1"},
        {"kind": "host", "text": birds.text("private term beside a disclosed one")},
    ]
    record = make_station(by=people.author, private_terms=terms)
    term = PrivateTerm.objects.get(record=record, kind="address")
    reason = birds.text("reason for publishing a term")
    other_editor = make_people().editor
    services.mark_publishable(term.pk, reason=reason, by=other_editor, lock_version=record.lock_version)
    return bring_to(record, "live", author=people.author, reviewer=people.reviewer, editor=people.editor)


def merged(people: People) -> None:
    """A live station that another one took over: of its words and private facts, only its citations stay."""
    one = make_station(
        by=people.author,
        locality="Utrecht",
        summary=birds.text("summary of a merged station"),
        citations=[public_citation(make_source(by=people.author), "supports")],
        private_terms=[{"kind": "host", "text": birds.text("private term of a merged station")}],
        **notes("station"),
    )
    target = make_station(by=people.author, locality="Utrecht", summary="A station was reported.")
    for record in (one, target):
        bring_to(record, "live", author=people.author, reviewer=people.reviewer, editor=people.editor)
    services.propose_merge(
        one.pk,
        into=target.pk,
        by=people.author,
        comment=birds.text("comment on a merge"),
        lock_version=fresh(one).lock_version,
        target_version=fresh(target).lock_version,
    )
    target = bring_to(target, "live", author=people.author, reviewer=people.reviewer, editor=people.editor)
    other = make_station(by=people.author, locality="Utrecht")
    services.tell_apart(target.pk, other.pk, by=people.author, reason=birds.text("reason for telling two apart"))


def hidden_record(kind_name: str, state: str, people: People) -> Record:
    record = MAKERS[kind_name](by=people.author, **hidden_parts(kind_name, people))
    return bring_to(record, state, author=people.author, reviewer=people.reviewer, editor=people.editor)


def under_revision(kind_name: str, people: People) -> Record:
    """Two live records with ordinary text: one is rewritten at the desk, of the other a rewriting was given up."""
    for give_up in (True, False):
        record = MAKERS[kind_name](by=people.author)
        bring_to(record, "live", author=people.author, reviewer=people.reviewer, editor=people.editor)
        rewrite(record, people)
        if give_up:
            record = fresh(record)
            services.abandon_revision(record.pk, by=people.author, lock_version=record.lock_version)
    return record


def redrafted(record: Record, people: People) -> Record:
    rewrite(record, people)
    return fresh(record)


def rewrite(record: Record, people: People) -> None:
    record = fresh(record)
    record = services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)
    parts = hidden_parts(record.kind, people)
    rows = {name: parts.pop(name) for name in kind_named(record.kind).rows}
    cited, terms = parts.pop("citations"), parts.pop("private_terms")
    edit = Edit(fields=parts, rows=rows, citations=cited, private_terms=terms)
    services.edit_record(record.pk, edit, by=people.author, lock_version=record.lock_version)


def discard(record: Record, people: People) -> Record:
    comment = birds.text("comment on a discarded record")
    return services.discard_record(record.pk, by=people.author, lock_version=record.lock_version, comment=comment)


def talk(people: People) -> None:
    """All that colleagues say to one another about a record, and a source that was reworded after publication."""
    record = MAKERS["station"](by=people.author, summary=birds.text("summary under discussion"))
    services.comment_on_record(record.pk, text=birds.text("comment"), field="summary", by=people.reviewer)
    digest = birds.text("digest of a case file")
    services.note_file_export(record.pk, digest=digest, with_private_terms=True, by=people.editor, at=timezone.now())
    noted = {"sheet_kind": "station", "file_format": "csv", "rows": 31077, "with_private": True}
    services.note_list_export(**noted, digest=birds.text("digest of a list"), by=people.editor)
    record = bring_to(record, "submitted", author=people.author)
    record = services.assign_record(record.pk, to=people.author, by=people.editor, lock_version=record.lock_version)
    record = check_all(record, by=people.reviewer, verdict="does_not", comment=birds.text("check"))
    suggestion = services.suggest_wording(
        record.pk, field="summary", text=birds.text("suggestion"), by=people.reviewer, lock_version=record.lock_version
    )
    services.decline_suggestion(suggestion.pk, by=people.author, lock_version=fresh(record).lock_version)
    record = fresh(record)
    services.return_to_author(
        record.pk, by=people.reviewer, lock_version=record.lock_version, comment=birds.text("return")
    )
    live = Record.objects.live().filter(state="idle").exclude(decisions__action=Action.REVISE).first()
    source = live.citations.first().source
    services.edit_source(
        source.pk,
        fields=hidden_values(Source, services_fields(Source)),
        by=people.author,
        lock_version=source.lock_version,
    )


def releases(people: People) -> None:
    """A release under embargo, one that was held back, one that went out and one that was given up."""
    title = birds.text("title of a release")

    def approved(**parts: object) -> Record:
        made = MAKERS["station"](by=people.author, **parts)
        return bring_to(made, "approved", author=people.author, reviewer=people.reviewer, editor=people.editor)

    def release() -> Release:
        return make_release(approved(**hidden_parts("station", people)), by=people.editor, title=title)

    schedule(release(), by=people.editor)
    held_back = schedule(release(), by=people.editor)
    returned = held_back.members.get().record
    services.return_to_author(
        returned.pk, by=people.reviewer, lock_version=returned.lock_version, comment=birds.text("return")
    )
    let_time_pass(held_back)
    services.publish_due_releases()
    out, given_up = make_release(approved(), approved(), by=people.editor, title=title), release()
    services.publish_release(out.pk, by=people.editor, lock_version=out.lock_version)
    comment = birds.text("comment on a release")
    services.cancel_release(given_up.pk, by=people.editor, lock_version=given_up.lock_version, comment=comment)
    for each in Release.objects.exclude(state__in=("published", "cancelled")):
        note = birds.text("note of a release")
        services.rename_release(each.pk, title=title, note=note, by=people.editor, lock_version=each.lock_version)


def services_fields(model: type) -> set[str]:
    """The fields of a source that hold text; its links stay as they are."""
    return {"title", "publisher", "author", "published", "url", "language", "notes"} & {
        field.name for field in model._meta.concrete_fields
    }


def publisher_values() -> dict[str, object]:
    """Canaries for all that the public must not see of a publisher."""
    names = {"name", "aliases", "owner", "website", "notes"}
    return hidden_values(Publisher, names)


def hidden_values(model: type, names) -> dict[str, object]:
    """Canaries for the named fields, as far as the columns can hold any."""
    fields = [model._meta.get_field(name) for name in sorted(names)]
    values = {
        field.name: birds.for_field(field, f"{model.__name__}.{field.name} of a hidden record")
        for field in fields
        if not field.is_relation
    }
    return {name: value for name, value in values.items() if value is not None}


def hidden_parts(kind_name: str, people: People) -> dict[str, object]:
    """A whole record of canaries, as the factories take it."""
    kind = kind_named(kind_name)
    source = make_source(by=people.author, **hidden_values(Source, services_fields(Source)))
    said = set(CITATIONS.fields) - {"field", "position"}
    cited = citation(source, **hidden_values(CITATIONS.model, said - ANONYMOUS))
    anonymous = citation(source, speaker_anonymous=True, **hidden_values(CITATIONS.model, said - {"attributed_to"}))
    return {
        **hidden_values(kind.model, (*kind.fields, *kind.private)),
        **{name: [hidden_values(rows.model, (*rows.fields, *rows.private))] for name, rows in kind.rows.items()},
        "citations": [cited | private_values(CITATIONS), anonymous | private_values(CITATIONS)],
        "private_terms": [{"kind": "person", "text": birds.text("private term of a hidden record")}],
    }


def private_values(rows) -> dict[str, str]:
    fields = [rows.model._meta.get_field(name) for name in rows.private]
    found = {field.name: birds.for_field(field, f"{rows.model.__name__}.{field.name}") for field in fields}
    return {name: value for name, value in found.items() if value is not None}


def notes(kind_name: str) -> dict[str, str]:
    """Canaries in all private fields of a record that is to be published."""
    return {name: birds.text(f"{kind_name}.{name} of a live record") for name in kind_named(kind_name).private}


def note(model: type) -> str:
    return birds.text(f"{model.__name__}.notes of a live record")
