"""Canaries in all that is confidential are in no byte of the database, in no page of the desk and in no log."""

import logging
import re
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from casetracker.accounts.roles import Role
from casetracker.core.sealed_rows import sealed_models
from casetracker.operations.vacuum import vacuum
from casetracker.review import services
from casetracker.review.models import ConfidentialCitation
from tests.canary import birds
from tests.canary.crawl import ask, staff_addresses
from tests.canary.kept import said_in_confidence
from tests.factories.confidential import make_cleared
from tests.factories.records import bring_to, fresh, make_station
from tests.factories.users import UserFactory
from tests.stored_bytes import bytes_of

pytestmark = [pytest.mark.slow, pytest.mark.pages]

STEM = birds.STEM.encode()
OTHERS = (Role.RESEARCHER, Role.OBSERVER, Role.ADMINISTRATOR)


def build():
    """A submitted record and a live one that rest on confidential sources; one citation was replaced."""
    cleared = make_cleared()
    live = said_in_confidence(make_station(by=cleared), is_shown=True)
    bring_to(live.record, "live", start="submitted", author=cleared)
    services.revise_record(live.record_id, by=cleared, lock_version=fresh(live.record).lock_version)
    said = services.Statement(text=birds.text("other words"), notes=birds.text("other notes"))
    services.replace_confidential_citation(live.pk, said=said, by=cleared, lock_version=fresh(live.record).lock_version)
    parts = {"title": birds.text("another name"), "contact": birds.text("another number")}
    services.change_confidential_source(live.source_id, parts=parts, by=cleared, lock_version=1)
    submitted = said_in_confidence(make_station(by=cleared))
    return live, submitted


def everything_stored():
    """All bytes of the database: the files of SQLite, or every row of every table of PostgreSQL as text."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        files = [name, *name.parent.glob(f"{name.name}-*")]
        assert len(files) > 1, "the write-ahead log is a part of it"
        return b"".join(bytes_of(file) for file in files)
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        assert "review_confidentialcitation" in tables
        texts = []
        for table in tables:
            cursor.execute(f"SELECT one::text FROM {table} AS one")
            texts += [row[0] for row in cursor.fetchall()]
    return "\n".join(texts).encode()


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_database_tells_of_it():
    vacuum()  # Tests before this one, in the same database, deleted birds of their own: their bytes stay in its files.
    assert STEM not in everything_stored().lower()
    _live, submitted = build()
    sealed = [model for model in sealed_models() if model.objects.exists()]
    assert len(sealed) == len(sealed_models())
    for row in (row for model in sealed for row in model.objects.all()):
        assert birds.found_in(str(row.unsealed())), "the trap has bait in every row"
    stored = everything_stored()
    assert submitted.sealed.encode() in stored
    assert STEM not in stored.lower()
    assert not [stem for stem in birds._BASE64 if stem.encode() in stored]


@pytest.mark.django_db(transaction=True)
def test_the_trap_snaps_at_what_is_not_sealed():
    make_station(summary=birds.text("a summary"))
    assert STEM in everything_stored()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.EDITOR, *(pytest.param(role, marks=pytest.mark.long) for role in OTHERS)])
def test_no_page_log_or_mail_tells_an_uncleared_colleague(role, caplog):
    caplog.set_level(logging.DEBUG)
    live, submitted = build()
    client = Client()
    client.force_login(UserFactory(roles=[role]))
    client.raise_request_exception = False
    keys = (live.record_id, submitted.record_id, submitted.pk, submitted.source_id)
    labels = set(ConfidentialCitation.objects.values_list("source__label", flat=True))
    found, statuses = {}, set()
    for path in {path for key in keys for path in staff_addresses(key)} - {"/accounts/logout/", "/desk/logout/"}:
        for method in ("GET", "POST"):
            answer = ask(client, method, path)
            statuses.add(answer.status)
            told = birds.found_in(answer.text) + [label for label in labels if label in answer.text]
            if told:
                found[answer.request] = told
    assert found == {}
    assert 200 in statuses
    assert 500 not in statuses
    assert STEM.decode() not in caplog.text.lower()
    assert not re.search(birds.STEM, " ".join(f"{one.subject} {one.body}" for one in mail.outbox), re.IGNORECASE)


@pytest.mark.django_db
def test_no_log_tells_when_cleared_colleagues_work(caplog, settings):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="django.db.backends")
    settings.DEBUG = True  # So that Django logs each statement with its values.
    build()
    assert "INSERT" in caplog.text
    assert STEM.decode() not in caplog.text.lower()
