"""Sources at the desk."""

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry

from casetracker.review import services
from casetracker.sources.models import Source
from tests.desk.browser import source_address
from tests.desk.pages import Page
from tests.desk.state import everything
from tests.factories.records import bring_to, citation, edit_draft, fresh, make_source, make_station

ADD = "/desk/sources/source/add/"
AUTOCOMPLETE = {"app_label": "review", "model_name": "citation", "field_name": "source"}


def filled(form, **changes):
    return form.fill(
        **{
            "publisher": "NRC",
            "title": "China heeft veel meer politiebureaus",
            "author": "A Writer",
            "url": "https://www.nrc.example/article",
            "published": "2022-12-05",
            "language": "nl",
            "type": "newspaper",
            "notes": "Behind a wall.",
            **changes,
        }
    )


def test_a_source_is_logged(author, team):
    original = make_source()
    form = filled(author.open(ADD).form(), derived_from=original.pk, derivation="translation")
    page = author.submit(form)
    assert page.was_redirected, page.errors
    source = Source.objects.get(publisher="NRC")
    assert (source.title, source.published, source.notes) == (form["title"], "2022-12-05", "Behind a wall.")
    assert (source.derived_from, source.derivation, source.created_by) == (original, "translation", team.author)
    assert source.history.get().history_user == team.author
    assert not AdminLogEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"publisher": ""}, "publisher", "This field is required."),
        ({"type": ""}, "type", "This field is required."),
        ({"url": "javascript:alert(1)"}, "url", "Enter a valid URL."),
        ({"url": "http://["}, "url", "Enter a valid URL."),
        ({"published": "5 December"}, "published", "Write a date as 2022"),
        ({"language": "Dutch"}, "language", "is not a language tag"),
        ({"title": "", "url": ""}, "", "Give a title or a URL"),
        ({"derivation": "copy"}, "", "Say both: which source it derives from, and how."),
    ],
)
def test_an_error_stands_at_its_field_and_what_was_typed_stays(author, changes, place, words):
    form = filled(author.open(ADD).form(), **changes)
    before = everything()
    page = author.submit(form)
    assert words in page.errors[place]
    assert page.form().typed == form.typed
    assert everything() == before


def test_a_source_is_edited(reviewer, team):
    source = make_source(by=team.author)
    page = reviewer.submit(reviewer.open(source_address(source)).form().fill(title="Corrected"))
    assert page.was_redirected
    source.refresh_from_db()
    assert (source.title, source.lock_version) == ("Corrected", 2)
    assert source.history.latest().history_user == team.reviewer
    assert not AdminLogEntry.objects.exists()


def test_a_circle_is_refused_at_its_field(author):
    first = make_source()
    second = make_source(derived_from=first, derivation="copy")
    form = author.open(source_address(first)).form().fill(derived_from=second.pk, derivation="quotes")
    page = author.submit(form)
    assert "that would be a circle" in page.errors["derived_from"]
    assert page.form().typed == form.typed
    assert Source.objects.get(pk=first.pk).derived_from is None


def test_live_records_are_flagged_and_the_public_page_stays(author, editor, team):
    source = make_source(title="As published")
    record = bring_to(make_station(by=team.author, citations=[citation(source)]), "live", **vars(team))
    assert "was changed since it was published" not in editor.open_record(record).text
    author.submit(author.open(source_address(source)).form().fill(title="Changed"))
    assert fresh(record).needs_revision
    assert "was changed since it was published" in editor.open_record(record).text
    public = editor.get(f"/en/stations/{record.reference}/").text
    assert "As published" in public
    assert "Changed" not in public


def test_a_change_for_colleagues_only_flags_nothing(author, team):
    source = make_source()
    record = bring_to(make_station(by=team.author, citations=[citation(source)]), "live", **vars(team))
    author.submit(author.open(source_address(source)).form().fill(notes="Paper copy in the safe."))
    assert not fresh(record).needs_revision


def test_a_reviewer_cannot_change_what_a_record_under_review_cites(reviewer, team):
    source = make_source()
    record = bring_to(
        make_station(by=team.author, citations=[citation(source)], locality="Delft"), "verified", **vars(team)
    )
    form = reviewer.open(source_address(source)).form().fill(title="Mine", notes="Typed.")
    before = everything()
    page = reviewer.submit(form)
    assert "You review “Delft, Netherlands”, which cites this source. Ask a colleague" in page.errors[""]
    assert page.form().typed == form.typed
    assert everything() == before
    assert fresh(record).state == "verified"


