"""Loading the reference data as two researchers and two editors would: through the services, step by step."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

from django.contrib.auth.models import Group
from django.db import transaction

from casetracker.accounts.models import User
from casetracker.core.errors import InvalidContent
from casetracker.demo import steps
from casetracker.demo.desk import Desk
from casetracker.demo.edits import (
    agreement_edit,
    claim_edit,
    publisher_fields,
    response_edit,
    source_fields,
    station_edit,
)
from casetracker.demo.reader import Row, grouped, read_rows
from casetracker.demo.team import make_team
from casetracker.demo.unfinished import leave_work_unfinished
from casetracker.review.models import Notice, Record
from casetracker.review.services import log_publisher, log_record, log_source, read_notices


@transaction.atomic
def load_reference_data() -> Desk | None:
    """Load all of it, or nothing where there are records already: then return None.

    An interruption leaves nothing behind.
    """
    # A second start waits here on PostgreSQL. On SQLite the transaction itself is the lock.
    list(Group.objects.select_for_update().order_by("pk"))
    if Record.objects.exists():
        return None
    desk = Desk(make_team())
    _log_publishers(desk)
    _log_sources(desk)
    _load_stations(desk)
    _load_responses(desk)
    _load_claims(desk)
    _load_agreements(desk)
    _read_all_notices(desk)
    leave_work_unfinished(desk)
    return desk


def _log_publishers(desk: Desk) -> None:
    """Log them before the sources, which find their own by name and site."""
    for row in read_rows("publishers"):
        log_publisher(fields=publisher_fields(row), by=desk.team.researcher1)


def _log_sources(desk: Desk) -> None:
    rows = {row["source_key"]: row for row in read_rows("sources")}
    parents = {key: {row["derived_from"]} - {""} for key, row in rows.items()}
    for key in TopologicalSorter(parents).static_order():
        desk.sources[key] = log_source(fields=source_fields(rows[key], desk.sources), by=desk.team.researcher1)


def _load_stations(desk: Desk) -> None:
    """Log, review and publish the stations; those that one report counts go out together."""
    team = desk.team
    citations = grouped(read_rows("station_citations"), "station_key")
    terms = grouped(read_rows("private_terms"), "record_key")
    for rows in grouped(read_rows("stations"), "counted_in").values():
        for row in rows:
            key = row["station_key"]
            edit = station_edit(row, citations.get(key, []), terms.get(key, []), desk.sources)
            desk.records[key] = log_record("station", edit, by=team.researcher1)
            desk.stations[key] = desk.records[key].station
        keys = [row["station_key"] for row in rows]
        _review_and_publish(desk, keys, author=team.researcher1, checker=team.researcher2, editor=team.editor1)


def _load_responses(desk: Desk) -> None:
    """Log, review and publish the responses, after the stations that they speak of."""
    team = desk.team
    further, terms = _further_citations(), grouped(read_rows("private_terms"), "record_key")
    rows = read_rows("responses")
    for row in rows:
        key = row["response_key"]
        edit = response_edit(row, further.get(key, []), terms.get(key, []), desk.sources, desk.stations, desk.responses)
        desk.records[key] = log_record("response", edit, by=team.researcher2)
        desk.responses[key] = desk.records[key].response
    keys = [row["response_key"] for row in rows]
    _review_and_publish(desk, keys, author=team.researcher2, checker=team.researcher1, editor=team.editor2)


def _load_claims(desk: Desk) -> None:
    """Log, review and publish the claims together, so that those that were superseded can link to what came later."""
    team, further = desk.team, _further_citations()
    rows = {row["claim_key"]: row for row in read_rows("claims")}
    later = {key: {row["superseded_by"]} - {""} for key, row in rows.items()}
    for key in TopologicalSorter(later).static_order():
        edit = claim_edit(rows[key], further.get(key, []), desk.sources, desk.claims)
        desk.records[key] = log_record("claim", edit, by=team.researcher1)
        desk.claims[key] = desk.records[key].claim
    _review_and_publish(desk, rows, author=team.researcher1, checker=team.researcher2, editor=team.editor1)


def _load_agreements(desk: Desk) -> None:
    """Log, review and publish the agreements, after the responses that ended some of them."""
    team, further = desk.team, _further_citations()
    rows = {row["agreement_key"]: row for row in read_rows("agreements")}
    for key, row in rows.items():
        edit = agreement_edit(row, further.get(key, []), desk.sources, desk.responses)
        desk.records[key] = log_record("agreement", edit, by=team.researcher2)
    _review_and_publish(desk, rows, author=team.researcher2, checker=team.researcher1, editor=team.editor2)


def _further_citations() -> dict[str, list[Row]]:
    return grouped(read_rows("further_citations"), "record_key")


def _review_and_publish(desk: Desk, keys: Iterable[str], *, author: User, checker: User, editor: User) -> None:
    """Take records from draft to public. What the rules refuse stays a draft, and the refusal is kept."""
    approved = []
    for key in keys:
        try:
            record = steps.submit(desk.records[key], author)
        except InvalidContent as refusal:
            desk.refused[key] = str(refusal)
            continue
        approved.append(key)
        desk.records[key] = steps.approve(steps.verify(record, checker), editor)
    steps.publish([desk.records[key] for key in approved], editor)
    published = Record.objects.in_bulk([desk.records[key].pk for key in approved])
    desk.records.update({key: published[desk.records[key].pk] for key in approved})


def _read_all_notices(desk: Desk) -> None:
    """Nobody wants to be greeted with a notice for each of the records; what is left unfinished stays unread."""
    newest = Notice.objects.order_by("pk").last()
    for person in vars(desk.team).values():
        read_notices(by=person, until=newest.pk if newest else 0)
