"""Claims and agreements that wait, each as far as its story goes. None of it is published."""

from collections.abc import Callable

from casetracker.demo import steps
from casetracker.demo.desk import Desk
from casetracker.review.choices import Stance
from casetracker.review.services import Edit, log_record


def _first_season_of_patrols(desk: Desk) -> None:
    """A new draft: the second and the fourth season are logged, the first is not."""
    log_record(
        "agreement",
        Edit(
            fields={
                "country": "IT",
                "type": "patrol_season",
                "in_force_from": "2016-05",
                "summary": "Joint patrols, the first season",
                "notes": "From when to when, and where? And where is the third season?",
            },
            citations=[steps.cite(desk, "facta")],
        ),
        by=desk.team.researcher1,
    )


def _people_or_stations(desk: Desk) -> None:
    """A new claim sent back: two copies swap its numbers."""
    team = desk.team
    edit = Edit(
        fields={
            "topic": "context",
            "text": "135 people worked for 21 stations",
            "qualifier": "exactly",
            "value": 135,
            "unit": "people",
            "as_of": "2022-12",
            "claimed_by": "Safeguard Defenders",
            "attribution": ["davidicke.com", "Epoch Times", "Patrol and Persuade"],
            "epistemic_status": "reported_finding",
        },
        citations=[steps.cite(desk, "icke")],
    )
    record = log_record("claim", edit, by=team.researcher1)
    steps.send_back(
        steps.submit(record, team.researcher1),
        team.editor1,
        "GSTF has it the other way round, 21 people and 135 stations. Find the article that this page copies.",
    )


def _hundred_and_two_or_110(desk: Desk) -> None:
    """A revision that waits for someone to check it: others took the emergency number for the count."""
    author = desk.team.researcher2
    number = {"field": "value", "stance": Stance.DISPUTES, "value_given": "110"}
    record = steps.revise(
        desk, "stations-world-2", author, steps.cite(desk, "gstf", **number), steps.cite(desk, "jpost", **number)
    )
    steps.submit(record, author)


def _no_powers_in_hungary(desk: Desk) -> None:
    """A revision of an agreement that waits for approval: what the state secretary promised."""
    team = desk.team
    record = steps.revise(desk, "hu-2024-1", team.researcher1, steps.cite(desk, "444b", field="summary"))
    steps.verify(steps.submit(record, team.researcher1), team.researcher2)


def _at_least_53_countries(desk: Desk) -> None:
    """A revision of a claim that waits for publication: a digest makes a lower bound of the number."""
    team = desk.team
    record = steps.revise(
        desk,
        "countries-world-2",
        team.researcher1,
        steps.cite(
            desk, "chinascope", field="value", stance=Stance.MENTIONS, value_given="at least 53 other countries"
        ),
    )
    steps.approve(steps.verify(steps.submit(record, team.researcher1), team.researcher2), team.editor1)


CLAIM_STORIES: tuple[Callable[[Desk], None], ...] = (
    _first_season_of_patrols,
    _people_or_stations,
    _hundred_and_two_or_110,
    _no_powers_in_hungary,
    _at_least_53_countries,
)
