"""The form that takes a file, who may use it, and the list of one's imports."""

import datetime as dt

import pytest
from django.utils import timezone

from casetracker.accounts.roles import Role
from casetracker.review.choices import ImportState
from casetracker.review.models import Import, ImportMapping
from casetracker.review.services import uploads
from casetracker.review.services.uploads import save_mapping
from tests.desk.browser import TOKEN, Browser
from tests.desk.imports.helpers import GOOD, PAGE, UNKNOWN, WITH_ERROR, address, content_of, the_import, upload
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

LISTS = {
    "station": "/desk/stations/station/",
    "response": "/desk/responses/response/",
    "agreement": "/desk/responses/agreement/",
    "claim": "/desk/stations/claim/",
    "source": "/desk/sources/source/",
}


# --- Who may, and how one gets there ------------------------------------------------


@pytest.mark.parametrize("roles", [[Role.OBSERVER], [Role.ADMINISTRATOR]])
def test_only_those_who_log_import(roles, author):
    upload(author, GOOD)
    other = Browser(UserFactory(roles=roles))
    for path in (PAGE, address(), address(act="file")):
        assert other.get(path).status_code == 403
    for path in (PAGE, *(address(act=act) for act in ("answer", "confirm", "again", "cancel"))):
        assert other.send(path).status_code == 403
    assert the_import().state == ImportState.PLANNED
    assert PAGE not in other.open("/desk/").links


def test_strangers_and_people_without_a_role_are_sent_away(client, author):
    upload(author, GOOD)
    for path in (PAGE, address(), address(act="file")):
        assert client.get(path).status_code == 302
        assert Browser(UserFactory()).get(path).status_code in (302, 403)


def test_nobody_sees_the_imports_of_others(author, editor):
    upload(author, GOOD)
    assert [editor.get(path).status_code for path in (address(), address(act="file"))] == [404, 404]
    for act in ("answer", "confirm", "again", "cancel"):
        assert editor.send(address(act=act)).status_code == 404
    assert "stations.csv" not in editor.open(PAGE).text
    assert "stations.csv" in author.open(PAGE).text


@pytest.mark.parametrize(("kind", "path"), LISTS.items())
def test_lists_lead_to_the_import_of_their_kind(author, kind, path):
    assert f"{PAGE}?kind={kind}" in author.open(path).links
    assert author.open(f"{PAGE}?kind={kind}").form("/imports/")["kind"] == kind
    observer = Browser(UserFactory(roles=[Role.OBSERVER]))
    assert not [link for link in observer.open(path).links if link.startswith(PAGE)]


def test_header_and_dashboard_lead_to_the_imports(author):
    assert author.open("/desk/").links.count(PAGE) == 2


# --- What cannot be taken -----------------------------------------------------------


def test_a_form_without_a_file_or_a_kind_is_shown_again(author):
    page = author.submit(author.open(PAGE).form("/imports/"))
    assert page.errors == {"kind": "This field is required.", "file": "Choose a file."}
    page = upload(author, b"")
    assert page.errors == {"file": "The submitted file is empty."}
    assert not Import.objects.exists()


@pytest.mark.parametrize("kind", ["", "x", "user", "\x00", "9" * 400])
def test_a_kind_that_there_is_not_is_refused(author, kind):
    assert author.send(PAGE, {"kind": kind, "file": "no file"}).status_code == 200
    assert not Import.objects.exists()


def test_a_file_above_the_limit_is_refused(author, monkeypatch):
    monkeypatch.setattr("casetracker.desk.imports.forms.LARGEST", 2**20)
    page = upload(author, "a" * (2**20 + 1))
    assert page.errors == {"file": "The file is larger than 1 MB. Split it into several files."}
    assert not Import.objects.exists()


class Unread:
    """A body that nobody may read."""

    def read(self, *_args):
        raise AssertionError("it was read")

    readline = readlines = __iter__ = read


def test_a_body_far_above_the_limit_is_not_even_read(author):
    author.client.cookies["csrftoken"] = TOKEN
    path = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "REQUEST_METHOD": "POST", "PATH_INFO": PAGE}
    length = uploads.LARGEST + 100_000
    response = author.client.request(**path, **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(length)})
    assert response.status_code == 413
    assert "larger than 20.0\xa0MB" in response.text
    assert not Import.objects.exists()


