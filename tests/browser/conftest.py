"""Chromium, driven by Playwright, against the real application.

A user's machine may lack Chromium: then these tests are skipped, with a message. In CI they must run.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories.users import PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

# Milliseconds. A page may be slow where several tests share two cores; a wrong one never comes.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)

# Playwright runs an event loop in the main thread, where Django then refuses to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    """Mark every test of this folder as slow, and skip it where there is no browser."""
    here = Path(__file__).parent
    own = [item for item in items if here in item.path.parents]
    for item in own:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True))
        item.add_marker(pytest.mark.slow)
    if CHROMIUM or not own:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError("CI needs Chromium: apt-get install chromium")
    for item in own:
        item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium fonts-noto-cjk"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the system's Chromium, without its own sandbox (CI runs as root) and without calls to anybody."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def visitor(live_server, browser):
    """Open a new browser for somebody: `visitor()` for a reader, `visitor(user)` signed in at the desk.

    The end of the test checks that no page broke the content security policy or raised an error.
    """
    contexts, complaints = [], []

    def open_for(user=None, **options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if _is_fault(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        context.on("request", lambda sent: complaints.append(sent.url) if _is_foreign(sent.url) else None)
        if user:
            page.goto("/accounts/login/")
            page.get_by_label("Username").fill(user.username)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []


def _is_fault(message):
    # Chromium logs every 4xx answer as an error; the tests look at the answers themselves.
    return message.type == "error" and "Failed to load resource" not in message.text


def _is_foreign(url):
    return not url.startswith(("http://localhost", "http://127.0.0.1", "data:"))
