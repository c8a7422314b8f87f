"""What people read while the database is away or a disk is full, and after they sent too much."""

import contextlib
import errno
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from casetracker.review.models import Record
from casetracker.sources.models import Capture
from casetracker.sources.storage import stored_names
from tests.desk.browser import TOKEN, Browser, address
from tests.desk.pages import Page
from tests.factories.captures import png
from tests.factories.publications import publish_station
from tests.factories.records import make_source, make_station

pytestmark = pytest.mark.django_db


@contextlib.contextmanager
def database_away():
    """Let the database answer nothing, as one that was switched off."""

    def refuse(_execute, _sql, _params, _many, _context):
        raise OperationalError("connection to server failed: secret-host")

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def anyone():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def writer(researcher):
    browser = Browser(researcher)
    browser.client.raise_request_exception = False
    return browser


def send(browser, path, values):
    """Post as the desk's own forms do: those without a file."""
    browser.client.cookies["csrftoken"] = TOKEN
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **values}, doseq=True)
    return browser.client.post(path, body, content_type="application/x-www-form-urlencoded")


def page_of(response, status):
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert "secret-host" not in response.text
    return Page(response)


def test_public_pages_say_that_they_come_back_and_then_do(anyone):
    publish_station(1)
    with database_away():
        response = anyone.get("/nl/stations/S-1/")
        page = page_of(response, 503)
        assert (response.headers["Retry-After"], response.headers["Content-Language"]) == ("30", "nl")
        assert page.posts == []
    assert anyone.get("/nl/stations/S-1/").status_code == 200


def test_the_api_says_so_in_a_problem_document(anyone):
    with database_away():
        response = anyone.get("/api/v1/stations/")
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/problem+json")
    assert (response.headers["Retry-After"], response.json()["status"]) == ("30", 503)
    assert "secret-host" not in response.text
    assert anyone.get("/api/v1/stations/").status_code == 200


def test_what_was_typed_at_the_desk_is_kept_and_can_be_sent_again(writer):
    record = make_station(by=writer.person)
    values = {"lock_version": record.lock_version, "text": "Half an hour\nof typing.", "password": "never-shown"}
    with database_away():
        response = send(writer, address(record, "comment"), values)
    page = page_of(response, 503)
    assert "never-shown" not in response.text
    assert not record.comments.exists()
    writer.client.post(address(record, "comment"), page.posts[0].values)
    assert record.comments.get().text.split() == ["Half", "an", "hour", "of", "typing."]


def test_a_form_from_elsewhere_is_not_offered_again(writer):
    record = make_station(by=writer.person)
    with database_away():
        response = writer.client.post(address(record, "comment"), {"text": "Not mine.", "csrfmiddlewaretoken": TOKEN})
        with_file = writer.send(address(record, "comment"), {"file": SimpleUploadedFile("a.txt", b"x")})
    assert "Not mine." not in response.text
    assert page_of(response, 503).posts == page_of(with_file, 503).posts == []


# --- A disk that is full ----------------------------------------------------------


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the size of a PostgreSQL cannot be bounded from here")
def test_a_database_that_cannot_grow_says_so_and_holds_nothing_half_written(writer):
    record = make_station(by=writer.person)
    values = {"lock_version": record.lock_version, "text": "long " * 20_000}
    with connection.cursor() as cursor:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            page = page_of(send(writer, address(record, "comment"), values), 503)
        finally:
            cursor.execute("PRAGMA max_page_count = 4294967294")
    assert "The disk of this site is full" in page.text
    assert page.posts[0]["text"].strip() == values["text"].strip()
    assert not record.comments.exists()
    assert Record.objects.get(pk=record.pk).decisions.count() == record.decisions.count()
    writer.client.post(address(record, "comment"), page.posts[0].values)
    assert record.comments.count() == 1


def test_a_store_of_copies_that_is_full_says_so_and_keeps_no_half_file(writer, monkeypatch):
    source, before = make_source(by=writer.person), list(stored_names())
    path = f"/desk/sources/{source.pk}/captures/"

    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        page = Page(writer.send(path, {"file": SimpleUploadedFile("door.png", png()), "note": "Sent by post."}))
    assert "The disk on which copies are kept is full" in page.errors["file"]
    assert page.form("/captures/")["note"] == "Sent by post."
    assert not Capture.objects.exists()
    assert list(stored_names()) == before
    writer.send(path, {"file": SimpleUploadedFile("door.png", png())})
    assert Capture.objects.count() == 1


# --- Too much ---------------------------------------------------------------------

BODY = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(10**12)}


@pytest.mark.parametrize("path", ["/accounts/login/", "/desk/sources/source/add/"])
def test_a_body_that_nobody_takes_is_not_read(anyone, path):
    anyone.cookies["csrftoken"] = TOKEN
    response = anyone.post(path, b"--x", headers={"x-csrftoken": TOKEN}, **BODY)
    assert "larger than 2.5 MB" in page_of(response, 413).text


class Unread:
    """A body that nobody may read: who sends it may take for ever."""

    def read(self, *_args):
        raise AssertionError("it was read")

    readline = readlines = __iter__ = read


@pytest.mark.parametrize("path", ["/en/", "/en/search/", "/api/v1/stations/"])
def test_the_public_side_reads_no_body_at_all(path):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = TOKEN
    asked = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "CONTENT_TYPE": "application/x-www-form-urlencoded"}
    response = client.request(**asked, **{"wsgi.input": Unread(), "CONTENT_LENGTH": "10"})
    assert response.status_code == 405
    asked["CONTENT_LENGTH"] = str(10**12)
    response = client.request(**asked, **{"wsgi.input": Unread()})
    assert response.status_code == 413
    assert response.headers["Content-Type"].startswith("application/problem+json" if "api" in path else "text/html")


@pytest.mark.parametrize("values", [{"text": "x" * 2_700_000}, {f"field-{n}": "x" for n in range(5_001)}])
def test_a_form_that_is_too_large_is_refused_with_what_to_do(writer, values):
    record = make_station(by=writer.person)
    response = send(writer, address(record, "comment"), values)
    assert "Go back, and send it in several parts." in page_of(response, 413).text
    assert not record.comments.exists()
