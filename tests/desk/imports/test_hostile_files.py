"""Every file of the corpus of messy and hostile ones, through the form: each is answered, none is written."""

import pytest

from casetracker.desk.exchange.tasks import plan_in_background
from casetracker.review.choices import ImportState
from casetracker.review.models import Citation, Import, Record
from casetracker.sources.models import Source
from tests.core.spreadsheets.corpus import CASES
from tests.desk.imports.helpers import address, the_import, upload

pytestmark = [pytest.mark.slow, pytest.mark.pages, pytest.mark.django_db]


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
