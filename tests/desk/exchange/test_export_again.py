"""A file that was exported and is imported again, unchanged, changes nothing."""

import pytest

from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.desk.exchange.kept import rows_of_plan
from casetracker.desk.exchange.running import plan_import
from casetracker.review.models import ImportKey
from casetracker.review.services.uploads import start_import
from tests.desk.exchange.taking import take
from tests.factories.records import (
    bring_to,
    citation,
    make_agreement,
    make_claim,
    make_response,
    make_source,
    make_station,
)

ODD = "=1+1; “quoted”, 's-Hertogenbosch\n\n@second line\u200d"


@pytest.fixture
def world(team):
    """Something in every field of every kind, published things and drafts, each linked to others."""
    by = team.author
    report = make_source(by=by, title="=Report", author="A; B", notes=ODD)
    article = make_source(by=by, derived_from=report, derivation="reports_on", url="https://x.example/?a=1;b=2")
    cited = [citation(article, quote=ODD, quote_language="nl", field="summary", notes="-5", value_given="+3")]
    station = make_station(
        by=by,
        country="BR",
        latitude="-5.500000",
        longitude="-40",
        summary=ODD,
        notes=ODD,
        counted_in=["110 Overseas", "=2"],
        names=[{"text": "-name", "language": "zh-Hant"}, {"text": "@name", "language": "en", "role": "translation"}],
        replies=[{"asked": "The embassy", "asked_on": "2022-10", "answer": ODD, "language": "en"}],
        private_terms=[{"kind": "address", "text": "Street 1; door 2"}, {"kind": "person", "text": "\\"}],
        citations=cited,
    )
    live = bring_to(make_station(by=by, locality="Elsewhere"), "live")
    keyed = make_station(by=by, locality="Third town")
    ImportKey.objects.create(owner=by, sheet_kind="station", key="my row", record=keyed)
    response = make_response(by=by, stations=[station, live, keyed], citations=cited, notes=ODD)
    make_claim(by=by, superseded_by=make_claim(by=by, as_of="2022-12", text=ODD), value=0)
    make_agreement(by=by, ended_by=response, status="ended", status_as_of="2022-12", title="x", title_language="en")


@pytest.mark.slow
@pytest.mark.parametrize("with_private", [True, False])
@pytest.mark.parametrize("file_format", ["csv", pytest.param("xlsx", marks=pytest.mark.long)])
@pytest.mark.parametrize("name", list(sheet_kinds()))
def test_nothing_changes(author, team, world, name, file_format, with_private):
    path, sheet = ("response", "response-citations") if name == "citation" else (name, name)
    address = f"/desk/export/{path}/"
    response = take(author, address, sheet=sheet, file_format=file_format, with_private=with_private)
    upload = plan_import(start_import(name, f"x.{file_format}", response.content, by=team.author).pk)
    rows = list(rows_of_plan(upload))
    assert [problem for row in rows for problem in row["problems"]] == []
    assert {row["status"] for row in rows} == {"unchanged"}
