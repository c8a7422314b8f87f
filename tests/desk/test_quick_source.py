"""Sources from their address: what is filled in, and the warning where one is known already."""

import pytest

from casetracker.sources.models import Source
from tests.desk.browser import Browser, source_address
from tests.desk.pages import Page
from tests.desk.state import everything
from tests.factories.records import make_source

pytestmark = pytest.mark.pages

QUICK = "/desk/sources/from-address/"
ADD = "/desk/sources/source/add/"
ARTICLE = "https://www.nrc.example/nieuws/2022/12/05/china-a4150455"
COPY = "https://web.archive.org/web/20221206/http://nrc.example/nieuws/2022/12/05/china-a4150455/?utm_source=x"
AUTOCOMPLETE = {"app_label": "review", "model_name": "citation", "field_name": "source"}


def quick(browser, address, **more):
    return Page(browser.client.get(QUICK, {"url": address, **more}, follow=True))


def test_the_form_is_filled_in_and_says_what_was_guessed(author, team):
    make_source(publisher="NRC", url="https://www.nrc.example/a", language="nl", type="newspaper")
    before = everything()
    page = quick(author, f"{ARTICLE}?utm_source=newsletter#top")
    form = page.form()
    assert {name: form[name] for name in ("url", "publisher", "language", "type", "published")} == {
        "url": ARTICLE,
        "publisher": "NRC",
        "language": "nl",
        "type": "newspaper",
        "published": "2022-12-05",
    }
    assert page.text.count("Guessed from the address. Please check it.") == 4
    assert everything() == before
    assert author.submit(form.fill(title="China")).was_redirected
    source = Source.objects.get(title="China")
    assert (source.url, source.publisher, source.created_by) == (ARTICLE, "NRC", team.author)


def test_what_is_no_address_is_refused_on_the_spot(author):
    page = quick(author, "javascript:alert(1)")
    assert "Enter a valid URL." in page.text
    assert "Add a source from its address" in page.text
    # Whatever stands in the address of the form itself does not break it.
    assert author.open(ADD, {"url": "http://["}).form()["url"] == "http://["


def test_the_window_beside_another_form_stays_one(author):
    page = quick(author, ARTICLE, _popup="1", _to_field="id")
    assert page.form()["_popup"] == "1"
    assert "Add a source from its address" not in page.text


def test_only_people_who_log_get_there(editor, observer, author):
    assert editor.get(QUICK).status_code == 200
    assert Browser(observer).get(QUICK).status_code == 403
    assert QUICK in author.open("/desk/").links


@pytest.fixture
def known(db):
    source = make_source(title="The article", url=ARTICLE)
    copy = make_source(title="The copy", url="https://b.example/", derived_from=source, derivation="copy")
    make_source(title="Another", url="https://www.nrc.example/other")
    return source, copy


def test_a_known_address_is_said_at_once_with_links(author, known):
    page = quick(author, COPY)
    assert {source_address(source) for source in known} <= set(page.links)
    assert "Another" not in page.text


@pytest.mark.parametrize("address", [ARTICLE, COPY, "http://m.nrc.example/nieuws/2022/12/05/china-a4150455"])
def test_a_known_address_is_refused_until_the_person_says_that_it_is_another_document(author, known, address):
    form = author.open(ADD).form().fill(publisher="NRC", title="Mine", url=address, type="newspaper")
    before = everything()
    page = author.submit(form)
    assert "is known already" in page.errors["url"]
    assert {source_address(source) for source in known} <= set(page.links)
    assert everything() == before
    again = page.form()
    assert again["title"] == "Mine"
    assert author.submit(again.fill(is_other=True)).was_redirected
    assert Source.objects.get(title="Mine").url == address


def test_an_edit_warns_only_where_it_changes_the_address(author, known):
    source, copy = known
    assert author.submit(author.open(source_address(source)).form().fill(title="New")).was_redirected
    page = author.submit(author.open(source_address(copy)).form().fill(url=COPY))
    assert "is known already" in page.errors["url"]
    assert page.form()["url"] == COPY


def test_autocomplete_finds_the_source_of_an_address_that_was_pasted(author, known):
    results = author.get("/desk/autocomplete/", AUTOCOMPLETE | {"term": COPY}).json()["results"]
    assert [result["id"] for result in results] == [str(known[0].pk)]


def test_autocomplete_offers_to_add_a_source_for_an_address_that_is_new(author, observer, known):
    new = "https://www.nrc.example/new?utm_source=x"
    (offer,) = author.get("/desk/autocomplete/", AUTOCOMPLETE | {"term": new}).json()["results"]
    assert offer["address"] == "https://www.nrc.example/new"
    assert offer["text"] == "Add a source for this address: https://www.nrc.example/new"
    assert author.get("/desk/autocomplete/", AUTOCOMPLETE | {"term": "nothing like it"}).json()["results"] == []
    answer = Browser(observer).get("/desk/autocomplete/", AUTOCOMPLETE | {"term": new})
    assert answer.json()["results"] == []
