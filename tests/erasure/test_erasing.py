"""Two editors destroy the content of a withdrawn version: everywhere, and the log still verifies."""

import io

import pytest
from django.core.management import call_command

from casetracker.publication.chain import verify_chain
from casetracker.review import services
from tests.factories.records import MAKERS, bring_to, fresh, make_editor, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people()


def ask(record, *, by, version=1, **values):
    record = fresh(record)
    values = {"ground": "data_protection", "note": "A right to erasure was exercised.", **values}
    return services.ask_for_erasure(record.pk, version=version, by=by, lock_version=record.lock_version, **values)


def erase(record, *, by, version=1, **values):
    request = ask(record, by=by, version=version, **values)
    return services.erase_version(request.pk, by=make_editor(), lock_version=fresh(record).lock_version)


@pytest.mark.parametrize("kind", MAKERS)
def test_x(kind, people):
    record = bring_to(MAKERS[kind](by=people.author), "retracted", **vars(people))
    erase(record, by=people.editor)
    assert list(verify_chain()) == []
    call_command("rebuild_public", check=True, stdout=io.StringIO())
    record = fresh(record)
    services.revise_record(record.pk, by=people.author, lock_version=record.lock_version)
    record = fresh(record)
    services.abandon_revision(record.pk, by=people.author, lock_version=record.lock_version)
