"""Every file of the corpus of messy and hostile ones, through the form: each is answered, none is written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casetracker.desk.exchange.tasks import plan_in_background
from casetracker.review.choices import ImportState
from casetracker.review.models import Citation, Import, Record
from casetracker.sources.models import Source
from tests.core.spreadsheets.corpus import CASES
from tests.desk.imports.helpers import PAGE, address, the_import
from tests.desk.pages import Page

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.pages, pytest.mark.django_db]


def upload(browser, content, name):
    """Upload a file without looking at the form before: there are hundreds of them."""
    sent = browser.send(PAGE, {"kind": "station", "file": SimpleUploadedFile(name, content)})
    return browser.open(sent.headers["Location"]) if sent.status_code == 302 else Page(sent)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_a_file_is_answered_and_nothing_is_written(author, case):
    content = case.content()
    page = upload(author, content, name=case.file_name)
    if Import.objects.filter(state=ImportState.WAITING).exists():
        plan_in_background.call(str(the_import().pk))
        page = author.open(address())
    if not Import.objects.exists():
        assert (page.errors == {"file": "The submitted file is empty."}) is (content == b"")
        assert page.errors or page.messages
    elif case.message and not (case.encoding or case.sheet):
        assert the_import().state in (ImportState.REFUSED, ImportState.ASKING)
        assert case.message in page.text
    else:
        # Read, or asked about; its columns are none of ours.
        assert the_import().state in (ImportState.REFUSED, ImportState.ASKING, ImportState.PLANNED)
    assert not any(model.objects.exists() for model in (Record, Source, Citation))
