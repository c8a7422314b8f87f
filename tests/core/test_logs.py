"""The server's log tells what happened and where, and nothing of people and records."""

import json
import logging

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from casetracker.core.logs import JsonFormatter
from casetracker.public.pages.views.home import Home

CANARY = "kanarienvogel"
ADDRESS = "203.0.113.77"


@pytest.fixture
def lines():
    """What is written while a test runs, as lines."""
    written, handler = [], logging.Handler()
    handler.setFormatter(JsonFormatter())
    handler.emit = lambda record: written.append(handler.format(record))
    names = ("", "django", "django.request", "casetracker.requests", "casetracker.review", "another.package")
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger.level, logger.propagate, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.INFO)
        logger.propagate, logger.disabled = True, False  # Whatever another test has switched off.
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    for logger, (level, propagate, disabled) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.propagate, logger.disabled = propagate, disabled


def parsed(lines):
    return [json.loads(line) for line in lines]


def never_told(lines):
    text = "\n".join(lines)
    assert lines
    assert CANARY not in text
    assert ADDRESS not in text


@pytest.mark.django_db
def test_a_failure_is_told_by_its_kind_and_place_alone(lines, monkeypatch):
    def fail(*_args, **_kwargs):
        try:
            raise ValueError(f"first {CANARY}")
        except ValueError as error:
            raise RuntimeError(CANARY) from error

    monkeypatch.setattr(Home, "get", fail)
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    client.get(f"/en/?q={CANARY}", headers={"user-agent": CANARY, "cookie": f"a={CANARY}", "referer": CANARY})
    never_told(lines)
    failure, answered = [line for line in parsed(lines) if "status" in line]
    assert [error["kind"] for error in failure["errors"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert failure["errors"][0]["places"][-1].startswith("tests/core/test_logs.py:")
    assert (failure["logger"], failure["level"], failure["status"]) == ("django.request", "ERROR", 500)
    assert (answered["view"], answered["method"], answered["status"]) == ("home", "GET", 500)
    assert failure["request"] == answered["request"]


@pytest.mark.django_db
def test_forms_names_and_addresses_are_not_told(lines, researcher):
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    form = {"login": CANARY, "password": CANARY}
    for _time in range(6):  # until it is locked out
        client.post("/accounts/login/", form)
    Client(enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS).post(f"/accounts/login/?next={CANARY}", form)
    client.get(f"/en/{CANARY}/")
    client.get(f"/api/v1/stations/?{CANARY}={CANARY}")
    client.get("/", headers={"host": f"{CANARY}.example"})
    client.generic(CANARY.upper(), "/")
    client.force_login(researcher)
    client.get(f"/desk/stations/station/?q={CANARY}")
    client.post("/desk/stations/station/add/", {"locality": CANARY})
    never_told(lines)
    assert {400, 403, 404, 405} <= {line.get("status") for line in parsed(lines)}


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_told(lines):
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"SELECT {CANARY}")
    try:
        raise DatabaseError(f"Key (email)=({CANARY}) already exists.")
    except DatabaseError:
        logging.getLogger("another.package").exception("%s could not be saved", CANARY)
    never_told(lines)
    assert parsed(lines)[-1]["errors"][0]["kind"] == "django.db.utils.DatabaseError"


def test_our_own_sentences_are_told(lines):
    logging.getLogger("casetracker.review").error("A release could not be published: %s", "KeyError at x.py:3")
    (line,) = parsed(lines)
    assert line["message"] == "A release could not be published: KeyError at x.py:3"


@pytest.mark.parametrize(("proxies", "taken"), [(1, True), (0, False)])
def test_the_number_of_our_own_proxy_is_taken_and_no_others(lines, settings, proxies, taken):
    settings.TRUSTED_PROXIES = proxies
    number = "0123456789abcdef" * 2
    Client().get("/", headers={"x-request-id": number})
    Client().get("/", headers={"x-request-id": f"{CANARY}\n"})
    first, second = (line for line in parsed(lines) if line["logger"] == "casetracker.requests")
    assert (first["request"] == number) is taken
    never_told(lines)
    assert len(second["request"]) == 32


def test_the_answer_does_not_bear_the_number():
    assert not [name for name in Client().get("/").headers if "request" in name.lower()]
