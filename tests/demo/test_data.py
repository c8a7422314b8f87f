"""The reference data fits the application's lists, and its files fit one another."""

import pytest

from casetracker.core.dates import parse_edtf
from casetracker.core.languages import validate_language_tag
from casetracker.demo.reader import DATA, grouped, is_yes, listed, read_rows
from casetracker.places.countries import is_country, is_government
from casetracker.places.precision import PlacePrecision
from casetracker.review.choices import CitationBasis, PrivateTermKind, Stance
from casetracker.sources.choices import COPY_TYPES, Control, Derivation, SourceType
from responses import choices as responses
from stations import choices as stations

ROWS = {
    "sources": 195,
    "publishers": 7,
    "stations": 95,
    "station_citations": 111,
    "responses": 107,
    "claims": 51,
    "agreements": 16,
    "further_citations": 14,
    "private_terms": 3,
    "article_facts": 67,
    "article_homes": 174,
}
CODES = {
    ("sources", "type"): SourceType,
    ("publishers", "control"): Control,
    ("sources", "derivation"): Derivation,
    ("stations", "kind"): stations.StationKind,
    ("stations", "place_precision"): PlacePrecision,
    ("stations", "standing"): stations.Standing,
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
    ("claims", "topic"): stations.ClaimTopic,
    ("claims", "qualifier"): stations.CountQualifier,
    ("claims", "unit"): stations.CountUnit,
    ("claims", "epistemic_status"): stations.EpistemicStatus,
    ("claims", "basis"): CitationBasis,
    ("agreements", "type"): responses.AgreementType,
    ("agreements", "status"): responses.AgreementStatus,
    ("agreements", "basis"): CitationBasis,
    ("further_citations", "stance"): Stance,
    ("further_citations", "basis"): CitationBasis,
}
DATES = (
    ("sources", "published"),
    ("stations", "first_reported"),
    ("responses", "date"),
    ("responses", "last_known_true"),
    ("claims", "as_of"),
    ("claims", "period"),
    ("agreements", "signed"),
    ("agreements", "in_force_from"),
    ("agreements", "in_force_to"),
    ("agreements", "status_as_of"),
    ("article_facts", "date"),
    ("article_facts", "period"),
)
LINKS = (
    ("sources", "derived_from", "sources"),
    ("station_citations", "station_key", "stations"),
    ("station_citations", "source_key", "sources"),
    ("responses", "source_key", "sources"),
    ("responses", "same_act_as", "responses"),
    ("responses", "station_keys", "stations"),
    ("claims", "source_key", "sources"),
    ("claims", "superseded_by", "claims"),
    ("agreements", "source_key", "sources"),
    ("agreements", "ended_by", "responses"),
    ("further_citations", "source_key", "sources"),
    ("article_homes", "fact_id", "article_facts"),
)
KEYS = {
    "sources": "source_key",
    "publishers": "name",
    "stations": "station_key",
    "responses": "response_key",
    "claims": "claim_key",
    "agreements": "agreement_key",
    "article_facts": "fact_id",
}
RECORDS = ("stations", "responses", "claims", "agreements")


def cells(name, column):
    return {row[column] for row in read_rows(name)} - {""}


@pytest.mark.parametrize(("name", "count"), ROWS.items())
def test_rows(name, count):
    assert len(read_rows(name)) == count


@pytest.mark.parametrize(("name", "column"), KEYS.items())
def test_keys_are_unique(name, column):
    assert len(cells(name, column)) == ROWS[name]


def record_keys():
    return [row[KEYS[name]] for name in RECORDS for row in read_rows(name)]


def test_no_two_records_share_a_key():
    assert len(set(record_keys())) == len(record_keys())


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
    assert cells("private_terms", "record_key") <= set(record_keys())


def test_further_citations_belong_to_records_whose_own_row_has_one():
    assert cells("further_citations", "record_key") <= set(record_keys()) - cells("stations", "station_key")


def test_languages_are_language_tags():
    tags = cells("sources", "language") | cells("responses", "quote_language") | cells("responses", "translated_from")
    for tag in tags:
        validate_language_tag(tag)


def test_countries_and_governments():
    assert all(map(is_country, cells("stations", "country")))
    governments = (
        cells("responses", "concerns")
        | cells("responses", "responder")
        | cells("claims", "country")
        | cells("publishers", "country")
        | cells("agreements", "country")
        | cells("agreements", "counterpart")
        | cells("article_facts", "country")
    )
    assert all(map(is_government, governments))


def test_every_source_can_be_found_by_others():
    assert all(row["title"] or row["url"] for row in read_rows("sources"))


# What a type of source says of the derivation, where the original is known.
_OF_TYPES = {
    "machine_translation_copy": {"machine_translation"},
    "translated_copy": {"translation", "machine_translation"},
    "republished_copy": {"copy"},
    "aggregator": {"copy", "quotes"},
    "forum_quote": {"quotes", "copy"},
}


def test_copies_and_translations_are_marked_by_their_type():
    """Those of a document that is known say of which; the others count for nothing beside anything else."""
    assert set(_OF_TYPES) == set(COPY_TYPES)
    copies = [row for row in read_rows("sources") if row["type"] in COPY_TYPES]
    assert len(copies) == 28
    for row in copies:
        assert bool(row["derived_from"]) == bool(row["derivation"]), row["source_key"]
        assert row["derivation"] in {"", *_OF_TYPES[row["type"]]}, row["source_key"]


def test_a_same_act_is_logged_before():
    keys = [row["response_key"] for row in read_rows("responses")]
    for row in read_rows("responses"):
        if row["same_act_as"]:
            assert keys.index(row["same_act_as"]) < keys.index(row["response_key"])


def test_who_denies_is_named():
    denials = [row for row in read_rows("station_citations") if row["stance"] == "denies"]
    assert len(denials) == 14
    assert all(row["attributed_to"] for row in denials)


def test_a_chain_of_attribution_begins_with_the_medium_that_was_read():
    publishers = {row["source_key"]: row["publisher"] for row in read_rows("sources")}
    for claim in read_rows("claims"):
        assert listed(claim["attribution"])[0] in publishers[claim["source_key"]], claim["claim_key"]


def test_what_replaces_a_claim_came_later():
    claims = {row["claim_key"]: row for row in read_rows("claims")}
    replaced = [row for row in claims.values() if row["superseded_by"]]
    assert len(replaced) == 9
    for row in replaced:
        later = claims[row["superseded_by"]]
        assert parse_edtf(row["as_of"]).latest < parse_edtf(later["as_of"]).earliest
        assert row["claimed_by"] == later["claimed_by"]


def test_an_agreement_ends_no_earlier_than_it_was_read_to():
    published = {row["source_key"]: row["published"] for row in read_rows("sources")}
    for row in read_rows("agreements"):
        if row["status"] == "completed":
            last_told = parse_edtf(published[row["source_key"]]).latest
            assert parse_edtf(row["in_force_to"]).latest <= last_told, row["agreement_key"]


@pytest.mark.parametrize("name", ROWS)
def test_every_file_and_column_is_explained(name):
    guide = (DATA / "README.md").read_text(encoding="utf-8")
    assert f"\n| `{name}.csv` | {ROWS[name]} |" in guide
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
