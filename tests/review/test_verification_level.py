"""How well a record is supported: computed from its citations, never typed."""

import json

import pytest

from casetracker.publication.models import Snapshot
from casetracker.review.content import build_content
from casetracker.review.evidence import verification_level
from casetracker.sources.choices import AUTHORITY_TYPES, COPY_TYPES, SourceType
from tests.factories.records import bring_to, citation, make_source, make_station

pytestmark = pytest.mark.django_db


def level(*citations, **fields):
    """Level, disputed, and number of independent origins of a station with these citations."""
    found = verification_level(build_content(make_station(citations=citations, **fields)))
    return found["level"], found["disputed"], found["independent_origins"]


def test_one_source_is_a_report():
    assert level(citation()) == ("reported", False, 1)


def test_two_independent_sources_corroborate():
    assert level(citation(), citation()) == ("corroborated", False, 2)


def test_ten_articles_on_one_report_are_one_origin():
    report = make_source(type="ngo_report")
    articles = [make_source(derived_from=report, derivation="reports_on") for _ in range(10)]
    assert level(*map(citation, articles)) == ("reported", False, 1)
    assert level(*map(citation, [report, *articles])) == ("reported", False, 1)
    assert level(*map(citation, articles), citation()) == ("corroborated", False, 2)


def test_derivations_are_followed_to_their_root():
    root = make_source()
    middle = make_source(derived_from=root, derivation="quotes")
    ends = [
        make_source(derived_from=middle, derivation="translation"),
        make_source(derived_from=root, derivation="copy"),
    ]
    assert level(*map(citation, ends)) == ("reported", False, 1)


def test_the_same_source_twice_is_one_origin():
    source = make_source()
    assert level(citation(source, locator="page 1"), citation(source, locator="page 9")) == ("reported", False, 1)


@pytest.mark.parametrize("kind", sorted(COPY_TYPES))
def test_copies_of_something_unknown_do_not_corroborate(kind):
    copies = [make_source(type=kind), make_source(type=kind)]
    assert level(*map(citation, copies)) == ("reported", False, 1)
    assert level(citation(), citation(copies[0])) == ("reported", False, 1)
    assert level(citation(), citation(), citation(copies[0])) == ("corroborated", False, 2)


def test_copies_of_something_known_count_as_it():
    root = make_source()
    copy = make_source(type="republished_copy", derived_from=root, derivation="copy")
    assert level(citation(copy), citation()) == ("corroborated", False, 2)


@pytest.mark.parametrize("kind", SourceType.values)
def test_only_the_word_of_an_authority_or_court_confirms_officially(kind):
    confirms = kind in ("government", "court")
    assert confirms is (kind in AUTHORITY_TYPES)
    found = level(citation(), citation(), citation(make_source(type=kind)))
    assert (found[0] == "officially_confirmed") is confirms


def test_an_article_on_an_official_paper_is_not_that_paper():
    paper = make_source(type="government")
    article = make_source(derived_from=paper, derivation="reports_on")
    assert level(citation(article)) == ("reported", False, 1)


@pytest.mark.parametrize("stance", ["disputes", "denies"])
def test_a_denial_stands_beside_the_level(stance):
    assert level(citation(), citation(), citation(stance=stance)) == ("corroborated", True, 2)


def test_an_authority_that_denies_confirms_nothing():
    ministry = make_source(type="government")
    assert level(citation(), citation(ministry, stance="denies")) == ("reported", True, 1)


def test_a_mention_neither_supports_nor_disputes():
    assert level(citation(), citation(stance="mentions")) == ("reported", False, 1)


def test_field_by_field_the_worst_supported_fact_decides():
    strong = [citation(field=name) for name in ("kind", "country", "locality") for _ in range(2)]
    assert level(*strong) == ("corroborated", False, 2)
    assert level(*strong[:-1]) == ("reported", False, 1)
    official = [citation(make_source(type="court"), field=name) for name in ("kind", "country", "locality")]
    assert level(*official) == ("officially_confirmed", False, 1)
    assert level(*official[:-1], *strong[-2:]) == ("corroborated", False, 2)
    assert level(*official, citation(field="summary"), summary="Words.") == ("reported", False, 1)


def test_one_citation_of_the_whole_record_goes_before_those_of_fields():
    court = citation(make_source(type="court"), field="country")
    assert level(citation(), court) == ("reported", False, 1)


def test_without_support_there_is_no_level_above_reported():
    assert level() == ("reported", False, 0)
    assert level(citation(stance="denies")) == ("reported", True, 0)


def test_the_public_reads_the_level():
    bring_to(make_station(citations=[citation(), citation(), citation(stance="denies")]), "live")
    assert json.loads(Snapshot.objects.get().content)["verification"] == {
        "level": "corroborated",
        "disputed": True,
        "independent_origins": 2,
    }
