"""Canaries in what the desk keeps beside its records: copies of sources, confidential sources, files of imports."""

import datetime as dt

from django.utils import timezone

from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import AccountEvent, FactorRecovery
from casetracker.desk.exchange.running import carry_out_import
from casetracker.review import services
from casetracker.review.models import ConfidentialCitation, Record
from casetracker.review.services.links import Look, end_look, lease_order
from casetracker.review.services.uploads import cancel_import, save_mapping
from casetracker.sources.models import ConfidentialSource, Source
from tests.canary import birds
from tests.factories.captures import make_capture, make_fetched
from tests.factories.confidential import (
    check_in_confidence,
    cite_in_confidence,
    make_cleared,
    make_cleared_editor,
    make_confidential_source,
    show,
)
from tests.factories.imports import HEADER, confirmed, make_import
from tests.factories.records import MAKERS, People, bring_to, make_editor


def look() -> None:
    """How the address of a source fared, as the fetcher notes it."""
    order = lease_order()
    assert order is not None
    end_look(order, Look(problem="no_such_host"))


def accounts(people: People) -> None:
    """What happened to an account, and a second factor that was lost; the address stands in one alone."""
    now = timezone.now()
    AccountEvent.objects.create(kind=EventKind.SIGNED_IN, person=people.author, address="192.0.2.1", times=2)
    fields = {
        "closed_by": people.editor,
        "closed_at": now,
        "is_agreed": True,
        "reason": birds.text("reason to recover"),
    }
    FactorRecovery.objects.create(person=people.author, proposed_by=people.reviewer, **fields)


def captures(source: Source, people: People) -> None:
    """Copies of a source: one that somebody brought, one as the fetcher writes it."""
    name = f"{birds.text('name of a copy')}.png"
    make_capture(source, by=people.author, name=name, note=birds.text("note of a copy"))
    make_fetched(
        source,
        by=people.author,
        url=f"https://{birds.text('address of a copy')}.example/",
        final_url=f"https://{birds.text('last address of a copy')}.example/",
        http_headers=[["Server", birds.text("header of a copy")]],
        title=birds.text("title of a copy"),
        text=birds.text("text of a copy"),
        metadata={"Author": birds.text("hidden data of a copy")},
    )
    services.order_captures([source.pk], by=people.author)
    look()


def imports(people: People) -> None:
    """Files that wait for an answer, for a confirmation, that are done and that were given up; and a saved mapping."""
    row = f"{birds.text('key of an import')},service_centre,NL,{birds.text('locality in an import')}"
    summary = birds.text("summary in an import")
    bad = f"{birds.text('key of a bad row')},{birds.text('kind in an import')},NL,,"
    sheet, name = f"{HEADER}\n{row},{summary}\n{bad}\n", f"{birds.text('name of a file')}.csv"
    header = birds.text("header in an import")
    make_import(f"{HEADER},{header}\n{row},{summary},{birds.text('cell in an import')}\n", by=people.author, name=name)
    make_import(sheet, by=people.author, name=name)
    done = make_import(sheet, by=people.author, name=name)
    carry_out_import(confirmed(done).pk)
    cancel_import(make_import(sheet, by=people.author, name=name).pk, by=people.author)
    save_mapping(birds.text("name of a mapping"), "station", {header: "notes"}, by=people.author)


def in_confidence(people: People) -> None:
    """What confidential sources say to a draft, to a live record, and to one of which the public reads that."""
    for state, is_shown in (("submitted", False), ("live", False), ("live", True)):
        record = said_in_confidence(MAKERS["station"](by=people.author), is_shown=is_shown).record
        bring_to(record, state, start="submitted", **vars(people))


def said_in_confidence(record: Record, *, is_shown: bool = False) -> ConfidentialCitation:
    """A citation of canaries in a draft that is submitted then; checked, so that the record can go on."""
    cleared = make_cleared()
    parts = {name: birds.text(f"{name} of a confidential source") for name in ConfidentialSource.sealed_parts}
    source = make_confidential_source(by=cleared, **parts)
    said, noted = birds.text("what a confidential source says"), birds.text("notes on what it says")
    cited = cite_in_confidence(record, by=cleared, source=source, text=said, notes=noted)
    if is_shown:
        show(cited, by=make_cleared_editor())
    record = bring_to(record, "submitted")
    services.open_confidential_source(source.pk, reason="contact", by=cleared)
    check_in_confidence(cited, by=make_cleared(), comment=birds.text("comment on a confidential citation"))
    return cited


def erasures(people: People) -> None:
    """A version that was erased, requests that were withdrawn or wait, and requests by law, answered and overdue."""
    record = bring_to(MAKERS["station"](by=people.author), "retracted", **vars(people))
    asked = {"version": 1, "ground": "court", "note": "A court ordered it.", "words": birds.text("words to look for")}
    withdrawn = services.ask_for_erasure(record.pk, by=people.editor, lock_version=record.lock_version, **asked)
    services.withdraw_erasure(withdrawn.pk, by=people.editor, lock_version=record.lock_version + 1)
    request = services.ask_for_erasure(record.pk, by=people.editor, lock_version=record.lock_version + 2, **asked)
    services.erase_version(request.pk, by=make_editor(), lock_version=record.lock_version + 3)
    waiting = bring_to(MAKERS["claim"](by=people.author), "retracted", **vars(people))
    services.ask_for_erasure(waiting.pk, by=people.editor, lock_version=waiting.lock_version, **asked)
    today = timezone.now().date()
    fields = {
        "kind": "access",
        "sender": birds.text("who asks by law"),
        "way": "mail",
        "received_on": today - dt.timedelta(days=40),
        "asked": birds.text("what is asked by law"),
        "records": [record],
        "handled_by": people.editor,
    }
    services.enter_request(fields=fields, by=people.editor)
    answer = {"answered_on": today, "outcome": "granted", "reasons": birds.text("why it was granted")}
    services.enter_request(fields=fields | answer, by=people.editor)
    services.warn_of_deadlines()