@pytest.mark.parametrize("length", ["", "x", "-1", "²", "9" * 30])
def test_a_length_that_is_none_breaks_nothing(author, length):
    path = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "REQUEST_METHOD": "POST", "PATH_INFO": PAGE}
    response = author.client.request(**path, CONTENT_LENGTH=length)
    assert response.status_code == (413 if length.isascii() and length.isdigit() else 403)


def test_a_file_is_kept_in_memory_and_its_form_is_protected(author, settings):
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"  # A file on a disk would fail here.
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    assert "This would happen" in upload(author, GOOD).text
    assert author.client.post(PAGE, {"kind": "station"}).status_code == 403


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.csv", "<script>.csv", "x" * 300, "福州.csv", ".csv"])
def test_any_name_of_a_file_will_do(author, name):
    page = upload(author, WITH_ERROR, name=name)
    assert "This would happen" in page.text
    assert "<script>.csv" not in page.response.content.decode()
    response = author.get(address(act="file"))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_what_is_stored_is_what_was_sent(author):
    upload(author, GOOD)
    assert bytes(the_import().content) == content_of(GOOD)
    assert the_import().person == author.person


# --- Saved mappings -----------------------------------------------------------------


def test_a_saved_mapping_can_be_chosen(author, team):
    mapping = save_mapping("The police list", "station", {"Colour of the door": "ignore"}, by=team.editor)
    page = upload(author, UNKNOWN, mapping=mapping.pk)
    assert the_import().state == ImportState.PLANNED
    assert "Change what the columns mean" in page.text


@pytest.mark.parametrize("junk", ["x", "9" * 30, "-1", "\x00"])
def test_a_mapping_that_there_is_not_is_refused(author, team, junk):
    save_mapping("The police list", "station", {"Colour": "ignore"}, by=team.editor)
    assert "mapping" in upload(author, GOOD, mapping=junk).errors
    assert not Import.objects.exists()


def test_a_mapping_for_rows_of_another_kind_is_refused(author, team):
    mapping = save_mapping("The police list", "claim", {"Colour": "ignore"}, by=team.editor)
    page = upload(author, GOOD, mapping=mapping.pk)
    assert page.errors == {"mapping": "This was saved for rows of another kind. Choose one for the kind above."}


def test_without_saved_mappings_none_is_offered(author):
    assert not ImportMapping.objects.exists()
    assert "mapping" not in author.open(PAGE).form("/imports/").names


# --- The list -----------------------------------------------------------------------


def test_the_list_says_how_each_import_stands(author):
    assert "None yet." in author.open(PAGE).text
    upload(author, WITH_ERROR, name="one.csv")
    upload(author, UNKNOWN, name="two.csv")
    upload(author, b"\x00\x01", name="three.csv")
    Import.objects.filter(file_name="one.csv").update(created_at=timezone.now() - dt.timedelta(days=3))
    text = author.open(PAGE).text
    assert "one.csv planned station 1 error, 1 new 3 days ago" in text.replace("\xa0", " ")
    assert "two.csv a question is open station" in text
    assert "three.csv cannot be read station" in text


def test_the_list_comes_in_pages_whatever_the_number(author):
    for number in range(21):
        Import.objects.create(person=author.person, sheet_kind="station", file_name=f"{number}.csv", digest="0")
    assert len([link for link in author.open(PAGE).links if link.count("/") == 4 and link.startswith(PAGE)]) == 20
    for junk in ("2", "99", "x", "-1", "\x00", "9" * 400):
        assert author.get(PAGE, {"page": junk}).status_code == 200


def test_a_page_that_leads_nowhere_is_not_found(author):
    unknown = "2b1c2f0e-0000-4000-8000-000000000000"
    assert author.get(f"{PAGE}{unknown}/").status_code == 404
    assert author.get(f"{PAGE}x/").status_code == 404
    assert author.send(f"{PAGE}{unknown}/cancel/").status_code == 404
    upload(author, GOOD)
    assert author.send(address(act="nonsense")).status_code == 404
    assert author.get(address(act="confirm")).status_code == 405
