"""Work that waits, so that every queue of the desk has something in it.

All of it rests on what sources of the reference data say. None of it is published.
"""

from collections.abc import Callable

from casetracker.demo import steps
from casetracker.demo.desk import Desk
from casetracker.demo.unfinished_claims import CLAIM_STORIES
from casetracker.review.choices import Stance
from casetracker.review.services import (
    Edit,
    assign_record,
    comment_on_record,
    discard_record,
    log_record,
    suggest_wording,
)


def leave_work_unfinished(desk: Desk) -> None:
    """Start revisions and new records, and take each as far as its story goes."""
    for story in (*STORIES, *CLAIM_STORIES):
        story(desk)


# --- Drafts ------------------------------------------------------------------


def _third_dutch_station(desk: Desk) -> None:
    """A new draft: a paper counts one station more than the reports do."""
    log_record(
        "station",
        Edit(
            fields={
                "kind": "police_service_station",
                "country": "NL",
                "place_precision": "country",
                "first_reported": "2022-10",
                "notes": "Joop speaks of at least three in the Netherlands. On what does that rest?",
            },
            citations=[steps.cite(desk, "joop")],
        ),
        by=desk.team.researcher2,
    )


def _former_premises_in_budapest(desk: Desk) -> None:
    """A revision under way, assigned to a colleague."""
    team = desk.team
    record = steps.revise(
        desk,
        "hu-budapest-1",
        team.researcher1,
        steps.cite(desk, "hvg25b", stance=Stance.MENTIONS),
        summary="In August 2025 HVG found that a church uses the premises.",
    )
    assign_record(record.pk, to=team.researcher2, by=team.researcher1, lock_version=record.lock_version)


def _perhaps_twice_in_auckland(desk: Desk) -> None:
    """A remark on two live records that may be one."""
    text = "@editor1, is this the Nantong sub-centre that we list without a place? Then one of the two must go."
    comment_on_record(desk.records["nz-auckland-1"].pk, text=text, by=desk.team.researcher2)
    record = desk.records["nz-auckland-1"]
    assign_record(record.pk, to=desk.team.editor1, by=desk.team.researcher2, lock_version=record.lock_version)


# --- Returned ----------------------------------------------------------------


def _still_open_in_quito(desk: Desk) -> None:
    """A revision sent back, because its new source has no date."""
    team = desk.team
    record = steps.revise(
        desk,
        "ec-quito-1",
        team.researcher1,
        steps.cite(desk, "eju"),
        summary="A later report says that it goes on working.",
    )
    steps.send_back(
        steps.submit(record, team.researcher1),
        team.researcher2,
        "The copy on eju.tv has no date. Find the article of Infobae, so that we can say as of when.",
    )


def _cooperation_centre(desk: Desk) -> None:
    """A new record sent back: a look-alike that is no station."""
    team = desk.team
    edit = Edit(
        fields={"kind": "cooperation_centre", "country": "ZA", "place_precision": "country"},
        rows={"names": [{"text": "Chinese Community and Police Cooperation Centre", "language": "en"}]},
        citations=[steps.cite(desk, "zaacr")],
    )
    record = log_record("station", edit, by=team.researcher2)
    steps.send_back(
        steps.submit(record, team.researcher2),
        team.editor2,
        "Its own title says that it is not a police station. What does the record tell readers that is not misread?",
    )


# --- Submitted ---------------------------------------------------------------


def _porto_or_vila_do_conde(desk: Desk) -> None:
    """A revision that waits for someone to check it: another source puts the station elsewhere."""
    author = desk.team.researcher1
    elsewhere = steps.cite(desk, "jn_map", field="locality", stance=Stance.DISPUTES, value_given="Vila do Conde")
    steps.submit(steps.revise(desk, "pt-porto-1", author, elsewhere), author)


def _day_of_the_french_answer(desk: Desk) -> None:
    """A revision with better words suggested by a reviewer."""
    team = desk.team
    day = steps.cite(desk, "reinfo", field="date", value_given="7 July")
    record = steps.submit(
        steps.revise(desk, "fr-2025-07-1", team.researcher2, day, date="2025-07-07?"),
        team.researcher2,
    )
    suggest_wording(
        record.pk,
        field="summary",
        text="Counts nine such structures; says that the people in charge were called in and told to stop",
        by=team.editor2,
        lock_version=record.lock_version,
    )


# --- Verified ----------------------------------------------------------------


def _barcelona_or_manresa(desk: Desk) -> None:
    """A revision that waits for approval."""
    team = desk.team
    elsewhere = steps.cite(desk, "replic", field="locality", stance=Stance.DISPUTES, value_given="Manresa")
    record = steps.revise(desk, "es-barcelona-3", team.researcher1, elsewhere)
    steps.verify(steps.submit(record, team.researcher1), team.researcher2)


def _street_in_an_address(desk: Desk) -> None:
    """A revision that cannot be approved as it is: the new source has the private address in its URL."""
    team = desk.team
    record = steps.revise(
        desk,
        "ie-dublin-1",
        team.researcher2,
        steps.cite(desk, "ntd_ie", field="names"),
        steps.cite(desk, "lovin"),
    )
    steps.verify(steps.submit(record, team.researcher2), team.researcher1)


# --- Approved ----------------------------------------------------------------


def _day_of_the_dutch_order(desk: Desk) -> None:
    """A revision that waits for publication: two papers date the order a day later."""
    team = desk.team
    later = {"field": "date", "stance": Stance.DISPUTES, "value_given": "2 November 2022"}
    record = steps.revise(
        desk,
        "nl-2022-11-01-1",
        team.researcher1,
        steps.cite(desk, "independent", **later),
        steps.cite(desk, "rightmind", **later),
    )
    steps.approve(steps.verify(steps.submit(record, team.researcher1), team.researcher2), team.editor1)


def _service_centre_in_san_francisco(desk: Desk) -> None:
    """A revision that waits for publication: a second source for what kind of body it is."""
    team = desk.team
    record = steps.revise(desk, "us-san-francisco-1", team.researcher2, steps.cite(desk, "whatsnew", field="kind"))
    steps.approve(steps.verify(steps.submit(record, team.researcher2), team.researcher1), team.editor2)


# --- Discarded ---------------------------------------------------------------


def _no_fourth_in_catalonia(desk: Desk) -> None:
    """A draft given up: not a further station, but another place for one that is logged."""
    author = desk.team.researcher1
    edit = Edit(
        fields={"kind": "police_service_station", "country": "ES", "locality": "Manresa"},
        citations=[steps.cite(desk, "replic")],
    )
    record = log_record("station", edit, by=author)
    discard_record(
        record.pk,
        by=author,
        lock_version=record.lock_version,
        comment="Not a further station: another place for the third of Barcelona. Noted there instead.",
    )


STORIES: tuple[Callable[[Desk], None], ...] = (
    _third_dutch_station,
    _former_premises_in_budapest,
    _perhaps_twice_in_auckland,
    _still_open_in_quito,
    _cooperation_centre,
    _porto_or_vila_do_conde,
    _day_of_the_french_answer,
    _barcelona_or_manresa,
    _street_in_an_address,
    _day_of_the_dutch_order,
    _service_centre_in_san_francisco,
    _no_fourth_in_catalonia,
)
