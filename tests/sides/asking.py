"""A process of one side: it starts as the server does, asks itself what it is given, and prints the answers as JSON.

Run by `tests.sides.processes`, with {"paths": […], "sql": […]} on its standard input.
"""

import json
import sys

from django.conf import settings
from django.db import DatabaseError, connections
from django.test import Client

from casetracker.wsgi import application

assert application


def answer_of(client, path):
    response = client.get(path)
    body = b"".join(response) if response.streaming else response.content
    return {"status": response.status_code, "headers": dict(response.headers), "body": body.decode(errors="replace")}


def outcome_of(statement):
    """What the database says to a statement: "done", or its refusal."""
    try:
        with connections[settings.PUBLIC_DB_ALIAS].cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return str(error)
    return "done"


def main():
    asked = json.load(sys.stdin)
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    answers = {path: answer_of(client, path) for path in asked.get("paths", ())}
    outcomes = {statement: outcome_of(statement) for statement in asked.get("sql", ())}
    loaded = sorted(name for name in sys.modules if name.partition(".")[0] in asked.get("packages", ()))
    json.dump({"answers": answers, "outcomes": outcomes, "loaded": loaded, "apps": settings.INSTALLED_APPS}, sys.stdout)


if __name__ == "__main__":
    main()
