"""A second factor was lost: two people take it away."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.db import IntegrityError, transaction
from django.utils import timezone

from casetracker.accounts.models import AccountEvent, FactorRecovery
from tests.accounts.signing import code_for, give_app, signed_in

pytestmark = pytest.mark.django_db

PAGE = "/desk/accounts/user/recoveries/"


@pytest.fixture
def proposed(client, administrator, researcher):
    """A proposal by an administrator, for a researcher who is still signed in somewhere."""
    secret, _paper = give_app(researcher)
    there = signed_in(researcher, code=code_for(secret), client=type(client)())
    client.force_login(administrator)
    page = client.post(f"/desk/accounts/user/{researcher.pk}/sign-ins/lost/", {"reason": "She called me."}, follow=True)
    assert "Proposed." in page.text
    return FactorRecovery.objects.get(), there


def test_two_people_take_it_away(client, proposed, researcher, editor):
    recovery, there = proposed
    assert "Somebody else must agree" in client.get(PAGE).text
    assert "must agree" in client.post(f"{PAGE}{recovery.pk}/agree/", follow=True).text
    assert Authenticator.objects.filter(user=researcher).exists()
    client.force_login(editor)
    assert PAGE in client.get("/desk/").text
    assert "She called me." in client.get(PAGE).text
    assert "Taken away" in client.post(f"{PAGE}{recovery.pk}/agree/", follow=True).text
    assert not Authenticator.objects.filter(user=researcher).exists()
    assert get_user(there).is_anonymous
    assert get_user(signed_in(researcher)) == researcher
    kinds = [event.kind for event in AccountEvent.objects.of(researcher)]
    assert kinds[1:4] == ["recovered", "ended", "recovery_proposed"]
    assert "closed, or older" in client.post(f"{PAGE}{recovery.pk}/agree/", follow=True).text


def test_the_one_concerned_has_no_say(client, proposed, researcher, administrator):
    recovery, there = proposed
    assert there.post(f"{PAGE}{recovery.pk}/agree/").status_code == 403
    give_app(administrator)
    own = client.post(f"/desk/accounts/user/{administrator.pk}/sign-ins/lost/", {"reason": "me"}, follow=True)
    assert "Ask a colleague" in own.text
    assert FactorRecovery.objects.count() == 1


def test_either_drops_it_and_it_can_be_proposed_again(client, proposed, researcher, editor):
    recovery, _there = proposed
    again = client.post(f"/desk/accounts/user/{researcher.pk}/sign-ins/lost/", {"reason": "x"}, follow=True)
    assert "proposed already" in again.text
    client.force_login(editor)
    assert "Dropped" in client.post(f"{PAGE}{recovery.pk}/drop/", follow=True).text
    assert Authenticator.objects.filter(user=researcher).exists()
    assert "dropped by" in client.get(PAGE).text


def test_it_lapses_after_a_day(client, proposed, researcher, administrator, editor):
    recovery, _there = proposed
    FactorRecovery.objects.update(proposed_at=timezone.now() - dt.timedelta(days=1, minutes=1))
    client.force_login(editor)
    assert "closed, or older" in client.post(f"{PAGE}{recovery.pk}/agree/", follow=True).text
    assert Authenticator.objects.filter(user=researcher).exists()
    client.force_login(administrator)
    client.post(f"/desk/accounts/user/{researcher.pk}/sign-ins/lost/", {"reason": "again"})
    assert FactorRecovery.objects.waiting().get().reason == "again"


def test_a_reason_is_asked_for(client, administrator, researcher):
    give_app(researcher)
    client.force_login(administrator)
    page = client.post(f"/desk/accounts/user/{researcher.pk}/sign-ins/lost/", {"reason": " "})
    assert "required" in page.text
    assert not FactorRecovery.objects.exists()


def test_the_database_knows_that_it_takes_two(administrator, researcher):
    fields = {"person": researcher, "proposed_by": administrator, "closed_at": timezone.now(), "is_agreed": True}
    for closed_by in (administrator, researcher):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorRecovery.objects.create(closed_by=closed_by, **fields)
