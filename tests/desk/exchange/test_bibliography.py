"""Bibliographies at the desk: the same plan, confirmation and errors as for spreadsheets, and the way back out."""

import csv
import io
import json

import pytest

from casetracker.core.bibliography.source_types import WRITTEN
from casetracker.review.models import Import, ImportKey, ListExport, Record
from casetracker.sources.choices import SourceType
from casetracker.sources.models import Source
from tests.desk.exchange.importing import refused, run
from tests.desk.exchange.taking import choose, take
from tests.desk.imports.helpers import address, confirm, statuses, the_import, upload
from tests.factories.records import bring_to, citation, make_source, make_station

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.slow]

SOURCES, STATIONS = "/desk/export/source/", "/desk/export/station/"
ZOTERO = """[
{"id": "http://zotero.org/users/1/items/AAA", "type": "article-newspaper", "title": "China’s <i>police</i> abroad",
 "container-title": "The Guardian", "author": [{"family": "Doe", "given": "Jane"}, {"literal": "Safeguard Defenders"}],
 "issued": {"date-parts": [["2022", 10, 26]]}, "URL": "https://www.theguardian.com/a?utm_source=feed",
 "language": "en-GB", "note": "Seen by Bo."},
{"id": "http://zotero.org/users/1/items/BBB", "type": "legal_case", "title": "A v. B", "authority": "High Court",
 "issued": {"date-parts": [["2022"]]}, "language": "Dutch"},
{"id": "http://zotero.org/users/1/items/CCC", "type": "webpage", "title": "A page", "URL": "https://example.org/x"}
]
"""
BIBTEX = r"""
@article{doe2022, title = {M{\"u}ller}, journal = {De Krant}, year = 2022, month = oct, url = {https://krant.example/a}}
@techreport{sd2022, title = {110 {Overseas}}, institution = {Safeguard Defenders}, date = {2022-09}}
"""
RIS = "TY  - NEWS\r\nTI  - Müller\r\nT2  - De Krant\r\nUR  - https://krant.example/a\r\nER  - \r\n"


def sources():
    return {source.title: source for source in Source.objects.all()}


# --- In -------------------------------------------------------------------------


def test_entries_become_sources(sheet, researcher):
    said = run(sheet(ZOTERO, "library.json"), "--yes", kind="source")
    assert "3 new, 0 changed, 0 unchanged" in said
    found = sources()
    article = found["China’s police abroad"]
    assert (article.publisher, article.author) == ("The Guardian", "Doe, Jane; Safeguard Defenders")
    assert (article.published, article.language, article.type) == ("2022-10-26", "en-GB", "newspaper")
    assert (article.url, article.notes) == ("https://www.theguardian.com/a", "Seen by Bo.")
    case = found["A v. B"]
    assert (case.publisher, case.published, case.language, case.type) == ("High Court", "2022", "nl", "court")
    page = found["A page"]
    assert (page.publisher, page.type) == ("example.org", "other")
    assert ImportKey.objects.get(source=article).key == "http://zotero.org/users/1/items/AAA"


@pytest.mark.parametrize(("text", "name"), [(BIBTEX, "library.bib"), (RIS, "library.ris"), (RIS, "library.txt")])
def test_each_format_is_taken_whatever_it_is_called(sheet, researcher, text, name):
    run(sheet(text, name), "--yes", kind="source")
    assert (sources()["Müller"].publisher, sources()["Müller"].url) == ("De Krant", "https://krant.example/a")


def test_the_same_library_again_changes_nothing(sheet, researcher):
    for text, name in ((ZOTERO, "a.json"), (BIBTEX, "a.bib"), (RIS, "b.ris")):
        run(sheet(text, name), "--duplicates", "skip", "--yes", kind="source")
        before = list(Source.objects.values())
        assert "0 new, 0 changed" in run(sheet(text, name), "--duplicates", "skip", "--yes", kind="source")
        assert list(Source.objects.values()) == before


def test_a_changed_entry_changes_its_source(sheet, researcher):
    run(sheet(ZOTERO, "a.json"), "--yes", kind="source")
    said = run(sheet(ZOTERO.replace("A page", "A better page"), "a.json"), "--yes", kind="source")
    assert "0 new, 1 changed, 2 unchanged" in said
    assert "title “A page” → “A better page”" in said
    assert Source.objects.count() == 3


def test_what_the_library_does_not_say_stays_as_people_made_it(sheet, researcher):
    run(sheet(ZOTERO, "a.json"), "--yes", kind="source")
    Source.objects.filter(title="A page").update(
        type="state_media", publisher="Global Times", notes="Ask Bo.", published="2022-05-01", language="zh"
    )
    Source.objects.filter(title="A v. B").update(published="2022-03-04")
    said = run(sheet(ZOTERO.replace("A page", "A better page"), "a.json"), "--yes", kind="source")
    assert "0 new, 1 changed, 2 unchanged" in said
    page = sources()["A better page"]
    assert (page.type, page.publisher, page.notes) == ("state_media", "Global Times", "Ask Bo.")
    assert (page.published, page.language) == ("2022-05-01", "zh")
    assert sources()["A v. B"].published == "2022-03-04"


