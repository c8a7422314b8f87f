"""What every page of the desk keeps to: a strict policy, no code or style in it, all texts escaped."""

import csv
import io

import pytest
from csp.constants import NONE, SELF

from casetracker.review import services
from tests.desk.browser import Browser, address, source_address
from tests.desk.pages import Page
from tests.factories.imports import HEADER, make_import
from tests.factories.records import bring_to, citation, fresh, make_source, make_station

pytestmark = [pytest.mark.slow, pytest.mark.pages]

HOSTILE = "<script>alert(1)</script><b style='x' onclick=\"y\">'\"&amp;"
STRICT = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "object-src": NONE,
    "base-uri": NONE,
    "frame-ancestors": NONE,
    "form-action": SELF,
}
# Addresses of desk pages: those of records with {draft}, {review} and {live}.
PAGES = {
    "dashboard": "/desk/",
    "queue": "/desk/queue/recent/",
    "releases": "/desk/releases/",
    "export of stations": "/desk/export/station/?q=%3Cscript%3E",
    "export of a queue": "/desk/queue/drafts/export/",
    "imports": "/desk/imports/",
    "import that asks": "{asking}",
    "import that is planned": "{planned}",
    "stations": "/desk/stations/station/",
    "stations with counts": "/desk/stations/station/?_facets=True",
    "stations searched": "/desk/stations/station/?q=%3Cscript%3E",
    "responses": "/desk/responses/response/",
    "claims": "/desk/stations/claim/",
    "agreements": "/desk/responses/agreement/",
    "sources": "/desk/sources/source/",
    "add a station": "/desk/stations/station/add/",
    "add a response": "/desk/responses/response/add/",
    "add a claim": "/desk/stations/claim/add/",
    "add an agreement": "/desk/responses/agreement/add/",
    "add a source": "/desk/sources/source/add/",
    "add a source in a popup": "/desk/sources/source/add/?_popup=1",
    "draft": "{draft}change/",
    "draft's review page": "{draft}review/",
    "draft's history": "{draft}history/",
    "in review": "{review}change/",
    "review page": "{review}review/",
    "live": "{live}change/",
    "live's review page": "{live}review/",
    "live's history": "{live}history/",
    "duplicates": "/desk/duplicates/",
    "source": "{source}change/",
    "source's history": "{source}history/",
    "nothing there": "/desk/nothing/",
    "section": "/desk/stations/",
}


@pytest.fixture
def hostile(team):
    """Records in which every text tries to break out of the page."""
    source = make_source(by=team.author, title=HOSTILE, publisher=HOSTILE, author=HOSTILE, notes=HOSTILE)
    team.author.name = HOSTILE[:140]
    team.author.save()

    def make():
        record = make_station(
            by=team.author,
            locality=HOSTILE,
            summary=HOSTILE,
            notes=HOSTILE,
            operator_jurisdiction=HOSTILE,
            counted_in=[HOSTILE.replace(";", "")],
            names=[{"text": HOSTILE, "language": "en"}],
            replies=[{"asked": HOSTILE, "answer": HOSTILE, "language": "en"}],
            citations=[
                citation(source, quote=HOSTILE, quote_language="en", quote_translation=HOSTILE, attributed_to=HOSTILE)
            ],
            private_terms=[{"kind": "person", "text": HOSTILE.upper()}],
        )
        services.comment_on_record(record.pk, text=HOSTILE, by=team.author)
        return record

    draft, review, live = make(), make(), make()
    bring_to(review, "submitted", **vars(team))
    services.suggest_wording(
        review.pk, field="summary", text=HOSTILE * 2, by=team.reviewer, lock_version=fresh(review).lock_version
    )
    services.assign_record(review.pk, to=team.author, by=team.author, lock_version=fresh(review).lock_version)
    # A private person may not stand in the public text: this one goes first.
    live.private_terms.all().delete()
    bring_to(live, "live", **vars(team))
    places = {"draft": address(draft), "review": address(review), "live": address(live)}
    places |= {"source": source_address(source), **uploads(team.editor)}
    return {name: path.removesuffix("change/") for name, path in places.items()}


def uploads(person):
    """A file whose columns are asked about and one that is planned, both full of hostile texts."""
    asking, planned = io.StringIO(), io.StringIO()
    csv.writer(asking).writerows([[*HEADER.split(","), HOSTILE], ["a", "b", "NL", "c", "d", HOSTILE]])
    csv.writer(planned).writerows([HEADER.split(","), [HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE]])
    made = {
        name: make_import(sheet.getvalue(), by=person, name=HOSTILE)
        for name, sheet in (("asking", asking), ("planned", planned))
    }
    assert {name: upload.state for name, upload in made.items()} == {"asking": "asking", "planned": "planned"}
    return {name: f"/desk/imports/{upload.pk}/" for name, upload in made.items()}


