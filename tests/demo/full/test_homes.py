"""Every fact of the article is public where docs/coverage.md says, with the value that it gives."""

import pytest

from casetracker.demo.homes import as_text, read_facts

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]

FACTS = {fact.row["fact_id"]: fact for fact in read_facts()}
PLURALS = {"station": "stations", "response": "responses", "claim": "claims", "agreement": "agreements"}


@pytest.fixture
def published(get, desk):
    """What the API says in the place that is the home of a fact."""

    def record(key):
        known = desk.records[key]
        return get(f"{PLURALS[known.kind]}/{known.reference}/")

    def source_reference(key):
        source = desk.sources[key]
        source.refresh_from_db()
        return source.reference

    def read(home):
        if home.kind == "source":
            return [get(f"sources/{source_reference(home.key)}/")[home.field]]
        if home.kind == "citation":
            key, _slash, source = home.key.partition("/")
            reference = source_reference(source)
            citations = record(key)["citations"]
            return [citation[home.field] for citation in citations if citation["source"]["reference"] == reference]
        return [record(home.key)[home.field]]

    return read


@pytest.mark.parametrize("key", FACTS)
def test_the_public_reads_the_fact(published, desk, key):
    for home in FACTS[key].homes:
        told = [as_text(value) for value in published(home) if value is not None]
        if home.field == "superseded_by":
            assert told == [desk.records[home.value].reference]
        else:
            assert home.value in told, (home, told)
            assert any(home.says in text for text in told)
