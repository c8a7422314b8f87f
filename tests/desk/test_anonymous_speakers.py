"""Words of somebody whom the source does not name."""

import pytest

from casetracker.public.rendering.citations import render_citation
from tests.desk.pages import Page
from tests.factories.records import bring_to, citation, make_source, make_station

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.pages]

RESIDENT = {"speaker_anonymous": True, "speaker_role": "resident", "speaker_place": "Rotterdam"}


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        (RESIDENT, "an anonymous resident of Rotterdam"),
        (RESIDENT | {"speaker_place": ""}, "an anonymous resident"),
        (RESIDENT | {"speaker_role": ""}, "an anonymous person in Rotterdam"),
        (RESIDENT | {"speaker_role": "", "speaker_place": ""}, "an anonymous person"),
    ],
)
def test_the_public_reads_role_and_place(author, team, speaker, words):
    record = make_station(by=team.author, citations=[citation(), citation(stance="denies", **speaker)])
    page = author.open(f"/desk/review/{record.pk}/")
    assert f"Words of {words}." in page.text
    record = bring_to(record, "live", **vars(team))
    assert f"In the words of {words}" in Page(author.get(f"/en/stations/{record.reference}/")).text
    found = author.get(f"/api/v1/stations/{record.reference}/").json()
    told = found["citations"][1]
    assert told["speaker"] == words
    assert told["speaker_anonymous"] is True
    assert told["attributed_to"] is None
    assert found["verification"]["reason"].endswith(f"Disputed or denied by: {words}.")


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        (RESIDENT | {"attributed_to": "Jan Jansen"}, "A speaker is named or anonymous, not both."),
        (RESIDENT | {"speaker_anonymous": False}, "Role and place are for an anonymous speaker."),
    ],
)
def test_a_speaker_is_named_or_anonymous(author, team, speaker, words):
    record = make_station(by=team.author, citations=[])
    form = author.open_record(record).form().add_row("citations", source=make_source().pk, **speaker)
    page = author.submit(form)
    assert words in " ".join(page.errors.values())
    assert page.form().typed == form.typed
    assert not record.citations.exists()


def test_an_anonymous_speaker_is_logged_in_the_form(author, team):
    record = make_station(by=team.author, citations=[])
    author.submit(author.open_record(record).form().add_row("citations", source=make_source().pk, **RESIDENT))
    said = record.citations.get()
    assert (said.speaker_anonymous, said.speaker_role, said.speaker_place) == (True, "resident", "Rotterdam")


def test_who_the_speaker_is_is_checked_like_the_rest(author, team):
    """A check lapses when it changes."""
    record = bring_to(make_station(by=team.author, citations=[citation(**RESIDENT)]), "verified", **vars(team))
    author.act(record, "withdraw")
    form = author.open_record(record).form().fill(**{"citations-0-speaker_place": "Delft"})
    author.submit(form)
    assert "Nobody has checked it as it is now." in author.open_record(record).text


def test_snapshots_without_speaker_and_publisher_still_render():
    source = {"reference": "D-1", "derived_from": None, "derivation": ""}
    names = ("title", "publisher", "author", "published", "url", "language")
    source |= dict.fromkeys(names, "") | {"type": "newspaper", "title": "T"}
    said = dict.fromkeys(("locator", "quote", "quote_language", "quote_translation", "quote_translated_from"), "")
    old = {"field": "", "stance": "denies", "attributed_to": "The embassy", "value_given": "", **said, "source": source}
    found = render_citation(old)
    assert (found["speaker"], found["speaker_anonymous"], found["speaker_role"]) == ("The embassy", False, None)
    assert (found["source"]["publisher_country"], found["source"]["publisher_control_label"]) == (None, None)
