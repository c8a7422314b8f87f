"""Loading a few rows: what goes out, what stays, and that it happens once or not at all."""

import pytest

from casetracker.accounts.models import User
from casetracker.accounts.roles import Role, roles_of
from casetracker.demo import loader, team
from casetracker.demo.loader import load_reference_data
from casetracker.publication.models import LogEntry
from casetracker.review.choices import PublicStatus, State
from casetracker.review.models import Decision, Record
from casetracker.sources.models import Source

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("few_rows")]


def test_what_the_rules_allow_is_published():
    desk = load_reference_data()
    live = {key for key, record in desk.records.items() if record.public_status == PublicStatus.LIVE}
    assert live == set(desk.records) - {"ua-odesa-1"}
    assert all(desk.records[key].state == State.IDLE for key in live)


def test_what_the_rules_refuse_stays_a_draft_with_the_reason():
    desk = load_reference_data()
    assert desk.records["ua-odesa-1"].state == State.DRAFT
    assert list(desk.refused) == ["ua-odesa-1"]
    assert "forum quote" in desk.refused["ua-odesa-1"]


def test_each_report_is_a_batch_and_so_are_responses_and_claims():
    load_reference_data()
    assert list(LogEntry.objects.values_list("record_kind", "release")) == [
        *[("station", 1)] * 3,
        *[("response", 2)] * 3,
        *[("claim", 3)] * 2,
        ("agreement", None),
    ]


def test_five_people_of_three_roles():
    load_reference_data()
    roles = {user.username: roles_of(user) for user in User.objects.all()}
    cleared = {account.username: {Role.CLEARED} for account in team.ACCOUNTS if account.is_cleared}
    assert set(cleared) == {"researcher1", "researcher2", "editor1"}
    assert roles == {
        account.username: {account.role} | cleared.get(account.username, set()) for account in team.ACCOUNTS
    }
    assert User.objects.get(username="editor2").check_password(team.PASSWORD)


def test_who_writes_does_not_review():
    desk = load_reference_data()
    acts = Decision.objects.filter(record=desk.records["nl-amsterdam-1"]).values_list("action", "person__username")
    assert list(acts) == [
        ("log", "researcher1"),
        ("submit", "researcher1"),
        ("check", "researcher2"),
        ("check", "researcher2"),
        ("verify", "researcher2"),
        ("approve", "editor1"),
        ("publish", "editor1"),
    ]


def test_an_account_that_exists_keeps_its_password(researcher):
    own = User.objects.create_user("editor1", password="an own password", name="Somebody")  # noqa: S106
    load_reference_data()
    own.refresh_from_db()
    assert own.check_password("an own password")
    assert roles_of(User.objects.get(pk=own.pk)) == {Role.EDITOR, Role.CLEARED}


def test_a_guessed_operator_stays_on_the_desk():
    station = load_reference_data().stations["cl-vina-del-mar-1"]
    station.refresh_from_db()
    assert station.operator_jurisdiction == ""
    assert "Operator perhaps Fuzhou (inferred)." in station.notes


def test_the_same_act_is_linked():
    desk = load_reference_data()
    assert desk.responses["nl-2022-11-1"].same_act_as == desk.responses["nl-2022-11-01-1"]


def test_a_count_that_was_superseded_links_to_the_later_one():
    desk = load_reference_data()
    earlier, later = desk.claims["stations-world-1"], desk.claims["stations-world-2"]
    assert (earlier.superseded_by, later.superseded_by) == (later, None)
    assert [desk.records[f"stations-world-{number}"].reference for number in (1, 2)] == ["C-1", "C-2"]
    assert earlier.attribution == ["NRC", "110 Overseas"]


def test_an_embassy_answers_for_its_own_state():
    response = load_reference_data().responses["cn-2022-10-29-1"]
    assert (response.concerns, response.responder) == ("CL", "CN")


def test_loading_twice_changes_nothing():
    load_reference_data()
    before = list(Record.objects.order_by("pk").values()), Decision.objects.count(), Source.objects.count()
    assert load_reference_data() is None
    assert (list(Record.objects.order_by("pk").values()), Decision.objects.count(), Source.objects.count()) == before


def test_an_interruption_leaves_nothing(monkeypatch):
    def interrupt(_desk):
        raise KeyboardInterrupt

    monkeypatch.setattr(loader, "leave_work_unfinished", interrupt)
    with pytest.raises(KeyboardInterrupt):
        load_reference_data()
    for model in (User, Source, Record, Decision, LogEntry):
        assert not model.objects.exists()
