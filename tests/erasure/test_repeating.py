"""A backup from before an erasure holds what was erased. What is restored from it is erased again."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from casetracker.accounts.roles import Role
from casetracker.publication.chain import verify_chain
from casetracker.review import services
from casetracker.review.models import ErasureRequest, PublishedContent
from tests.factories.records import bring_to, fresh, make_people, make_station, publish_next_version
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return make_people(editor=UserFactory(username="edith", roles=[Role.EDITOR]))


@pytest.fixture
def second():
    return UserFactory(username="egon", roles=[Role.EDITOR])


def listed(tmp_path, erased, **changes):
    """A list of one erasure, as it was kept apart."""
    line = {
        "record": str(erased.pk),
        "reference": "S-1",
        "version": 1,
        "ground": "court",
        "note": "A court ordered it.",
        "with_note": False,
        "with_sources": False,
        "asked_by": "edith",
        "carried_out_by": "egon",
        **changes,
    }
    file = tmp_path / "erasures.jsonl"
    file.write_text(json.dumps(line) + "\n")
    return file


def repeat(file, *options):
    out = io.StringIO()
    call_command("repeat_erasures", str(file), *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("state", ["live", "revision", "retracted"])
def test_it_is_erased_again_wherever_the_record_stands(people, second, tmp_path, state):
    record = bring_to(make_station(by=people.author, summary="A door."), state, **vars(people))
    file = listed(tmp_path, record)
    assert repeat(file) == "S-1 version 1: erased again.\n"
    assert PublishedContent.objects.get().content == ""
    assert (fresh(record).state, fresh(record).public_status) == ("idle", "retracted")
    assert list(verify_chain()) == []
    assert repeat(file) == "S-1 version 1: erased already.\n"
    out = io.StringIO()
    call_command("list_erasures", stdout=out)
    assert json.loads(out.getvalue()) == json.loads(file.read_text())
    assert "door" not in out.getvalue()


def test_a_later_version_is_retracted_with_it(people, second, tmp_path):
    record = bring_to(make_station(by=people.author), "live", **vars(people))
    publish_next_version(record, people, summary="Other.")
    repeat(listed(tmp_path, record))
    assert [bool(one.content) for one in PublishedContent.objects.order_by("version")] == [False, True]
    assert fresh(record).public_status == "retracted"


def test_an_open_request_from_before_is_no_obstacle(people, second, tmp_path):
    record = bring_to(make_station(by=people.author), "retracted", **vars(people))
    asked = {"version": 1, "ground": "law", "note": "Asked before.", "lock_version": record.lock_version}
    services.ask_for_erasure(record.pk, by=people.editor, **asked)
    assert "erased again" in repeat(listed(tmp_path, record))
    assert ErasureRequest.objects.get(carried_out_at__isnull=False).note == "A court ordered it."


def test_what_cannot_be_repeated_is_said_with_the_remedy(people, tmp_path):
    record = bring_to(make_station(by=people.author), "retracted", **vars(people))
    with pytest.raises(CommandError, match=r"no active account 'egon'.*--carried-out-by"):
        repeat(listed(tmp_path, record))
    UserFactory(username="eva", roles=[Role.EDITOR])
    assert "erased again" in repeat(listed(tmp_path, record), "--carried-out-by", "eva")
    draft = make_station(by=people.author)
    assert f"LOOK AT ITS DRAFT, record {draft.pk}" in repeat(listed(tmp_path, draft, reference="S-9"))
    absent = listed(tmp_path, record, record="00000000-0000-4000-8000-000000000000", reference="S-9")
    assert repeat(absent) == "S-9 version 1: not in this database.\n"
    (tmp_path / "erasures.jsonl").write_text("{}\n")
    with pytest.raises(CommandError, match="Line 1 is not of a list"):
        repeat(tmp_path / "erasures.jsonl")
