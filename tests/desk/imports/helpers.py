"""Uploading a sheet as a browser does, and what one meets on the way."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from casetracker.review.models import Import
from tests.desk.pages import Page

PAGE = "/desk/imports/"
HEADER = "key,kind,country,locality,summary"
GOOD = f"{HEADER}\na,service_centre,NL,Amsterdam,A shop.\nb,service_centre,NL,Rotterdam,A flat.\n"
# Row 3 has a country that there is not.
WITH_ERROR = f"{HEADER}\na,service_centre,NL,Amsterdam,A shop.\nb,service_centre,Nederlnad,Rotterdam,A flat.\n"
UNKNOWN = f"{HEADER},Colour of the door\na,service_centre,NL,Amsterdam,A shop.,red\n"


def content_of(sheet):
    return sheet if isinstance(sheet, bytes) else sheet.encode()


def upload(browser, sheet, *, kind="station", name="stations.csv", **others):
    """Upload a sheet through the form, and return the page that this leads to."""
    form = browser.open(PAGE).form("/imports/")
    assert kind in form.choices["kind"]
    token = form["csrfmiddlewaretoken"]
    file = SimpleUploadedFile(name, content_of(sheet))
    values = {"csrfmiddlewaretoken": token, "kind": kind, "file": file, **others}
    response = browser.client.post(form.action, values, follow=True)
    assert response.status_code == 200, response.status_code
    return Page(response)


def the_import():
    return Import.objects.get()


def address(one=None, act=""):
    return f"{PAGE}{(one or the_import()).pk}/{f'{act}/' if act else ''}"


def confirm(browser, page, number=0):
    """Press one of the buttons that confirm a plan."""
    return browser.submit(page.acts_named("confirm")[number])


def columns(form):
    """The names of the fields that ask about columns."""
    return sorted(name for name in form.names if name.startswith("column-"))


def statuses(page):
    """What becomes of each row on a page of the plan, from the top."""
    html = page.response.content.decode()
    return re.findall(r'<tr class="row-(\w+)">', html)
