"""Whoever is not cleared learns nothing of confidential sources: no page, no count, no trace in a file or a log."""

import logging
import re

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from casetracker.accounts.roles import Role
from casetracker.desk.queues import boxes_for
from casetracker.review import services
from casetracker.review.kinds import all_kinds
from casetracker.review.models import ConfidentialCitation
from tests.architecture.routes import STAFF, classify, routes
from tests.desk.browser import Browser, address
from tests.factories.confidential import check_in_confidence, cite_in_confidence, make_cleared, make_confidential_source
from tests.factories.records import bring_to, citation, edit_draft, fresh, make_people, make_source, make_station
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SECRETS = (
    "Anna Verborgen",
    "A baker of Prato",
    "+39 055 5551234",
    "blue coat",
    "Lists in the back room",
    "Very urgent",
)
NOBODY = "00000000-0000-4000-8000-000000000000"
UNCLEARED = ([Role.RESEARCHER], [Role.EDITOR], [Role.OBSERVER], [Role.ADMINISTRATOR], [Role.OBSERVER, Role.CLEARED], [])


def cite(record, by):
    source = make_confidential_source(
        by=by, title=SECRETS[0], role=SECRETS[1], contact=SECRETS[2], notes=SECRETS[3], place=""
    )
    return cite_in_confidence(record, by=by, source=source, text=SECRETS[4], notes=SECRETS[5])


@pytest.fixture
def cleared():
    return make_cleared(name="Cleo Cleared")


@pytest.fixture
def cited(cleared):
    """A confidential citation in a submitted record, opened and checked by another cleared colleague."""
    cited = cite(make_station(by=cleared, locality="Utrecht"), cleared)
    bring_to(cited.record, "submitted", author=cleared)
    check_in_confidence(cited, by=make_cleared(), comment="Anna Verborgen is right.")
    return cited


def own_addresses(key):
    """The address of every page of confidential sources."""
    own = [route for route in routes() if classify(route) == STAFF and "confidential" in route.path]
    assert len(own) == 9
    paths = [re.sub(r"<\w+:name>", "open", route.path) for route in own]
    return [f"/{re.sub(r'<[^>]+>', str(key), path)}" for path in paths]


def traces(text, cited):
    known = (*SECRETS, cited.source.label, str(cited.pk), str(cited.source_id), cited.sealed[:40], cited.seal)
    return [trace for trace in known if trace in text]


@pytest.mark.parametrize("roles", UNCLEARED, ids=str)
def test_the_pages_are_not_there(roles, cited):
    browser = Browser(UserFactory(roles=roles))
    for key in (cited.pk, cited.source_id, cited.record_id, NOBODY):
        for path in own_addresses(key):
            for response in (browser.get(path), browser.send(path, {"reason": "check"})):
                assert response.status_code in ((404,) if {*roles} - {Role.CLEARED} else (302,)), path
                assert traces(response.content.decode(), cited) == []


def test_a_superuser_without_the_role_finds_nothing(cited, superuser):
    browser = Browser(superuser)
    assert {browser.get(path).status_code for path in own_addresses(cited.pk)} == {404}


@pytest.mark.parametrize("roles", [[Role.RESEARCHER], [Role.EDITOR], [Role.OBSERVER]], ids=str)
def test_no_other_page_has_a_trace_of_it(roles, cited):
    browser = Browser(UserFactory(roles=roles))
    record = cited.record
    paths = [address(record), address(record, "history"), reverse("admin:record_review", args=[record.pk])]
    paths += [reverse("admin:record_file", args=[record.pk]), "/desk/", "/desk/notices/", "/desk/releases/"]
    paths += [reverse("admin:queue", args=[box.name]) for box in boxes_for(browser.person)]
    paths += [f"/desk/stations/station/?q={word}" for word in ("Verborgen", cited.source.label, "back+room")]
    paths += [f"/desk/sources/source/?q={word}" for word in ("Verborgen", cited.source.label)]
    paths += [f"/desk/autocomplete/?app_label=review&model_name=citation&field_name=source&term={SECRETS[0]}"]
    for path in paths:
        text = browser.get(path).content.decode()
        assert traces(text.replace("q=back+room", ""), cited) == [path.rpartition("=")[2]] * ("=Q-" in path), path
        assert "onfidential" not in text, path


def test_each_list_that_is_taken_out_is_without_it(cited):
    browser = Browser(UserFactory(roles=[Role.EDITOR]))
    names = [kind.name for kind in all_kinds()] + ["source", "citation"]
    for name in names:
        page = browser.get(reverse("admin:list_export", args=[name]))
        if page.status_code == 200:
            sent = {"file_format": "csv", "with_private": "on"}
            answer = browser.send(reverse("admin:list_export_file", args=[name]), sent)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert traces(body.decode(), cited) == [], name


def test_the_case_file_is_without_it(cited):
    browser = Browser(UserFactory(roles=[Role.EDITOR]))
    page = browser.submit(browser.open(reverse("admin:record_file", args=[cited.record_id])).act("file"))
    (link,) = [link for link in page.links if re.search(r"/file/\d+/$", link)]
    text = browser.get(link).content.decode()
    assert "Utrecht" in text
    assert traces(text, cited) == []
    assert "onfidential" not in text


@pytest.fixture
def draft(cleared):
    return make_station(by=cleared, locality="Utrecht", citations=[citation(make_source(by=cleared))])


