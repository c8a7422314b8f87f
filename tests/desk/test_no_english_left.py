"""Nothing of the desk is left in English for those who read it in another language.

Every page that links lead to is read in Dutch and in Chinese. What is not data must have come from a catalogue:
in Chinese no word in Latin letters is left, in Dutch no text stands as it does in English.
"""

import re

import pytest

from casetracker.core.desk_languages import Language
from casetracker.places.countries import government_choices
from casetracker.review import services
from tests.desk.browser import Browser
from tests.desk.pages import Page
from tests.desk.words import data_of_imports, data_of_records, words_of
from tests.factories.imports import make_imports
from tests.factories.records import (
    bring_to,
    citation,
    fresh,
    make_agreement,
    make_claim,
    make_people,
    make_response,
    make_source,
    make_station,
)
from tests.factories.releases import make_release, make_scheduled

pytestmark = [pytest.mark.slow, pytest.mark.pages]

# Names, and terms of the trade that every language uses.
NAMES = (
    "casetracker",
    "English",
    "Nederlands",
    "UTC",
    "URL",
    "EDTF",
    "BCP 47",
    "ISO 3166-1",
    "ID",
    "S-1",
    "SHA-256",
    "PDF",
    "manage.py verify_log",
    "CSV UTF-8",
    "CSV",
    "Excel",
    "XLSX",
    ".xlsx",
    "CSL-JSON",
    "CSL JSON",
    "JSON",
    "BibTeX",
    "RIS",
    "Zotero",
    "EndNote",
    "JabRef",
    "WARC",
    "MB",
    "reference",
    "key",
)
SAMPLES = (
    "nl, en-GB",
    "nl、en-GB",
    "zh-Hant",
    "NRC; Safeguard Defenders",
    "S-17",
    "D-3",
)
# The key of a record, as its case file has it.
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Pages that must be among those that are read, each with something on it.
REACHED = (
    r"/notices/",
    r"/releases/",
    r"/releases/[^/]+/",
    r"/duplicates/",
    r"/merge/[^/]+/into/[^/]+/",
    r"/sources/from-address/",
    r"/imports/",
    r"/imports/[^/]+/",
    r"/review/[^/]+/file/",
    r"/stations/station/[^/]+/history/",
    r"/sources/source/[^/]+/history/",
)
# The same word in Dutch as in English.
COGNATES = frozenset(
    {
        "e-mail",
        "status",
        "type",
        "regio",
        "open",
        "Accounts",
        "account",
        "accounts",
        "Account",
        "Filter",
        "periode",
        "context",
        "basis",
        "Excel (XLSX)",
        "BibTeX",
        "RIS (Zotero, EndNote)",
        "CSL-JSON (Zotero)",
        "Website:",
        "Metadata",
        "Software",
        "Computer",
        "Camera",
        "Lens",
    }
    | {"Status", "Status:", "Type", "Basis", "Basis:"}
)


def _is_ours(link):
    return link.startswith("/desk/") and not re.search(r"/(logout|jsi18n|autocomplete)/", link)


def _pages(person):
    """The pages of the desk that a person comes to by links, each with its words; a list once, however filtered."""
    browser, found, waiting = Browser(person), {}, ["/desk/"]
    while waiting:
        path = waiting.pop()
        response = browser.client.get(path)
        if response.status_code != 200 or "html" not in response.headers["Content-Type"]:
            continue
        found[path] = words_of(response)
        for link in Page(response).links:
            link = link.split("#")[0]
            link = link if "queue=" in link else link.split("?")[0]
            if _is_ours(link) and link not in found and link not in waiting:
                waiting.append(link)
    unread = [page for page in REACHED if not any(re.fullmatch("/desk" + page, path) for path in found)]
    assert not unread, f"no link leads to {unread}"
    return found | _case_file(browser, next(path for path in found if path.endswith("/file/")))


def _case_file(browser, path):
    """The file of a record, made in the language of the reader."""
    page = browser.submit(browser.open(path).act("file").fill(with_private_terms=True))
    (link,) = [link for link in page.links if re.search(r"/file/\d+/$", link)]
    return {link: words_of(browser.get(link))}


