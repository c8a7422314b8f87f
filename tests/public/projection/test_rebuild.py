"""The published documents can be made again from the log, and compared with it."""

import random
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casetracker.public.models import (
    TABLES,
    CitationLink,
    CountedIn,
    ResponseDocument,
    SourceDocument,
    StationDocument,
    Tombstone,
)
from tests.factories.publications import (
    append,
    citation_part,
    closed,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def history():
    publish_station(1)
    publish_station(2, counted_in=["110 Overseas", "Patrol and\nPersuade"])
    publish_response(1, **closed(), stations=["S-1", "S-2"])
    publish_station(1, version=2, label="Amsterdam, corrected")
    publish_response(2)
    retract("S-2", "harm")
    publish_station(2, version=2)
    retract("R-2")
    publish_agreement(1)
    publish_claim(1, superseded_by="C-2")
    publish_claim(2)
    retract("C-2")
    erasure = {"schema": 1, "record_kind": "claim", "reference": "C-2", "version": 1, "ground": "court"}
    append(erasure, action="erase", version=1, note="A court ordered it.")


def run(*arguments):
    out = StringIO()
    call_command("rebuild_public", *arguments, stdout=out)
    return out.getvalue()


def contents():
    return {
        model: list(model.objects.order_by(*model.identity).values(*sorted(model.public_fields))) for model in TABLES
    }


@pytest.mark.usefixtures("history")
def test_a_rebuild_gives_the_same_rows():
    before = contents()
    assert all(before.values())
    output = run()
    assert contents() == before
    assert "StationDocument: 4 rows, SHA-256 " in output


@pytest.mark.usefixtures("history")
def test_a_rebuild_mends_what_was_changed():
    before = contents()
    StationDocument.objects.update(label="Tampered")
    Tombstone.objects.all().delete()
    run()
    assert contents() == before


@pytest.mark.usefixtures("history")
def test_the_check_says_the_same_digests_as_the_rebuild_and_changes_nothing():
    keys = set(StationDocument.objects.values_list("pk", flat=True))
    checked = run("--check")
    assert set(StationDocument.objects.values_list("pk", flat=True)) == keys
    assert run() == checked


def test_what_was_published_one_by_one_is_the_same_published_together():
    """A rebuild writes many versions at once. Here sources are shared, reworded, dropped and handed on."""
    dice, versions, live = random.Random(8), Counter(), set()  # noqa: S311
    for _ in range(40):
        number = dice.randrange(1, 6)
        if number in live and dice.random() < 0.2:
            live.discard(number)
            retract(f"S-{number}")
            continue
        live.add(number)
        versions[number] += 1
        cited = dice.sample(["D-1", "D-2", "D-3", "D-4"], dice.randrange(4))
        sources = [source_part(reference, title=dice.choice(["Words", "Wordings"])) for reference in cited]
        publish_station(number, version=versions[number], citations=[citation_part(source) for source in sources])
        publish_response(versions.total(), date=dice.choice(["2022-11", "2023-01-05"]))
    before = contents()
    run()
    assert contents() == before


def change(model, **where):
    """Change one text column of a row."""
    column = {Tombstone: "note", CountedIn: "report"}.get(model, "label")
    model.objects.filter(**where).update(**{column: "Tampered"})


def add_station():
    row = StationDocument.objects.get(reference="S-1", version=2)
    row.pk, row.reference, row.number = None, "S-3", 3
    row.save()


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        pytest.param(
            lambda: change(StationDocument, reference="S-1", version=2),
            "StationDocument: row S-1 2 differs from what the log gives",
            id="changed",
        ),
        pytest.param(
            lambda: StationDocument.objects.filter(reference="S-1", version=2).delete(),
            "StationDocument: the table has S-2 1 where the log gives S-1 2",
            id="missing",
        ),
        pytest.param(
            lambda: Tombstone.objects.order_by("-sequence").first().delete(),
            "Tombstone: the table has no more rows where the log gives 12",
            id="the last one missing",
        ),
        pytest.param(
            add_station, "StationDocument: the table has S-3 2 where the log gives no more rows", id="one too many"
        ),
        pytest.param(
            lambda: change(Tombstone, reference="R-2"), "Tombstone: row 8 differs from what the log gives", id="note"
        ),
        pytest.param(
            lambda: ResponseDocument.objects.filter(version=1, number=1).update(basis="claimed"),
            "ResponseDocument: row R-1 1 differs from what the log gives",
            id="filter column",
        ),
        pytest.param(
            lambda: SourceDocument.objects.update(given_by="S-9"), "SourceDocument: row D-1 1 differs", id="source"
        ),
        pytest.param(
            lambda: CitationLink.objects.filter(record_reference="R-1").update(stance="denies"),
            "CitationLink: row R-1 3 0 differs",
            id="link",
        ),
        pytest.param(
            lambda: change(CountedIn, document__reference="S-1", document__version=1),
            "CountedIn: the table has S-1 1 Tampered where the log gives S-1 1 110 Overseas",
            id="report",
        ),
    ],
)
def test_the_check_names_the_first_row_that_differs_and_fails(tamper, message):
    tamper()
    before = contents()
    with pytest.raises(CommandError) as error:
        run("--check")
    assert error.value.returncode == 1
    assert message in str(error.value)
    assert contents() == before


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_every_column_is_compared_but_surrogate_keys(model):
    columns = {field.name for field in model._meta.concrete_fields}
    assert model.public_fields | model.private_fields == columns
    assert model.private_fields <= {"id", "document"}
