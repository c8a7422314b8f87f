"""What is exported and imported into an empty database says the same: the digests of the contents are equal."""

import unicodedata

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casetracker.core.canonical import canonical_json, sha256_hex
from casetracker.core.saving import taken_back
from casetracker.core.sheet_parsing.mojibake import damage_of
from casetracker.core.spreadsheets import write_csv, write_xlsx
from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.desk.exchange.export import export_table
from casetracker.desk.exchange.kept import rows_of_plan
from casetracker.desk.exchange.plan import RowStatus
from casetracker.desk.exchange.running import carry_out_import, plan_import
from casetracker.review.choices import CitationBasis, DuplicatesInImport, PrivateTermKind, Stance
from casetracker.review.content import build_contents
from casetracker.review.models import Citation, ImportKey, PrivateTerm, Record
from casetracker.review.services import Edit, log_record, log_source
from casetracker.review.services.uploads import Choices, confirm_import, start_import
from casetracker.sources.choices import SourceType
from casetracker.sources.models import Source
from stations.choices import NameRole, OperatingStatus, Standing, StationKind
from stations.models import Station

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

KINDS = ("source", "station", "response", "citation")
DATES = ["", "2022", "2022-10?", "2022-10-26", "2022-09/2022-12", "../2022-10"]
START = st.sampled_from(["", "", "", "=", "+", "-", "@", "'", "'=", "＝", ";", "\\"])


def texts(most, *, lines=False):
    """Texts as the desk keeps them: in normal form, without blanks at the ends or characters that nobody sees."""
    allowed = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me"))
    body = st.text(allowed | st.sampled_from('\n",;\t' if lines else '",;'), max_size=most - 3)
    whole = st.builds(
        lambda start, text: unicodedata.normalize("NFC", (start + text).replace("\t", " ")).strip(), START, body
    )
    # Of what looks garbled, imports ask for the original.
    return whole.filter(lambda text: len(text) <= most and not damage_of(text))


some_text, long_text = texts(40).filter(bool), texts(80, lines=True)
a_language = st.sampled_from(["en", "nl", "zh-Hant"])
source = st.fixed_dictionaries(
    {
        "title": some_text,
        "publisher": some_text,
        "author": texts(30),
        "published": st.sampled_from(DATES),
        "language": st.sampled_from(["", "pt-BR"]),
        "type": st.sampled_from(SourceType.values),
        "notes": long_text,
    }
)
name = st.fixed_dictionaries({"text": some_text, "language": a_language, "role": st.sampled_from(NameRole.values)})
reply = st.fixed_dictionaries(
    {
        "asked": some_text,
        "asked_on": st.sampled_from(DATES),
        "answer": long_text,
        "language": st.sampled_from(["", "en"]),
    }
)
term = st.fixed_dictionaries({"kind": st.sampled_from(PrivateTermKind.values), "text": some_text})
station = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(StationKind.values),
        "country": st.just("NL"),
        "region": texts(20),
        "locality": some_text,
        "operator_jurisdiction": texts(20),
        "counted_in": st.lists(some_text, max_size=3, unique=True),
        "first_reported": st.sampled_from(DATES),
        "opened": st.sampled_from(DATES),
        "operating_status": st.sampled_from(OperatingStatus.values),
        "operating_status_as_of": st.just("2023-04"),
        "standing": st.sampled_from(Standing.values),
        "summary": long_text,
        "notes": long_text,
        "latitude": st.decimals("51.5", "53", places=4),
        "longitude": st.decimals("4", "6", places=4),
    }
)
quotes = st.fixed_dictionaries(
    {
        "field": st.sampled_from(["", "country", "names"]),
        "stance": st.sampled_from(Stance.values),
        "locator": texts(30),
        "quote": long_text,
        "quote_language": a_language,
        "value_given": texts(30),
        "basis": st.sampled_from(CitationBasis.values),
        "notes": long_text,
    }
)
worlds = st.fixed_dictionaries(
    {
        "sources": st.lists(source, min_size=1, max_size=3),
        "stations": st.lists(
            st.tuples(station, st.lists(name, max_size=3), st.lists(reply, max_size=2), st.lists(term, max_size=2)),
            max_size=4,
        ),
        "quotes": st.lists(quotes, max_size=3),
        "order_in_day": st.none() | st.integers(0, 9),
    }
)