def test_a_document_that_is_there_is_known_by_its_address(sheet, researcher):
    make_source(url="http://theguardian.com/a/", title="China’s police abroad", publisher="The Guardian")
    make_source(url="https://example.org/x", title="Another title", publisher="Somebody")
    said = refused(sheet(ZOTERO, "a.json"), kind="source")
    assert "1 new, 0 changed, 0 unchanged, 2 possible duplicates" in said
    assert "It is the same document." in said
    run(sheet(ZOTERO, "a.json"), "--duplicates", "skip", "--yes", kind="source")
    assert Source.objects.count() == 3


def test_a_document_that_says_the_same_is_unchanged(sheet, researcher):
    make_source(url="http://theguardian.com/a/", title="Müller", publisher="De Krant")
    text = RIS.replace("https://krant.example/a", "https://www.theguardian.com/a?utm_source=x")
    assert "0 new, 0 changed, 1 unchanged" in run(sheet(text, "a.ris"), "--yes", kind="source")


def test_the_type_is_that_of_the_site_or_publisher_where_they_are_known(sheet, researcher):
    make_source(url="https://www.theguardian.com/z", publisher="Guardian", type="news_site")
    make_source(url="", publisher="Safeguard Defenders", type="ngo_report")
    run(sheet(ZOTERO, "a.json"), "--yes", kind="source")
    run(sheet(BIBTEX, "a.bib"), "--yes", kind="source")
    assert sources()["China’s police abroad"].type == "news_site"
    assert sources()["110 Overseas"].type == "ngo_report"
    assert sources()["Müller"].type == "other"  # @article may be anything
    assert sources()["A v. B"].type == "court"


def test_a_confirmation_is_bound_to_what_was_guessed(author):
    page = upload(author, ZOTERO, kind="source", name="library.json")
    make_source(url="https://example.org/another", publisher="An example", type="forum_quote")
    page = confirm(author, page)
    assert "Records were changed since the plan was made" in page.text
    assert not Source.objects.filter(title="A page").exists()
    confirm(author, page)
    assert sources()["A page"].type == "forum_quote"


def test_too_many_authors_are_shortened_as_bibliographies_do(sheet, researcher):
    names = [{"family": f"Family{number}", "given": "Given"} for number in range(40)]
    text = json.dumps([{"id": "a", "type": "book", "title": "T", "publisher": "P", "author": names}])
    run(sheet(text, "a.json"), "--yes", kind="source")
    author = sources()["T"].author
    assert author.startswith("Family0, Given; Family1, Given;")
    assert author.endswith("; et al.")
    assert len(author) <= 200


# --- What is wrong ---------------------------------------------------------------


def test_errors_name_entry_and_field_and_nothing_is_written(sheet, researcher):
    text = BIBTEX.replace("year = 2022, month = oct", "year = {soon}").replace("https://", "gopher://") + (
        "@misc{nobody, title = {Nobody published it}}\n@misc{nothing, publisher = {P}}\n"
        "@misc{twice, title = {One}, publisher = {P}}\n@misc{twice, title = {Two}, publisher = {P}}\n"
    )
    said = refused(sheet(text, "a.bib"), kind="source")
    assert "1 with errors" not in said
    assert "row 2, published “soon”: Write a date as 2022" in said
    assert "row 2, url “gopher://krant.example/a”" in said
    assert "row 4, publisher" in said
    assert "row 5: Give a title or a URL" in said
    assert "row 7, key “twice”: Row 6 is about the same. Keep one of the two." in said
    assert not Source.objects.exists()


def test_a_broken_file_is_refused_as_a_whole_with_all_that_is_wrong(author):
    page = upload(author, "@misc{a, title = {x}\n@misc{b title = {y}}\n", kind="source", name="library.bib")
    assert "The file cannot be imported as it is. Nothing was written." in page.text
    assert "The entry “a”, which begins in line 1, does not end" in page.text
    assert "The entry “b” in line 2 has no key" in page.text
    assert the_import().content is None


def test_an_encoding_is_asked_for_and_the_answer_is_taken(author):
    page = upload(author, BIBTEX.replace(r"{\"u}", "ü").encode("cp1252"), kind="source", name="library.bib")
    form = next(form for form in page.posts if "encoding" in form.names)
    page = author.submit(form.fill(encoding="cp1252"))
    assert "This would happen" in page.text
    confirm(author, page)
    assert "Müller" in sources()


@pytest.mark.parametrize(("text", "name"), [(BIBTEX, "a.bib"), (RIS, "a.ris")])
def test_rows_of_another_kind_are_no_bibliography(sheet, researcher, text, name):
    said = refused(sheet(text, name), kind="station")
    assert "whose entries are sources. Say that each row is a source." in said
    assert not Record.objects.exists()