def test_who_changes_a_source_becomes_an_author_of_what_cites_it(editor, author, team):
    source = make_source()
    record = bring_to(make_station(by=team.author, citations=[citation(source)]), "submitted")
    editor.submit(editor.open(source_address(source)).form().fill(title="Mended"))
    page = editor.open_record(record)
    assert "Edith Editor: author" in page.text
    assert "Changed the source" in page.text
    assert "verify" not in page.acts


def test_an_approval_with_the_old_words_does_not_hold(author, editor, team):
    source = make_source()
    record = bring_to(make_station(by=team.author, citations=[citation(source)]), "approved", **vars(team))
    author.submit(author.open(source_address(source)).form().fill(title="Mended"))
    page = editor.act(record, "publish")
    assert "A source of it was changed since it was approved." in page.messages[0]
    assert fresh(record).public_status == "never"


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("circulos policiales", True),
        ("POLICIALES CÍRCULOS", True),
        ("el pais", True),
        ("pais garcia", True),
        ("elpais.example", True),
        ("cirque", False),
        ("policiales nrc", False),
        ("", True),
    ],
)
def test_autocomplete_finds_a_source_by_words_without_accents(author, term, found):
    source = make_source(
        title="Los círculos policiales", publisher="El País", author="García", url="https://elpais.example/a"
    )
    response = author.get("/desk/autocomplete/", AUTOCOMPLETE | {"term": term})
    results = response.json()["results"]
    assert [result["id"] for result in results] == ([str(source.pk)] if found else [])
    assert all("El País, Los círculos policiales" in result["text"] for result in results)


@pytest.mark.parametrize(("query", "count"), [("q=circulos", 1), ("type__exact=ngo_report", 1), ("language=es", 1)])
def test_the_list_is_searched_and_filtered(author, query, count):
    source = make_source(title="Los círculos", language="es", type="ngo_report")
    make_source()
    page = author.open(f"/desk/sources/source/?{query}")
    found = {link.split("?")[0] for link in page.links if "/change/" in link}
    assert found == {source_address(source)}
    assert len(found) == count


def test_the_list_says_how_often_a_source_is_cited(author):
    source = make_source()
    make_station(citations=[citation(source), citation(source)])
    page = author.open("/desk/sources/source/")
    assert page.cells("field-citation_count") == ["2"]


def test_a_source_is_logged_in_a_popup_while_citing(author):
    form = filled(author.open(f"{ADD}?_popup=1&_to_field=id").form())
    response = author.client.post(f"{ADD}?_popup=1&_to_field=id", form.values)
    page = Page(response)
    assert str(Source.objects.get().pk) in page.all("script")[0]["data-popup-response"]
    assert "".join(page.code).strip() == ""


def test_the_history_of_a_source_names_who_changed_what(author, team):
    source = make_source(by=team.author, title="First")
    services.edit_source(source.pk, fields={"title": "Second"}, by=team.editor, lock_version=1)
    page = author.open(source_address(source, "history"))
    assert "Edith Editor" in page.text
    assert "First Second" in page.text


def test_a_draft_that_cites_it_can_still_be_edited_afterwards(author, team):
    source = make_source()
    record = make_station(by=team.author, citations=[citation(source)])
    author.submit(author.open(source_address(source)).form().fill(title="Mended"))
    assert edit_draft(record, by=team.author, summary="x").lock_version == 3


def test_a_source_lists_the_records_that_cite_it(author, team):
    source = make_source()
    once = make_station(by=team.author, locality="Utrecht", citations=[citation(source)])
    twice = make_station(
        by=team.author, locality="Delft", citations=[citation(source), citation(source, field="locality")]
    )
    other = make_station(by=team.author)
    page = author.open(source_address(source))
    assert "Records that cite it 2" in page.text
    assert page.records == [str(source.pk), str(twice.pk), str(once.pk)]
    assert str(other.pk) not in page.records
    assert "Records that cite it 0 None." in author.open(source_address(make_source())).text
