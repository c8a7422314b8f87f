"""Fill the database of an older release with a little of everything, by the code of that release.

Run in its tree, `python -m tests.upgrade.fill FILE`. What must be the same after the upgrade goes into FILE.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - as all below
from django.test import Client  # noqa: E402

from tests.accounts.signing import give_app  # noqa: E402
from tests.factories.captures import make_capture  # noqa: E402
from tests.factories.records import (  # noqa: E402
    bring_to,
    citation,
    make_agreement,
    make_claim,
    make_people,
    make_response,
    make_source,
    make_station,
    publish_next_version,
)

LOG = "/api/v1/log/"
LISTS = ("/api/v1/stations/", "/api/v1/responses/", "/api/v1/claims/", "/api/v1/agreements/")


def fill() -> dict:
    """Return how the editor signs in, and what the public reads."""
    people = make_people()
    source = make_source(by=people.author)
    make_capture(source)
    station = bring_to(make_station(by=people.author, citations=[citation(source)]), "live", **vars(people))
    publish_next_version(station, people, summary="A second version.")
    bring_to(make_response(by=people.author, stations=[station]), "live", **vars(people))
    for make in (make_claim, make_agreement):
        bring_to(make(by=people.author), "live", **vars(people))
    bring_to(make_station(by=people.author), "retracted", **vars(people))
    for state in ("draft", "submitted", "approved"):
        bring_to(make_station(by=people.author), state, **vars(people))
    secret, code = give_app(people.editor)
    return {"editor": people.editor.username, "secret": secret, "code": code, **public()}


def public() -> dict:
    """Return the log, and the references that each list shows."""
    client = Client(SERVER_NAME="localhost")
    lists = {path: [row["reference"] for row in client.get(path).json()["results"]] for path in LISTS}
    return {"log": client.get(LOG).json()["results"], "lists": lists}


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    Path(sys.argv[1]).write_text(json.dumps(fill()))
