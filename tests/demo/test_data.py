"""The reference data fits the application's lists, and its files fit one another."""

import pytest

from casetracker.core.dates import parse_edtf
from casetracker.core.languages import validate_language_tag
from casetracker.demo.reader import DATA, grouped, is_yes, listed, read_rows
from casetracker.places.countries import is_country, is_government
from casetracker.places.precision import PlacePrecision
from casetracker.review.choices import CitationBasis, PrivateTermKind, Stance
from casetracker.sources.choices import Derivation, SourceType
from responses import choices as responses
from stations.choices import Standing, StationKind

ROWS = {"sources": 195, "stations": 95, "station_citations": 111, "private_terms": 3, "responses": 107}
CODES = {
    ("sources", "type"): SourceType,
    ("sources", "derivation"): Derivation,
    ("stations", "kind"): StationKind,
    ("stations", "place_precision"): PlacePrecision,
    ("stations", "standing"): Standing,
    ("station_citations", "stance"): Stance,
    ("station_citations", "basis"): CitationBasis,
    ("private_terms", "kind"): PrivateTermKind,
    ("responses", "level"): responses.Level,
    ("responses", "kind"): responses.ResponseKind,
    ("responses", "scope"): responses.Scope,
    ("responses", "sets_status"): responses.ResponseStatus,
    ("responses", "closure_basis"): responses.ClosureBasis,
    ("responses", "no_action_basis"): responses.NoActionBasis,
    ("responses", "basis"): CitationBasis,
}
DATES = (
    ("sources", "published"),
    ("stations", "first_reported"),
    ("responses", "date"),
    ("responses", "last_known_true"),
)
LINKS = (
    ("sources", "derived_from", "sources"),
    ("station_citations", "station_key", "stations"),
    ("station_citations", "source_key", "sources"),
    ("responses", "source_key", "sources"),
    ("responses", "same_act_as", "responses"),
    ("responses", "station_keys", "stations"),
)
KEYS = {"sources": "source_key", "stations": "station_key", "responses": "response_key"}


def cells(name, column):
    return {row[column] for row in read_rows(name)} - {""}


@pytest.mark.parametrize(("name", "count"), ROWS.items())
def test_rows(name, count):
    assert len(read_rows(name)) == count


@pytest.mark.parametrize(("name", "column"), KEYS.items())
def test_keys_are_unique(name, column):
    assert len(cells(name, column)) == ROWS[name]


def test_stations_and_responses_share_no_key():
    assert not cells("stations", "station_key") & cells("responses", "response_key")


@pytest.mark.parametrize(("place", "codes"), CODES.items())
def test_codes_are_known(place, codes):
    assert cells(*place) <= set(codes.values)


@pytest.mark.parametrize("place", DATES)
def test_dates_are_dates(place):
    for text in cells(*place):
        assert parse_edtf(text).text == text


@pytest.mark.parametrize(("name", "column", "target"), LINKS)
def test_links_lead_somewhere(name, column, target):
    linked = {key for cell in cells(name, column) for key in listed(cell)}
    assert linked <= cells(target, KEYS[target])


def test_private_terms_belong_to_records():
    assert cells("private_terms", "record_key") <= cells("stations", "station_key") | cells("responses", "response_key")


def test_languages_are_language_tags():
    for tag in cells("sources", "language"):
        validate_language_tag(tag)


def test_countries_and_governments():
    assert all(map(is_country, cells("stations", "country")))
    assert all(map(is_government, cells("responses", "concerns") | cells("responses", "responder")))


def test_every_source_can_be_found_by_others():
    assert all(row["title"] or row["url"] for row in read_rows("sources"))


def test_a_same_act_is_logged_before():
    keys = [row["response_key"] for row in read_rows("responses")]
    for row in read_rows("responses"):
        if row["same_act_as"]:
            assert keys.index(row["same_act_as"]) < keys.index(row["response_key"])


def test_who_denies_is_named():
    denials = [row for row in read_rows("station_citations") if row["stance"] == "denies"]
    assert len(denials) == 14
    assert all(row["attributed_to"] for row in denials)


@pytest.mark.parametrize("name", ROWS)
def test_every_column_is_explained(name):
    guide = (DATA / "README.md").read_text(encoding="utf-8")
    assert f"{name}.csv" in guide
    for column in read_rows(name)[0]:
        assert f"`{column}`" in guide, column


def test_listed():
    assert listed("a; b;;c ") == ["a", "b", "c"]
    assert listed("") == []


def test_is_yes():
    assert is_yes("yes")
    assert not is_yes("")
    with pytest.raises(ValueError, match="no"):
        is_yes("no")


def test_grouped_keeps_the_order():
    rows = [{"key": "b", "n": "1"}, {"key": "a", "n": "2"}, {"key": "b", "n": "3"}]
    assert grouped(rows, "key") == {"b": [rows[0], rows[2]], "a": [rows[1]]}
