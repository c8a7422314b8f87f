"""No text of ours is left in English on the Dutch and the Chinese pages.

What is not data must have come from a catalogue: in Chinese no word in Latin letters is left, in Dutch no text stands
as it does in English. Elements that name their own language are left out: they hold the words of records.
"""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import cache

from casetracker.places.countries import government_choices
from casetracker.public.models import RECORD_DOCUMENTS, SourceDocument
from tests.desk.words import words_of
from tests.public.pages.test_markup import PAGES, publish_everything

# Names, and words that are the same everywhere.
NAMES = (
    *("casetracker", "Safeguard Defenders", "NRC", "English", "Nederlands", "UTC", "JSON", "CSV", "SHA-256"),
    *(
        "Zotero",
        "APA",
        "Chicago",
        "BibTeX",
        "RIS",
        "CSL-JSON",
        "GeoJSON",
        "NDJSON",
        "Atom",
        "Data Package",
        "CC-BY-4.0",
        "KB",
        "MB",
    ),
    *("Equal Earth", "Natural Earth", "Cookie", "Ed25519", "XX", "amsterdam", "xxx"),
    *("python3", "Python", "verify_log.py", "http://testserver", "/api/v1/log/", "/api/v1/", "--noted"),
)
# The same word in Dutch as in English.
COGNATES = frozenset({"Status", "Type", "Feeds", "Download", "Status:", "Type:", "Memorandum", "Details", "Code", "in"})
# What documents say in English for programs: pages must say it in their own language.
_TOLD = re.compile(r"_(label|name)$|^(reason|quantity|speaker|links|sets_status_label)$")
CHECK_SUM = re.compile("[0-9a-f]{16,64}…?")
FEW = ("/en/", "/en/stations/S-1/", "/en/governments/NL/", "/en/stations/S-2/", "/en/stations/?country=XX")
OTHERS = tuple(path for path in PAGES if path not in FEW)


@pytest.fixture
def record(db):
    """Records of every kind, with all that pages show of them."""
    cache.clear()
    publish_everything()
    yield
    cache.clear()


def data():
    """The words of records and sources, from the longest."""
    models = {*RECORD_DOCUMENTS.values(), SourceDocument}
    found = {text for model in models for row in model.objects.all() for text in _texts(row.content)}
    return sorted({*found, *NAMES}, key=len, reverse=True)


def _texts(content, name=""):
    if _TOLD.search(name):
        return
    if isinstance(content, str):
        # A code must not hide the English word that it looks like.
        yield from [] if re.fullmatch("[a-z_]*", content) else [content]
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _texts(value, key)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value, name)


def without(words, text):
    for known in words:
        text = text.replace(known, "")
    return CHECK_SUM.sub("", text)


def asked_in(path):
    """What a reader typed: the page says it again."""
    words = [word for _name, word in parse_qsl(urlsplit(path).query)]
    return [word for word in words if not re.fullmatch("[A-Z-]*", word)]


def read(client, path, language):
    response = client.get(path.replace("/en/", f"/{language}/", 1))
    assert response.headers["Content-Language"] == language
    return [text.removesuffix(" – casetracker") for text in words_of(response)]


@pytest.mark.parametrize("paths", [FEW, pytest.param(OTHERS, marks=pytest.mark.slow)], ids=["few", "others"])
def test_no_text_of_ours_is_left_in_english(client, record, paths):
    texts, dutch_names = data(), dict(government_choices("nl")).values()
    for path in paths:
        known = sorted([*texts, *asked_in(path)], key=len, reverse=True)
        in_chinese = [text for text in read(client, path, "zh-hans") if re.search("[A-Za-z]{2,}", without(known, text))]
        assert (path, in_chinese) == (path, [])
        english = set(read(client, path, "en")) - COGNATES
        known = sorted([*known, *dutch_names], key=len, reverse=True)
        same = [text for text in read(client, path, "nl") if text in english]
        assert (path, [text for text in same if re.search("[a-z]{2,}", without(known, text))]) == (path, [])
