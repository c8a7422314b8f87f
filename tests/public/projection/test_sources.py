"""Sources follow the live records that cite them."""

import json
import random

import pytest

from casetracker.public.models import CitationLink, SourceDocument
from tests.factories.publications import (
    citation_part,
    publish_response,
    publish_station,
    retract,
    source_part,
)

pytestmark = pytest.mark.django_db


def citing(*references, **titles):
    """Citations of sources; a title in place of the usual one as `D_1="…"`."""
    titles = {name.replace("_", "-"): title for name, title in titles.items()}
    return {
        "citations": [
            citation_part(source_part(reference, title=titles.get(reference, "As usual")))
            for reference in (*references, *titles)
        ]
    }


def live_titles():
    rows = SourceDocument.objects.live().order_by("number")
    return {row.reference: json.loads(row.body)["title"] for row in rows}


def versions(reference):
    rows = SourceDocument.objects.filter(reference=reference).order_by("version")
    return list(rows.values_list("version", "from_seq", "to_seq", "retracted_seq", "given_by"))


def test_a_cited_source_is_public_with_its_columns():
    entry = publish_station(1, citations=[citation_part(source_part("D-12", publisher="", title=""))])
    row = SourceDocument.objects.get()
    assert versions("D-12") == [(1, entry.sequence, None, None, "S-1")]
    assert (row.number, row.type, row.language, row.publisher) == (12, "newspaper", "nl", "")
    assert row.label == "2022-12-05"
    assert row.published_at == row.first_published_at == entry.published_at


def test_each_citation_is_a_link():
    entry = publish_station(
        1, citations=[citation_part("D-1"), citation_part("D-2", field="standing", stance="denies")]
    )
    links = CitationLink.objects.order_by("position").values_list(
        "source_reference", "record_kind", "record_reference", "label", "field", "stance", "from_seq", "to_seq"
    )
    assert list(links) == [
        ("D-1", "station", "S-1", "Amsterdam: station 1", "", "supports", entry.sequence, None),
        ("D-2", "station", "S-1", "Amsterdam: station 1", "standing", "denies", entry.sequence, None),
    ]


def test_a_source_cited_twice_by_a_record_is_one_source_with_two_links():
    publish_station(1, citations=[citation_part("D-1"), citation_part("D-1", field="standing")])
    assert SourceDocument.objects.count() == 1
    assert CitationLink.objects.live().count() == 2


def test_the_same_words_from_another_record_make_no_new_version():
    first = publish_station(1)
    publish_station(2)
    assert versions("D-1") == [(1, first.sequence, None, None, "S-2")]


def test_the_last_published_record_has_the_word():
    first = publish_station(1, **citing(D_1="Old title"))
    second = publish_response(1, **citing(D_1="New title"))
    assert live_titles() == {"D-1": "New title"}
    assert versions("D-1") == [
        (1, first.sequence, second.sequence, None, "S-1"),
        (2, second.sequence, None, None, "R-1"),
    ]


def test_a_source_that_no_record_cites_any_more_ends():
    publish_station(1, **citing("D-1", "D-2"))
    entry = publish_station(1, version=2, **citing("D-2"))
    assert live_titles() == {"D-2": "As usual"}
    assert versions("D-1") == [(1, 1, entry.sequence, None, "S-1")]
    assert not CitationLink.objects.live().filter(source_reference="D-1").exists()


def test_when_the_record_with_the_word_drops_it_the_other_ones_words_return():
    publish_station(1, **citing(D_1="Old title"))
    publish_response(1, **citing(D_1="New title"))
    publish_response(1, version=2, **citing("D-2"))
    assert live_titles() == {"D-1": "Old title", "D-2": "As usual"}


def test_a_record_without_the_word_drops_it_and_nothing_changes():
    publish_station(1, **citing(D_1="Old title"))
    second = publish_response(1, **citing(D_1="New title"))
    publish_station(1, version=2, **citing("D-2"))
    assert versions("D-1")[-1] == (2, second.sequence, None, None, "R-1")


def test_a_retraction_withdraws_the_words_that_only_the_record_gave():
    publish_station(1, **citing(D_1="Old title"))
    publish_response(1, **citing(D_1="New title"))
    entry = retract("R-1")
    assert live_titles() == {"D-1": "Old title"}
    assert versions("D-1")[1] == (2, 2, entry.sequence, entry.sequence, "R-1")
    assert versions("D-1")[2] == (3, entry.sequence, None, None, "S-1")
    assert CitationLink.objects.get(record_reference="R-1").retracted_seq == entry.sequence


def test_a_retraction_leaves_words_that_another_live_record_gives_too():
    first = publish_station(1)
    publish_station(2)
    retract("S-2")
    assert versions("D-1") == [(1, first.sequence, None, None, "S-1")]


def test_a_source_ends_with_the_only_record_that_cites_it_and_comes_back_with_it():
    publish_station(1)
    second = retract("S-1")
    third = publish_station(1, version=2)
    assert versions("D-1") == [
        (1, 1, second.sequence, second.sequence, "S-1"),
        (2, third.sequence, None, None, "S-1"),
    ]


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.parametrize("seed", range(20))
def test_random_histories_leave_what_a_plain_reading_of_the_live_records_gives(seed):
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    live, published = {}, {}
    for moment in range(25):
        number = chance.randint(1, 4)
        reference = f"S-{number}"
        if reference in live and chance.random() < 0.25:
            retract(reference)
            del live[reference]
        else:
            titles = {f"D-{chance.randint(1, 3)}": chance.choice(["one", "two"]) for _ in range(chance.randint(1, 2))}
            published[reference] = published.get(reference, 0) + 1
            publish_station(
                number,
                version=published[reference],
                **citing(**{name.replace("-", "_"): title for name, title in titles.items()}),
            )
            live[reference] = (moment, titles)
        expected = {}
        for _moment, titles in sorted(live.values(), key=lambda pair: pair[0]):
            expected |= titles
        assert live_titles() == expected
