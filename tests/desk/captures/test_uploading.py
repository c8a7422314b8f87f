"""Files that people have of a source: taken in, looked at, handed out."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from casetracker.accounts.roles import Role
from casetracker.sources.models import Capture, CustodyEntry
from casetracker.sources.storage import capture_storage, original_name
from tests.desk.browser import Browser
from tests.factories.captures import make_capture, png
from tests.factories.records import make_source
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def source(team):
    return make_source(by=team.author)


def page_of(source):
    return f"/desk/sources/{source.pk}/captures/"


def upload(browser, source, content, name="page.png", **values):
    values = {"file": SimpleUploadedFile(name, content), **values}
    return browser.send(page_of(source), values)


def the_capture():
    return Capture.objects.get()


def page_of_copy(capture, part=""):
    return f"/desk/captures/{capture.pk}/{part}"


def with_hidden_data():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Wei at home")
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (1, 2, 3)).save(file, "PNG", pnginfo=info)
    return file.getvalue()


def test_a_file_is_kept_as_it_is(author, team, source):
    content = png()
    answer = upload(author, source, content, name="../../etc/door.png", note="Sent by post.")
    capture = the_capture()
    assert answer.url == page_of_copy(capture)
    assert capture.digest == hashlib.sha256(content).hexdigest()
    assert (capture.size, capture.media_type, capture.note) == (len(content), "image/png", "Sent by post.")
    assert (capture.received_by, capture.file_name) == (team.author, "door.png")
    with capture_storage().open(original_name(capture.digest)) as kept:
        assert kept.read() == content
    page = author.open(page_of_copy(capture))
    assert capture.digest in page.text
    assert "received · Ana Author" in page.text


def test_the_page_of_the_source_lists_it(author, source):
    upload(author, source, png())
    for path in (page_of(source), f"/desk/sources/source/{source.pk}/change/"):
        page = author.open(path)
        assert page_of_copy(the_capture()) in page.links
        assert the_capture().digest in page.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("page.png", b"MZ\x90\x00" + b"\0" * 300),
        ("empty.png", b""),
        ("cut.png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_stays(author, source, name, content):
    page = author.read(upload(author, source, content, name=name))
    assert page.errors["file"], page.text
    assert not Capture.objects.exists()
    assert not CustodyEntry.objects.exists()


def test_without_a_file_one_is_asked_for(author, source):
    page = author.read(author.send(page_of(source), {"note": "What I typed."}))
    assert page.errors == {"file": "Choose a file."}
    assert page.form("/captures/")["note"] == "What I typed."


def test_the_same_file_twice_is_said(author, source):
    content = png()
    upload(author, source, content)
    page = author.read(upload(author, source, content))
    assert "This very file is kept with this source since" in page.text
    assert Capture.objects.count() == 1


def test_one_file_may_be_of_two_sources(author, team, source):
    content = png()
    upload(author, source, content)
    upload(author, make_source(by=team.author), content)
    assert Capture.objects.values("digest").distinct().count() == 1
    assert Capture.objects.count() == 2


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("CAPTURE_LARGEST", "The file is larger than"),
        ("CAPTURE_DAILY", "within a day. Go on tomorrow"),
        ("CAPTURE_QUOTA", "The store of copies is full"),
    ],
)
def test_limits_are_told_with_what_to_do(author, source, settings, setting, words):
    setattr(settings, setting, 10)
    page = author.read(upload(author, source, png()))
    assert words in page.text
    assert not Capture.objects.exists()


def test_a_body_beyond_all_limits_is_not_read(author, source, settings):
    answer = author.client.post(
        page_of(source), b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**12)
    )
    assert answer.status_code == 413
    assert "larger than 50.0\xa0MB" in answer.text


# --- Handing out ------------------------------------------------------------------


def test_the_original_comes_back_bit_by_bit_and_that_is_noted(reviewer, team, source):
    content = with_hidden_data()
    capture = make_capture(source, content=content)
    answer = reviewer.submit_raw(reviewer.open(page_of_copy(capture)).form("/original/"))
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Disposition"] == f'attachment; filename="original-{capture.digest[:12]}.png"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert list(capture.custody.values_list("act", "person__name")) == [
        ("received", "Ana Author"),
        ("opened", "Rosa Reviewer"),
        ("exported", "Rosa Reviewer"),
    ]


def test_observers_see_the_picture_and_not_the_original(observer, source):
    capture = make_capture(source, content=with_hidden_data(), name="wei.png")
    browser = Browser(observer)
    page = browser.open(page_of_copy(capture))
    assert page_of_copy(capture, "original/") not in [form.action for form in page.posts]
    pages = [page, browser.open(page_of(source)), browser.open(f"/desk/sources/source/{source.pk}/change/")]
    assert [one for one in pages if "Wei" in one.text or "wei.png" in one.text] == []
    assert browser.send(page_of_copy(capture, "original/")).status_code == 403
    assert browser.send(page_of(source), {"file": SimpleUploadedFile("a.png", png())}).status_code in (200, 403)
    assert Capture.objects.count() == 1
    assert not capture.custody.filter(act="exported").exists()
    shown = browser.get(page_of_copy(capture, "preview/"))
    assert (shown.status_code, bool(b"".join(shown.streaming_content))) == (200, True)


def test_researchers_are_shown_what_the_original_betrays(author, source):
    capture = make_capture(source, content=with_hidden_data())
    assert "Wei at home" in author.open(page_of_copy(capture)).text


def test_what_is_shown_was_made_anew(author, source):
    content = with_hidden_data()
    capture = make_capture(source, content=content)
    for purpose, most in (("preview", 1600), ("thumbnail", 320)):
        answer = author.get(page_of_copy(capture, f"{purpose}/"))
        shown = b"".join(answer.streaming_content)
        assert b"Wei" not in shown
        assert b"Wei" in content
        assert max(Image.open(io.BytesIO(shown)).size) <= most
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("roles", [[Role.ADMINISTRATOR], []])
def test_who_may_not_read_the_desk_gets_nothing(source, roles, client):
    capture = make_capture(source)
    browser = Browser(UserFactory(roles=roles))
    for path in (page_of(source), page_of_copy(capture), page_of_copy(capture, "preview/")):
        assert browser.get(path).status_code in (302, 403)
        assert client.get(path).status_code == 302
    for part in ("original/", "copy/"):
        assert browser.send(page_of_copy(capture, part)).status_code in (302, 403)
    assert capture.custody.count() == 1


def test_what_is_not_there_is_not_found(author, source):
    nothing = "/desk/captures/7c0c908e-94e0-4281-a607-022dcd24b3fa/"
    capture = make_capture(source)
    for path in (nothing, f"{nothing}preview/", page_of_copy(capture, "public/"), page_of_copy(capture, "nonsense/")):
        assert author.get(path).status_code == 404
    for path in (f"{nothing}original/", f"{nothing}copy/"):
        assert author.send(path).status_code == 404
    assert author.get("/desk/sources/7c0c908e-94e0-4281-a607-022dcd24b3fa/captures/").status_code == 404


def test_a_file_that_is_missing_is_said(author, source):
    capture = make_capture(source)
    capture_storage().delete(original_name(capture.digest))
    page = author.read(author.client.get(author.send(page_of_copy(capture, "original/")).url))
    assert "The file is missing, or is not what came in." in page.text
    assert [entry.act for entry in capture.custody.all()] == ["received", "found_missing", "opened"]


def test_looking_often_is_one_entry_an_hour(author, source):
    capture = make_capture(source)
    for _time in range(3):
        author.open(page_of_copy(capture))
    assert capture.custody.filter(act="opened").count() == 1
