"""Every fact of the article has a home in the data, or is the author's commentary."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from casetracker.demo import homes
from casetracker.demo.coverage_doc import render_coverage
from casetracker.demo.homes import read_facts
from casetracker.demo.reader import read_rows

FACTS = {fact.row["fact_id"]: fact for fact in read_facts()}
# What the author thinks of it all. Everything else is a fact.
COMMENTARY = {"SF061", "SF062"}
WITH_COUNTRY = ("figure", "station", "presence", "agreement_place", "ranking")
# SF056 is a figure of China's, not about it; and “already” in the article makes it a lower bound.
QUALIFIERS = {"at_least": "at_least", "equals": "exactly", "approximately": "more_than", "more_than": "more_than"}


def test_the_page_in_docs_is_the_one_that_the_data_give(capsys):
    call_command("render_coverage")
    rendered = capsys.readouterr().out
    committed = (Path(settings.BASE_DIR) / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert committed == rendered, "run: manage.py render_coverage > docs/coverage.md"


def test_every_fact_has_its_row():
    page = render_coverage()
    assert all(page.count(f"\n| {row['fact_id']} |") == 1 for row in read_rows("article_facts"))


def test_only_commentary_has_no_home():
    without = {key for key, fact in FACTS.items() if not fact.homes}
    assert without == COMMENTARY
    assert {FACTS[key].row["fact_type"] for key in without} == {"commentary"}
    assert all(FACTS[key].why for key in without)
    assert not any(fact.why for fact in FACTS.values() if fact.homes)


@pytest.mark.parametrize("key", sorted(FACTS.keys() - COMMENTARY))
def test_the_value_of_a_home_says_the_fact(key):
    for home in FACTS[key].homes:
        assert home.says, home
        assert home.says in home.value, home


def said_by(fact):
    return "\n".join(home.value for home in fact.homes)


FIGURES = [key for key, fact in FACTS.items() if fact.row["fact_type"] == "figure"]


@pytest.mark.parametrize("key", FIGURES)
def test_a_figure_has_its_number_and_qualifier(key):
    row, said = FACTS[key].row, said_by(FACTS[key])
    assert re.search(r"\d+", row["value"])[0] in said.splitlines()
    assert (QUALIFIERS[row["predicate"]] if key != "SF056" else "at_least") in said.splitlines()


@pytest.mark.parametrize("key", [key for key, fact in FACTS.items() if fact.row["fact_type"] in WITH_COUNTRY])
def test_the_record_of_a_fact_about_a_country_is_about_that_country(key):
    country = FACTS[key].row["country"] if key != "SF056" else ""
    values = homes.loaded_values()
    assert {values[home.kind, home.key]["country"] for home in FACTS[key].homes} == {country}


@pytest.mark.parametrize("key", sorted(FACTS.keys() - COMMENTARY))
def test_quotes_cities_and_days_stand_in_the_values(key):
    row, said = FACTS[key].row, said_by(FACTS[key])
    for words in (*re.findall(r'"([^"]+)"', row["value"]), row["city"], row["date"]):
        assert words in said


def test_a_home_that_is_not_loaded_is_an_error(monkeypatch):
    def read(name):
        rows = read_rows(name)
        return [{**rows[0], "key": "no-such-row"}] if name == "article_homes" else rows

    monkeypatch.setattr(homes, "read_rows", read)
    with pytest.raises(KeyError, match="no-such-row"):
        read_facts()


def test_two_citations_of_one_source_are_told_together():
    assert homes.loaded_values()["citation", "ca-2022-11-15-1/nrc1205"]["field"] == ["summary", "date"]


def test_values_are_told_in_one_line():
    assert [homes.as_text(value) for value in (True, False, None, ["a", "b"], 7)] == ["yes", "no", "", "a; b", "7"]
