"""The language of the desk: chosen by each person, else by the browser. Public pages and the API keep theirs."""

import pytest
from django.core import mail

from casetracker.core.desk_languages import Language
from tests.desk.browser import Browser
from tests.desk.pages import Page
from tests.factories.records import bring_to, make_station
from tests.factories.users import PASSWORD, UserFactory

pytestmark = pytest.mark.pages


def language_of(response):
    (root,) = Page(response).all("html")
    assert root["lang"] == response.headers["Content-Language"]
    return root["lang"]


def menu(page):
    (form,) = (form for form in page.forms if form.action == "/desk/language/")
    return form


def preview(page):
    return [text for tag, text in page.insides if tag == "template"]


def choose(browser, language, path="/desk/"):
    """Press a button of the menu on a page."""
    form = menu(browser.open(path))
    form.values["language"] = [language]
    return browser.client.post(form.action, form.values)


@pytest.mark.parametrize(("language", "title"), [("nl", "Redactie"), ("zh-hans", "工作台"), ("en", "Desk")])
def test_a_person_chooses_the_language_of_the_desk_and_comes_back_to_the_page(reviewer, language, title):
    answer = choose(reviewer, language, "/desk/queue/check/?page=1")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/queue/check/?page=1")
    page = reviewer.open("/desk/")
    assert language_of(page.response) == language
    assert title in page.text
    # On the next machine too, whatever its browser prefers.
    elsewhere = Browser(reviewer.person).client.get("/desk/", headers={"accept-language": "fr"})
    assert language_of(elsewhere) == language


def test_the_choice_can_be_given_back_to_the_browser(reviewer):
    choose(reviewer, "nl")
    choose(reviewer, "")
    assert language_of(reviewer.client.get("/desk/", headers={"accept-language": "zh-CN"})) == "zh-hans"


def test_a_language_that_the_desk_does_not_speak_is_refused_in_words(reviewer):
    page = Page(
        reviewer.client.post("/desk/language/", menu(reviewer.open("/desk/")).values | {"language": "xx"}, follow=True)
    )
    assert [text.strip() for text in page.messages] == [
        "The desk does not speak this language. Choose one of those offered."
    ]
    reviewer.person.refresh_from_db()
    assert reviewer.person.language == ""


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_nobody_is_sent_elsewhere(reviewer, elsewhere):
    answer = reviewer.send("/desk/language/", {"language": "nl", "next": elsewhere})
    assert answer["Location"] == "/desk/"


def test_the_choice_needs_a_sign_in_and_a_post(reviewer, client):
    assert reviewer.get("/desk/language/").status_code == 405
    assert client.post("/desk/language/", {"language": "nl"})["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl-BE,en;q=0.8", "nl"),
        ("fr,nl;q=0.5", "nl"),
        ("zh", "zh-hans"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh-SG", "zh-hans"),
        ("zh-TW,nl;q=0.8", "nl"),
        ("en-GB,nl;q=0.8", "en"),
        ("fr", "en"),
        ("", "en"),
        ("nl;q=x", "en"),
    ],
)
def test_sign_in_pages_speak_what_the_browser_prefers(client, header, language):
    assert language_of(client.get("/accounts/login/", headers={"accept-language": header})) == language


def test_errors_of_forms_are_translated(client, db):
    answer = client.post("/accounts/login/", {"login": "nobody", "password": "x"}, headers={"accept-language": "nl"})
    assert "zijn incorrect" in Page(answer).text


def test_who_signs_in_is_greeted_in_the_language_that_they_chose(client, team):
    team.editor.language = "nl"
    team.editor.save()
    login = {"login": team.editor.username, "password": PASSWORD}
    page = Page(client.post("/accounts/login/", login, headers={"accept-language": "en"}, follow=True))
    assert [text.strip() for text in page.messages] == ["Je bent nu ingelogd als edith."]


def test_a_page_that_is_not_there_says_so_in_the_language_of_the_desk(reviewer):
    choose(reviewer, "nl")
    answer = reviewer.get("/desk/nothing/")
    assert (answer.status_code, language_of(answer)) == (404, "nl")
    assert "Pagina niet gevonden" in Page(answer).text


@pytest.mark.parametrize(
    ("language", "subject"),
    [("nl", "Stel een nieuw wachtwoord in"), ("zh-hans", "设置新密码"), ("", "Set a new password")],
)
def test_the_mail_for_a_new_password_is_in_the_language_of_its_reader(client, db, language, subject):
    person = UserFactory(language=language)
    client.post("/accounts/password/reset/", {"email": person.email})
    (sent,) = mail.outbox
    assert subject in sent.subject


def test_public_pages_and_the_api_keep_their_language(reviewer, team):
    record = bring_to(make_station(by=team.author), "live", **vars(team))
    public = [f"/en/stations/{record.reference}/", "/en/", f"/api/v1/stations/{record.reference}/"]
    before = [reviewer.get(path) for path in public]
    choose(reviewer, Language.DUTCH)
    for path, answer in zip(public, before, strict=True):
        again = reviewer.client.get(path, headers={"accept-language": "nl"})
        assert again.content == answer.content
        assert (again.headers["Content-Language"], again.headers["ETag"]) == ("en", answer.headers["ETag"])
    assert reviewer.get("/de/").status_code == 404


def test_links_from_the_desk_lead_to_public_pages_that_exist(reviewer, team):
    record = bring_to(make_station(by=team.author), "live", **vars(team))
    choose(reviewer, Language.DUTCH)
    links = {link for path in ("/desk/", f"/desk/review/{record.pk}/") for link in reviewer.open(path).links}
    public = {link for link in links if link.startswith("/") and not link.startswith(("/desk/", "/static/"))}
    assert f"/en/stations/{record.reference}/" in public
    assert {link for link in public if reviewer.get(link.partition("#")[0]).status_code >= 400} == set()


def test_the_preview_stays_english_and_says_so(reviewer, team):
    record = bring_to(make_station(by=team.author), "submitted", **vars(team))
    english = reviewer.open(f"/desk/review/{record.pk}/")
    choose(reviewer, Language.DUTCH)
    dutch = reviewer.open(f"/desk/review/{record.pk}/")
    assert preview(dutch) == preview(english) != []
    assert (
        "Hier staat zij in het Engels; lezers kunnen haar ook in het Nederlands en het Chinees krijgen." in dutch.text
    )
    assert dutch.all("div", class_="preview-page", lang="en")