def _without(data, text):
    for known in data:
        text = text.replace(known, "")
    return _KEY.sub("", text)


def _speak(person, language):
    person.language = language
    person.save()
    return person


@pytest.fixture
def desk(db):
    """Records of every kind, one with something in every part of the review page, and whom they wait for."""
    people = make_people()
    live = bring_to(make_station(by=people.author, locality="Utrecht", summary="Old"), "live", **vars(people))
    services.revise_record(live.pk, by=people.author, lock_version=live.lock_version)
    services.edit_record(
        live.pk,
        services.Edit(
            fields={"summary": "New", "opened": "2020"},
            citations=[
                citation(quote="Een deur", quote_language="nl"),
                citation(make_source(), field="locality", stance="disputes", value_given="Delft", basis="read"),
            ],
        ),
        by=people.author,
        lock_version=fresh(live).lock_version,
    )
    bring_to(live, "submitted", **vars(people))
    make_station(by=people.author, locality="Utrecht")
    make_station(by=people.editor, citations=[], private_terms=[{"kind": "address", "text": "Damrak 1"}])
    bring_to(make_response(by=people.author), "verified", **vars(people))
    bring_to(make_agreement(by=people.author), "approved", **vars(people))
    bring_to(
        make_response(by=people.author, last_known_true="2022-10-27", sets_status="", kind="statement"),
        "live",
        **vars(people),
    )
    returned = bring_to(make_claim(by=people.editor), "submitted")
    services.return_to_author(
        returned.pk, by=people.reviewer, comment="Give the page.", lock_version=fresh(returned).lock_version
    )
    services.comment_on_record(live.pk, text="Look at the date.", by=people.reviewer)
    services.comment_on_record(live.pk, text=f"@{people.editor.username}", by=people.reviewer)
    _take_file(live, people.editor)
    make_imports(people.editor)
    _release_and_merge(people)
    return people


def _take_file(record, person):
    """Make its file once, so that its page has something to list."""
    browser = Browser(person)
    browser.submit(browser.open(f"/desk/review/{record.pk}/file/").act("file"))


def _release_and_merge(people):
    """Releases in several states, a proposed merge, a pair that looks alike, and one that was told apart."""
    make_release(title="Open", by=people.editor)
    make_scheduled(bring_to(make_station(by=people.author, locality="Delft"), "approved", **vars(people)))
    one, other, third = (
        make_station(by=people.author, locality="Breda", operator_jurisdiction="Fuzhou") for _ in range(3)
    )
    services.tell_apart(one.pk, third.pk, by=people.author, reason="Two doors.")
    gone, kept = (make_station(by=people.author, locality="Leiden") for _ in range(2))
    services.propose_merge(
        gone.pk,
        into=kept.pk,
        by=people.author,
        comment="The same door.",
        lock_version=fresh(gone).lock_version,
        target_version=fresh(kept).lock_version,
    )
    services.assign_record(other.pk, to=people.editor, by=people.author, lock_version=fresh(other).lock_version)


def test_no_english_word_is_left_in_chinese(desk):
    data = sorted([*SAMPLES, *NAMES, *data_of_imports(), *data_of_records()], key=len, reverse=True)
    left = {}
    for path, words in _pages(_speak(desk.editor, Language.CHINESE)).items():
        for text in words:
            if re.search(r"[A-Za-z]{2,}", _without(data, text)):
                left.setdefault(text, path)
    assert not left, "\n".join(f"{path}: {text}" for text, path in left.items())


@pytest.mark.long
def test_no_text_stands_as_in_english_in_dutch(desk):
    countries = dict(government_choices("nl")).values()
    data = sorted([*NAMES, *countries, *data_of_imports(), *data_of_records()], key=len, reverse=True)
    english = {text for words in _pages(_speak(desk.editor, Language.ENGLISH)).values() for text in words}
    left = {}
    for path, words in _pages(_speak(desk.editor, Language.DUTCH)).items():
        for text in words:
            if text in english and text not in COGNATES and re.search(r"[a-z]{2,}", _without(data, text)):
                left.setdefault(text, path)
    assert not left, "\n".join(f"{path}: {text}" for text, path in left.items())