def test_deeply_nested_json_is_refused_on_the_page(author):
    page = upload(author, '[{"title":' + "[" * 100_000, kind="source", name="library.json")
    assert "nested deeper than any bibliography is" in page.text


# --- On the pages ------------------------------------------------------------------


def test_the_form_takes_a_bibliography_and_the_plan_says_what_its_rows_are(author):
    (field,) = author.open("/desk/imports/").all("input", type="file")
    assert {".bib", ".ris", ".json"} <= set(field["accept"].split(","))
    page = upload(author, ZOTERO, kind="source", name="library.json")
    assert statuses(page) == ["create", "create", "create"]
    assert "Each entry of the bibliography is a row" in page.text
    assert "The Guardian, China’s police abroad" in page.text
    assert not Source.objects.exists()
    page = confirm(author, page)
    assert "3 rows were imported" in page.text
    assert Source.objects.count() == 3


def test_what_is_wrong_can_be_taken_as_a_sheet_corrected_and_imported(author):
    text = ZOTERO.replace('[["2022"]]', '[["2022", 13]]')
    page = upload(author, text, kind="source", name="library.json")
    answer = author.get(address(act="file"))
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["import_errors"].partition(":")[0] for row in rows] == ["", "published", ""]
    assert (rows[1]["title"], rows[1]["published"]) == ("A v. B", "2022-13")
    assert "error" in statuses(page)
    Import.objects.all().delete()
    corrected = answer.content.decode("utf-8-sig").replace("2022-13", "2022-12")
    confirm(author, upload(author, corrected, kind="source", name="corrected.csv"))
    assert sources()["A v. B"].published == "2022-12"
    assert ImportKey.objects.filter(key="http://zotero.org/users/1/items/BBB").exists()


# --- Out ----------------------------------------------------------------------------


@pytest.mark.parametrize(("file_format", "ending"), [("bibtex", "bib"), ("ris", "ris"), ("csl", "json")])
def test_what_is_taken_out_comes_back_unchanged(author, team, sheet, file_format, ending):
    live = bring_to(make_station(by=team.author), "live")
    assert live.citations.get().source.reference
    for number, kind in enumerate(SourceType.values):
        make_source(title=f"{{T}} & {number}", author="Doe, Jane; Müller & Co", type=kind, notes="Ask Bo.\nTwice.")
    make_source(published="2022-10?/..", url="", title="No address -- at all")
    before = list(Source.objects.order_by("pk").values())
    for with_private in (False, True):
        answer = take(author, SOURCES, file_format=file_format, with_private=with_private)
        assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')
        assert (b"Ask Bo." in answer.content) is with_private
        said = run(sheet(answer.content, f"x.{ending}"), "--yes", kind="source", by=team.author.username)
        assert f"0 new, 0 changed, {len(before)} unchanged" in said
    assert list(Source.objects.order_by("pk").values()) == before
    assert ListExport.objects.filter(file_format=file_format).count() == 2


def test_ticked_rows_alone_can_be_taken(author, team):
    chosen, _other = make_source(title="This one"), make_source(title="Not this one")
    page = author.open(SOURCES)
    form = choose(author, SOURCES, file_format="csl")
    answer = author.client.post(form.action, {**form.values, "record": [str(chosen.pk)]})
    assert [item["title"] for item in json.loads(answer.content)] == ["This one"]
    assert page.response.status_code == 200


def test_an_own_key_is_the_key_of_the_entry(author, team, sheet):
    run(sheet(BIBTEX, "a.bib"), "--yes", kind="source", by=team.author.username)
    items = json.loads(take(author, SOURCES, file_format="csl").content)
    assert {item["id"] for item in items} == {"doe2022", "sd2022"}


def test_texts_are_not_guarded_as_in_spreadsheets(author):
    make_source(title="=1+1")
    assert b"TI  - =1+1\r\n" in take(author, SOURCES, file_format="ris").content


@pytest.mark.parametrize("file_format", ["bibtex", "ris", "csl"])
def test_a_source_whose_text_has_a_private_term_stays_here(author, team, file_format):
    told = citation(make_source(by=team.author, title="The ZONNEBLOEM society"))
    make_station(by=team.author, private_terms=[{"kind": "host", "text": "Zonnebloem"}], citations=[told])
    page = author.submit(choose(author, SOURCES, file_format=file_format))
    assert "A text of 1 row contains a private term." in page.text
    assert not ListExport.objects.exists()


def test_only_sources_go_into_a_bibliography(author, team):
    make_station(by=team.author)
    assert "bibtex" not in choose(author, STATIONS).choices["file_format"]
    form = choose(author, STATIONS)
    page = author.client.post(form.action, {**form.values, "file_format": "bibtex"})
    assert "Content-Disposition" not in page.headers
    assert not ListExport.objects.exists()


def test_every_type_that_is_written_is_one_of_ours():
    assert WRITTEN.keys() < set(SourceType.values)