def log(world, by):
    sources = [log_source(fields=fields, by=by) for fields in world["sources"]]
    citations = [{**quote, "source": sources[-1]} for quote in world["quotes"]]
    stations = [
        log_record(
            "station",
            Edit(fields=fields, rows={"names": names, "replies": replies}, citations=citations, private_terms=terms),
            by=by,
        ).station
        for fields, names, replies, terms in world["stations"]
    ]
    said = {"responder": "NL", "actor": "Minister", "level": "ministry", "kind": "statement", "date": "2022-10"}
    more = {"summary": "He spoke.", "stations": stations, "order_in_day": world["order_in_day"]}
    log_record("response", Edit(fields=said | more), by=by)


def rows_of(kind_name):
    if kind_name == "source":
        return Source.objects.order_by("created_at")
    if kind_name == "citation":
        return Citation.objects.order_by("record", "position")
    return sheet_kinds()[kind_name].model.objects.all()


def exported(kind_name, file_format, by):
    columns, rows = export_table(sheet_kinds()[kind_name], rows_of(kind_name), by, with_private=True)
    return write_csv(columns, rows) if file_format == "csv" else write_xlsx("Sheet", columns, rows)


def digests():
    """The digests of all contents, with each identity replaced by the key of what it names."""
    keys = {str(row.record_id or row.source_id or row.citation_id): row.key for row in ImportKey.objects.all()}
    found = set()
    for kind in ("station", "response"):
        for content in build_contents(list(Record.objects.filter(kind=kind))).values():
            for rows in content["rows"].values():  # They have no keys, and no order but that of what they say.
                for row in rows:
                    del row["id"]
                rows.sort(key=canonical_json)
            content["fields"].get("stations", []).sort(key=lambda key: keys.get(key, key))
            terms = sorted(PrivateTerm.objects.filter(record=content["record"]).values_list("kind", "text"))
            text = canonical_json([content, terms]).decode()
            for identity, key in keys.items():
                text = text.replace(identity, key)
            found.add(sha256_hex(text.encode()))
    return found


def take_in(kind_name, content, by):
    upload = plan_import(start_import(kind_name, "sheet", content, by=by).pk)
    assert upload.state == "planned", (upload.message, upload.question)
    assert not upload.counts["error"], list(rows_of_plan(upload, RowStatus.ERROR))
    choices = Choices(duplicates=DuplicatesInImport.LOG)
    confirm_import(upload.pk, by=by, plan_digest=upload.plan_digest, choices=choices)
    return carry_out_import(upload.pk).counts


@pytest.mark.long
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_empty_database_says_the_same_afterwards(researcher, file_format):
    seen = set()

    @settings(max_examples=15, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
    @given(worlds)
    def round_trip(world):
        with taken_back():
            log(world, researcher)
            files = {kind: exported(kind, file_format, researcher) for kind in KINDS if rows_of(kind).exists()}
            before = digests()
            counted = Station.objects.count(), Citation.objects.count()
        with taken_back():
            for kind, content in files.items():
                take_in(kind, content, researcher)
            assert digests() == before
            assert (Station.objects.count(), Citation.objects.count()) == counted
            for kind, content in files.items():  # And once more: nothing is left to do.
                counts = take_in(kind, content, researcher)
                assert counts["unchanged"] == sum(counts[one] for one in ("create", "update", "unchanged"))
        seen.update(before)

    round_trip()
    assert len(seen) > 15
