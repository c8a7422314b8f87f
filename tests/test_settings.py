"""The settings, tried from outside: production in a process of its own, headers through HTTP."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from casetracker.core.desk_languages import Language
from casetracker.core.sealing import PUBLIC_KEYS, new_key
from casetracker.public.pages.views.home import Home

PROJECT = Path(__file__).parents[1]
PRODUCTION = {"SECRET_KEY": "k7" * 30 + "unlikely to be guessed", "ALLOWED_HOSTS": "cases.example"}
CONTACT = {"CASETRACKER_CONTACT": "corrections@cases.example"}
CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
PUBLIC = ["/", "/en/", "/en/nothing-here/", "/nothing-here/", "/api/v1/", "/api/v1/nothing-here/"]
STAFF = ["/accounts/login/", "/accounts/password/reset/", "/accounts/nothing-here/", "/desk/", "/desk/login/"]


def policy_of(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


def production(*arguments, **environment):
    """Run a command of manage.py with production settings and nothing else in the environment."""
    given = {"PATH": os.environ["PATH"], "CASETRACKER_DATA": str(settings.DATA_DIR), **environment}
    command = [sys.executable, "manage.py", *arguments, "--settings", "casetracker.settings.production"]
    return subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_production_passes_the_deployment_check():
    run = production(
        "check", "--deploy", "--fail-level", "WARNING", CONFIDENTIAL_KEYS=new_key(), **PRODUCTION, **CONTACT
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize(("given", "code"), [({}, "W006"), ({"CASETRACKER_CONTACT": "nobody"}, "E006")])
def test_production_asks_where_errors_are_reported_to(given, code):
    run = production("check", "--deploy", "--fail-level", "WARNING", CONFIDENTIAL_KEYS=new_key(), **given, **PRODUCTION)
    assert run.returncode != 0
    assert f"casetracker.{code}" in run.stderr


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize(("given", "code"), [({}, "W002"), ({"CONFIDENTIAL_KEYS": sorted(PUBLIC_KEYS)[0]}, "E003")])
def test_production_asks_for_keys_of_its_own_for_confidential_sources(given, code):
    run = production("check", "--deploy", "--fail-level", "WARNING", **given, **PRODUCTION, **CONTACT)
    assert run.returncode != 0
    assert f"casetracker.{code}" in run.stderr
    silenced = {"SILENCED_SYSTEM_CHECKS": f"casetracker.{code}", **CONTACT}
    assert production("check", "--deploy", "--fail-level", "WARNING", **given, **PRODUCTION, **silenced).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", PRODUCTION)
def test_production_does_not_start_without_what_it_needs(name):
    run = production("check", **{key: value for key, value in PRODUCTION.items() if key != name})
    assert run.returncode != 0
    assert name in run.stderr


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize(("proxies", "expected"), [("0", "None"), ("1", "('HTTP_X_FORWARDED_PROTO', 'https')")])
def test_production_believes_a_proxy_only_when_told_to(proxies, expected):
    question = "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"
    run = production("shell", "--no-imports", "-c", question, TRUSTED_PROXIES=proxies, **PRODUCTION)
    assert run.stdout.strip() == expected, run.stderr


@pytest.mark.long
@pytest.mark.slow
def test_production_says_on_stderr_what_failed(tmp_path):
    own = {"CASETRACKER_DATA": str(tmp_path), "ALLOWED_HOSTS": "testserver", "STATIC_ROOT": str(tmp_path / "static")}
    own["SECRET_KEY"] = PRODUCTION["SECRET_KEY"]
    production("collectstatic", "--noinput", **own)
    ask = "from django.test import Client; answer = Client(raise_request_exception=False).get('/en/', secure=True)"
    run = production("shell", "--no-imports", "-c", f"{ask}; print(answer.status_code)", **own)  # without tables
    assert run.stdout.strip() == "500", run.stderr
    failed, answered = (json.loads(line) for line in run.stderr.splitlines() if '"status": 500' in line)
    assert (failed["level"], failed["logger"]) == ("ERROR", "django.request")
    assert {error["kind"] for error in failed["errors"]} >= {"django.db.utils.OperationalError"}
    assert answered["view"] == "home"


@pytest.mark.slow
def test_production_and_the_demonstration_share_no_data():
    question = "from django.conf import settings; print(settings.DATABASES['default']['NAME'], settings.MEDIA_ROOT)"
    given = {"PATH": os.environ["PATH"], "CASETRACKER_DATA": str(settings.DATA_DIR)}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", question]
    demo = subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, text=True, check=True)
    real = production("shell", "--no-imports", "-c", question, **PRODUCTION)
    assert set(demo.stdout.split()).isdisjoint(real.stdout.split())
    assert len(real.stdout.split()) == 2, real.stderr


@pytest.mark.slow
def test_production_collects_its_static_files(tmp_path):
    run = production("collectstatic", "--noinput", STATIC_ROOT=str(tmp_path), **PRODUCTION)
    assert run.returncode == 0, run.stderr
    assert list(tmp_path.glob("desk/account.*.css.gz"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PUBLIC, *STAFF, "/static/desk/account.css"])
def test_every_answer_carries_the_secure_headers(client, path):
    response = client.get(path)
    response.close()  # a static file stays open otherwise
    headers = response.headers
    assert policy_of(response) == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=()")
    assert headers["Referrer-Policy"] == ("same-origin" if path in STAFF else "no-referrer")


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PUBLIC, *STAFF])
def test_no_page_is_shown_in_a_frame(client, path):
    assert client.get(path).headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_the_desk_and_a_failure_carry_the_policy_too(client, editor, monkeypatch):
    client.force_login(editor)
    assert policy_of(client.get("/desk/")) == CSP

    def fail(*_args, **_kwargs):
        raise RuntimeError("canary")

    monkeypatch.setattr(Home, "get", fail)
    client.raise_request_exception = False
    response = client.get("/en/")
    assert response.status_code == 500
    assert policy_of(response) == CSP
    assert "The fault is ours" in response.text
    assert "canary" not in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_public_answers_set_no_cookie_and_do_not_depend_on_one(client, path):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.parametrize("path", STAFF)
def test_staff_pages_are_neither_stored_nor_indexed(client, path):
    headers = client.get(path).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
def test_the_demonstration_is_not_indexed(client, settings):
    assert "X-Robots-Tag" not in client.get("/").headers
    settings.DEMO = True
    assert client.get("/").headers["X-Robots-Tag"] == "noindex"
    assert "Demonstration, not a publication" in client.get("/accounts/login/").text


def test_the_root_leads_to_the_pages(client):
    assert client.get("/").headers["Location"] == "/en/"


def test_desk_and_public_pages_speak_the_same_languages(settings):
    assert Language.choices == settings.LANGUAGES


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing-here/"])
def test_the_api_is_the_same_whatever_language_the_browser_prefers(client, path):
    assert client.get("/accounts/login/", headers={"accept-language": "nl"}).headers["Content-Language"] == "nl"
    headers = client.get(path, headers={"accept-language": "nl"}).headers
    assert headers["Content-Language"] == "en"
    assert "Accept-Language" not in headers.get("Vary", "")


@pytest.mark.django_db
def test_other_sites_may_read_the_api_and_nothing_else(client):
    origin = {"origin": "https://newsroom.example"}
    assert client.get("/api/v1/", headers=origin).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in client.get("/api/v1/", headers=origin).headers
    for path in ("/accounts/login/", "/static/desk/account.css"):
        response = client.get(path, headers=origin)
        response.close()
        assert "Access-Control-Allow-Origin" not in response.headers
    asked = origin | {"access-control-request-method": "DELETE"}
    assert client.options("/api/v1/", headers=asked).headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="pragmas are SQLite's")
def test_sqlite_keeps_the_rules_that_the_code_relies_on():
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "recursive_triggers", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "recursive_triggers": 1, "foreign_keys": 1}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert not connection.settings_dict["ATOMIC_REQUESTS"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/desk/stations/station/add/"])
def test_a_form_without_its_token_is_answered_with_what_to_do(path):
    response = Client(enforce_csrf_checks=True).post(path)
    assert response.status_code == 403
    assert "load the page anew and send the form again" in response.text
    assert "<style" not in response.text


@pytest.mark.parametrize("path", ["/", "/robots.txt"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_is_for_reading_refuses_all_else(path, method):
    assert Client(enforce_csrf_checks=True).generic(method, path).status_code == 405
