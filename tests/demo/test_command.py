"""The command that ./run demo calls."""

import pytest
from django.core.management import CommandError, call_command

from casetracker.accounts.models import User
from casetracker.demo import team
from casetracker.review.models import Record

pytestmark = pytest.mark.django_db


def test_only_the_demonstration_is_filled(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="password is public"):
        call_command("load_demo")
    assert not Record.objects.exists()


@pytest.mark.usefixtures("few_rows")
def test_it_says_what_it_did_and_who_can_sign_in(settings, capsys):
    settings.DEMO = True
    call_command("load_demo")
    said = capsys.readouterr().out
    assert "3 stations, 3 responses, 2 claims and 1 agreements published" in said
    assert "not published: Odesa, Ukraine (ua-odesa-1). A forum quote" in said
    assert team.PASSWORD in said
    for account in team.ACCOUNTS:
        assert account.username in said

    call_command("load_demo")
    said = capsys.readouterr().out
    assert "not loaded again" in said
    assert "researcher1" in said


def test_a_real_site_is_left_alone(settings, other_researcher):
    settings.DEMO = True
    with pytest.raises(CommandError, match="looks like a real site's"):
        call_command("load_demo")
    assert list(User.objects.all()) == [other_researcher]
    assert not Record.objects.exists()