def twice(act, other):
    """What two acts give that begin with the same database. Nothing of them stays."""
    found = []
    for one in (act, other):
        with transaction.atomic():
            found.append(one())
            transaction.set_rollback(True)
    return found


VARYING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:.+]+Z?|\d\d:\d\d|nonce=\S+|csrf[^>]*value=\S+|(?<=[#\"=])\w+-\d+(?=[#\"])"
)


def test_what_they_see_is_what_saving_a_form_unchanged_leaves(cleared, draft):
    """To the byte, but for moments and random keys."""
    browser = Browser(UserFactory(roles=[Role.EDITOR]))
    pages = [address(draft), address(draft, "history"), reverse("admin:record_review", args=[draft.pk]), "/desk/"]

    def seen():
        return [VARYING.sub("", browser.get(path).content.decode()) for path in pages]

    def unchanged():
        edit_draft(draft, by=cleared)
        return seen()

    def in_confidence():
        cite(draft, cleared)
        return seen()

    without, with_one = twice(unchanged, in_confidence)
    assert len("".join(without)) > 20_000
    assert with_one == without


def test_the_public_answers_are_the_same_to_the_byte(cleared, draft, client):
    people = make_people(author=cleared)

    def published():
        live = bring_to(draft, "live", **vars(people))
        paths = [f"/api/v1/stations/{live.reference}/", "/api/v1/stations/", f"/en/stations/{live.reference}/"]
        paths += ["/en/", "/api/v1/statistics/", "/api/v1/governments/NL/", "/en/governments/NL/", "/api/v1/log/"]
        return [VARYING.sub("", client.get(path).content.decode()) for path in paths]

    def with_one():
        cite(draft, cleared)
        return published()

    def with_several_that_deny():
        for number in range(3):
            cite_in_confidence(fresh(draft), by=cleared, stance="denies", text=f"Not so, says {number}.")
        return published()

    without, some = twice(published, with_one)
    assert len("".join(without)) > 5_000
    assert some == without
    assert twice(with_several_that_deny, published)[0] == without


def test_no_mail_and_no_notice_tells_of_it(cited, cleared):
    colleague = UserFactory(roles=[Role.EDITOR])
    assert colleague.email
    for person in services.people_to_mail() if callable(services.people_to_mail) else ():
        services.send_mail_to(person)
    assert [message for message in mail.outbox if traces(f"{message.subject} {message.body}", cited)] == []


class TestLogs:
    """Nothing is logged, even at the lowest level, and even where the program fails."""

    @pytest.fixture
    def everything(self, caplog):
        caplog.set_level(logging.DEBUG)
        for name in ("casetracker", "django", "django.db.backends", "django.request"):
            caplog.set_level(logging.DEBUG, logger=name)
        return caplog

    def test_an_ordinary_day(self, everything, cleared, settings):
        settings.DEBUG = True  # Then Django logs each statement with its values.
        browser = Browser(cleared)
        parts = dict(zip(("title", "role", "contact", "notes"), SECRETS, strict=False))
        add = "/desk/confidential/add/"
        assert browser.submit(browser.open(add).form().fill(**parts | {"title": ""})).errors
        browser.submit(browser.open(add).form().fill(**parts))
        record = make_station(by=cleared)
        page = browser.open(reverse("admin:record_confidential", args=[record.pk]))
        source = sorted(page.form().choices["source"])[-1]
        browser.submit(page.form().fill(source=source, statement=SECRETS[4], notes=SECRETS[5]))
        cited = ConfidentialCitation.objects.get()
        path = reverse("admin:confidential_citation", args=[cited.pk])
        page = browser.submit(browser.open(path).act("open").fill(reason="write"))
        assert SECRETS[4] in page.text
        path = reverse("admin:confidential_source", args=[source])
        assert SECRETS[2] in browser.submit(browser.open(path).act("open").fill(reason="write")).text
        assert len(everything.records) > 10
        assert [secret for secret in SECRETS if secret in everything.text] == []

    @pytest.mark.parametrize("debug", [False, True])
    @pytest.mark.parametrize("at", ["casetracker.review.services.confidential_sources.note", "template"])
    def test_a_fault_of_the_program(self, everything, cleared, settings, monkeypatch, debug, at):
        settings.DEBUG = debug
        browser = Browser(cleared)
        browser.client.raise_request_exception = False
        if at == "template":
            source = make_confidential_source(by=cleared, title=SECRETS[0], notes=SECRETS[3])
            monkeypatch.setattr("casetracker.desk.confidential.sources._LATEST", "broken")
            path, sent = reverse("admin:confidential_open", args=[source.pk]), {"reason": "write"}
        else:
            monkeypatch.setattr(at, broken)
            path, sent = "/desk/confidential/add/", {"title": SECRETS[0], "notes": SECRETS[3]}
        response = browser.send(path, sent)
        assert response.status_code == 500
        assert "Internal Server Error" in everything.text
        shown = everything.text + response.content.decode()
        assert [secret for secret in SECRETS if secret in shown] == []


def broken(*_args, **_kwargs):
    raise RuntimeError("broken on purpose")


def test_who_is_not_cleared_can_bring_it_to_publication_without_learning_of_it(cited):
    people = [Browser(UserFactory(roles=[role])) for role in (Role.RESEARCHER, Role.EDITOR)]
    record = bring_to(
        fresh(cited.record), "live", start="submitted", reviewer=people[0].person, editor=people[1].person
    )
    assert record.public_status == "live"
