"""Puts a few published records into an empty site: `python -m tests.faults.prepare`."""

import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.factories.records import bring_to, make_people, make_source, make_station  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    people = make_people()
    source = make_source(by=people.author)
    for _number in range(20):
        bring_to(make_station(by=people.author, citations=[{"source": source}]), "live", **vars(people))
    print(json.dumps({}))  # noqa: T201