def carries_no_code_no_style_and_no_handler(page):
    assert "".join(page.code).strip() == ""
    for tag, attrs in page.elements:
        assert tag not in ("style", "iframe", "object", "embed", "base"), tag
        assert tag != "script" or attrs.get("src", "").startswith(("/static/", "/desk/jsi18n/")), attrs
        assert "style" not in attrs, (tag, attrs)
        assert not [name for name in attrs if name.startswith("on")], (tag, attrs)
        assert not (attrs.get("href") or "").lower().startswith(("javascript:", "data:")), attrs


def has_the_strict_policy_and_is_stored_nowhere(page):
    sent = page.response.headers["Content-Security-Policy"].split(";")
    policy = dict(directive.strip().split(" ", 1) for directive in sent)
    assert STRICT.items() <= policy.items()
    assert not any(word in value for value in policy.values() for word in ("unsafe", "http", "*"))
    assert "no-store" in page.response.headers["Cache-Control"]
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.response.headers["X-Frame-Options"] == "DENY"


def loads_nothing_from_elsewhere_and_sends_nothing_there(page):
    loaded = [attrs[name] for _tag, attrs in page.elements for name in ("src", "srcset", "data") if name in attrs]
    # Links to feeds, which the page of an address that is not there has, load nothing.
    loaded += [attrs["href"] for attrs in page.all("link") if attrs["rel"] != "alternate"]
    assert all(path.startswith(("/static/", "/desk/")) for path in loaded)
    assert all(form.action.startswith("/desk/") for form in page.posts)
    assert all(attrs.get("rel") == "noopener noreferrer" for attrs in page.all("a", target="_blank"))


def gives_an_id_once(page):
    ids = [attrs["id"] for _tag, attrs in page.elements if "id" in attrs]
    assert {name for name in ids if ids.count(name) > 1} == set()


def place_of(address_of, hostile):
    """Where a page is: the review page of a record is not below the record's own."""
    place = address_of.format(**hostile)
    return f"/desk/review/{place.split('/')[-3]}/" if place.endswith("/review/") else place


@pytest.mark.long
@pytest.mark.parametrize("address_of", PAGES.values(), ids=PAGES)
def test_a_page_keeps_to_all_of_it(editor, hostile, address_of):
    page = Page(editor.client.get(place_of(address_of, hostile), follow=True))
    carries_no_code_no_style_and_no_handler(page)
    has_the_strict_policy_and_is_stored_nowhere(page)
    loads_nothing_from_elsewhere_and_sends_nothing_there(page)
    gives_an_id_once(page)


@pytest.mark.parametrize(
    ("place", "times"),
    [
        *(("{draft}change/", 9), ("{review}change/", 9), ("{live}change/", 8), ("{live}history/", 10)),
        *(("{asking}", 3), ("{planned}", 4)),
        *(("{draft}review/", 20), ("{review}review/", 20), ("{live}review/", 20)),
    ],
)
def test_hostile_texts_are_shown_as_they_are(editor, hostile, place, times):
    page = editor.open(place_of(place, hostile))
    values = [text for form in page.forms for texts in form.values.values() for text in texts]
    shown = page.text.count("<script>alert(1)</script>") + sum(text.startswith(HOSTILE) for text in values)
    assert shown >= times
    assert not page.all("b", onclick="y")


def test_what_was_typed_comes_back_as_it_was(author, hostile):
    form = author.open("/desk/stations/station/add/").form().fill(summary=HOSTILE, locality=HOSTILE)
    form.add_row("names", text=HOSTILE, language=HOSTILE[:30])
    page = author.submit(form)
    assert page.form().typed == form.typed
    assert not page.all("b", onclick="y")


def test_a_refused_act_keeps_to_it_too(author, reviewer, hostile):
    place = hostile["review"]
    form = reviewer.open(f"{place}change/").act("return").fill(comment=HOSTILE)
    author.submit(author.open(f"{place}change/").act("withdraw"))
    page = reviewer.submit(form)
    assert HOSTILE in page.text
    assert not page.all("b", onclick="y")
    assert "".join(page.code).strip() == ""
    assert STRICT["script-src"] in page.response.headers["Content-Security-Policy"]


def test_autocomplete_answers_in_json(author, hostile):
    query = {"app_label": "review", "model_name": "citation", "field_name": "source", "term": "script"}
    response = author.get("/desk/autocomplete/", query)
    assert response.headers["Content-Type"] == "application/json"
    assert HOSTILE in response.json()["results"][0]["text"]


@pytest.mark.parametrize("status", [403, 404, 405])
def test_an_error_page_has_the_policy_too(author, administrator, hostile, status):
    places = {403: "/desk/accounts/user/", 404: "/desk/stations/station/x/change/", 405: f"{hostile['draft']}submit/"}
    response = author.get(places[status])
    assert response.status_code == status
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert Browser(administrator).get(places[404]).status_code in (403, 404)
