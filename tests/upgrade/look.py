"""Go on with an upgrade after `migrate`, and look: is everything still there, and does the editor get in?

Run in the new tree, `python -m tests.upgrade.look FILE`.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from allauth.usersessions.models import UserSession  # noqa: E402 - as all below
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from casetracker.accounts.models import User  # noqa: E402
from tests.accounts.signing import signed_in  # noqa: E402
from tests.upgrade.fill import public  # noqa: E402


def look(before: dict) -> None:
    """Raise `AssertionError` for what is not as it was."""
    after = public()
    assert after["log"] == before["log"]
    assert after["lists"] == before["lists"]
    editor = User.objects.get(username=before["editor"])
    # The code on paper: that of the app could be one that was used within these seconds.
    client = signed_in(editor, code=before["code"], client=Client(SERVER_NAME="localhost"))
    assert UserSession.objects.filter(user=editor).exists()
    assert client.get("/desk/").status_code == 200


if __name__ == "__main__":
    call_command("rebuild_public")
    call_command("verify_log")
    call_command("rebuild_public", check=True)
    call_command("verify_captures", no_progress=True)
    look(json.loads(Path(sys.argv[1]).read_text()))
