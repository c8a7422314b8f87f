"""What nobody does on purpose, and somebody does all the same: nothing breaks, nothing is lost."""

import pytest

from tests.desk.browser import address
from tests.factories.records import bring_to, citation, fresh, make_response, make_station

LISTS = ("/desk/stations/station/", "/desk/responses/response/", "/desk/sources/source/")


def test_fields_that_were_typed_after_a_refused_act_are_saved(author, team):
    record = make_station(by=team.author, citations=[])
    page = author.act(record, "submit")
    assert any("Nothing supports this record" in message for message in page.messages)
    saved = author.submit(page.form().fill(summary="Typed after the refusal."))
    assert saved.was_redirected
    assert (fresh(record).state, fresh(record).station.summary) == ("draft", "Typed after the refusal.")


def test_every_label_belongs_to_its_own_field(reviewer, team):
    record = bring_to(make_station(by=team.author, citations=[citation(), citation()]), "submitted")
    page = reviewer.open_record(record)
    ids = [attrs["id"] for _tag, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids)), {one for one in ids if ids.count(one) > 1}
    assert {attrs["for"] for attrs in page.all("label") if "for" in attrs} <= set(ids)


@pytest.mark.parametrize("path", LISTS)
def test_a_whole_page_pasted_into_the_search_finds_nothing(author, path):
    assert author.get(path, {"q": " ".join(f"word{number}" for number in range(3000))}).status_code == 200


def test_a_whole_page_pasted_into_the_choice_of_a_source_finds_nothing(author):
    asked = {"app_label": "review", "model_name": "citation", "field_name": "source"}
    words = " ".join(f"word{number}" for number in range(3000))
    assert author.get("/desk/autocomplete/", asked | {"term": words}).json()["results"] == []


@pytest.mark.parametrize("key", ["2b1c2f0e-0000-4000-8000-000000000000", "x", "1"])
@pytest.mark.parametrize("page", ["change", "history"])
@pytest.mark.parametrize("path", LISTS)
def test_what_does_not_exist_is_not_found(author, path, page, key):
    assert author.get(f"{path}{key}/{page}/").status_code == 404


def test_a_record_is_not_found_under_another_kind(author, team):
    record = make_response(by=team.author)
    assert author.get(f"/desk/stations/station/{record.pk}/change/").status_code == 404


@pytest.mark.parametrize("number", ["77", "9" * 30])
@pytest.mark.parametrize("act", ["accept-suggestion", "decline-suggestion"])
def test_a_suggestion_that_does_not_exist_is_not_found(author, team, act, number):
    record = make_station(by=team.author)
    values = {"lock_version": record.lock_version, "suggestion": number}
    assert author.send(address(record, act), values).status_code == 404
