"""What all tests share: people of each role, and the append-only triggers out of the way of a flush."""

import gc
from collections import Counter
from pathlib import Path

import hypothesis
import pytest
from allauth.usersessions.models import UserSession
from django.test import Client, TransactionTestCase
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from casetracker.accounts.roles import Role
from casetracker.core.append_only import drop_triggers
from tests.factories.users import UserFactory

# No deadline: how long one example takes says more about a busy machine than about the code.
hypothesis.settings.register_profile("casetracker", deadline=None)
hypothesis.settings.load_profile("casetracker")

# The tests make and drop objects by the million: looking for cycles less often saves a tenth of their time.
gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items):
    """Mark what need not be done again."""
    seen = Counter()
    for item in items:
        _mark_what_no_second_database_tells(item)
        _mark_further_cases(item, seen)


def _mark_what_no_second_database_tells(item):
    """Mark the tests of which the second database has nothing new to tell.

    They ask none, or they go through the desk or look at pages and files of the public: those ask what is tested with
    each database by itself. What locks, races or is written in SQL there is marked as `both`.
    """
    if item.get_closest_marker("django_db") is None and not _DATABASE.intersection(item.fixturenames):
        item.add_marker("no_database")
    path = item.path.relative_to(_TESTS).as_posix()
    if path.startswith(_ONCE) and item.get_closest_marker("both") is None:
        item.add_marker("once")


def _mark_further_cases(item, seen):
    """Count the lines of the first cases of a test alone: counting takes half as long as the test.

    One or two lines in a hundred are reached by further cases alone, and count as missing.
    """
    if hasattr(item, "callspec"):
        cases = (item.path, item.cls, item.originalname)
        seen[cases] += 1
        if seen[cases] > _CASES_COUNTED:
            item.add_marker("no_cover")


_CASES_COUNTED = 3
_TESTS = Path(__file__).parent
_ONCE = ("accounts/", "demo/", "desk/", "public/packages/", "public/pages/")
_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}


@pytest.fixture(autouse=True, scope="session")
def _flush_without_triggers():
    """Drop the triggers before a test with real transactions empties the tables.

    The flush sends post_migrate, which installs the triggers and seeds the roles again.
    """
    flush = TransactionTestCase._fixture_teardown

    def drop_and_flush(case):
        for alias in case._databases_names(include_mirrors=False):
            drop_triggers(alias)
        flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", drop_and_flush)
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_listed_once():
    """Let all clients of a test run share one list of the static files: each would look through all folders for it."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    files = {}

    def look_once(middleware):
        if not files:
            look(middleware)
            files.update(middleware.files)
        middleware.files.update(files)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def _forced_sign_ins_are_listed():
    """Let `force_login` list the session, as the sign-in does: the desk lets nobody in whose session is in no list."""
    sign_in = Client.force_login

    def list_too(client, user, backend=None):
        sign_in(client, user, backend)
        UserSession.objects.create(user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent="")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", list_too)
        yield


@pytest.fixture(autouse=True)
def _language_of_no_page():
    """Leave no language behind: a request activates one, and Django keeps it for the thread."""
    yield
    translation.deactivate()


@pytest.fixture
def researcher(db):
    return UserFactory(username="researcher", roles=[Role.RESEARCHER])


@pytest.fixture
def other_researcher(db):
    return UserFactory(username="other-researcher", roles=[Role.RESEARCHER])


@pytest.fixture
def editor(db):
    return UserFactory(username="editor", roles=[Role.EDITOR])


@pytest.fixture
def other_editor(db):
    return UserFactory(username="other-editor", roles=[Role.EDITOR])


@pytest.fixture
def administrator(db):
    return UserFactory(username="administrator", roles=[Role.ADMINISTRATOR])


@pytest.fixture
def observer(db):
    return UserFactory(username="observer", roles=[Role.OBSERVER])


@pytest.fixture
def outsider(db):
    """Someone with an account and no role."""
    return UserFactory(username="outsider")


@pytest.fixture
def superuser(db):
    """Someone who may change every account, but holds no role."""
    return UserFactory(username="superuser", is_superuser=True)
