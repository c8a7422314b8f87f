"""Exceptions of views become problem documents; faults of ours are left to Django."""

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client
from rest_framework.exceptions import NotAcceptable, NotFound

from casetracker.public.api.errors import NOT_FOUND, handle
from casetracker.public.models import SourceDocument
from tests.factories.publications import publish_station


@pytest.mark.parametrize(
    ("error", "status", "detail"),
    [
        (Http404("No such row in the table."), 404, NOT_FOUND),
        (PermissionDenied("Not yours."), 404, NOT_FOUND),
        (NotFound(NOT_FOUND), 404, NOT_FOUND),
        (SuspiciousOperation("Too many fields."), 400, "The request cannot be read."),
        (NotAcceptable("JSON only."), 406, "JSON only."),
    ],
)
def test_an_error_says_what_is_wrong_and_nothing_more(error, status, detail):
    response = handle(error, {})
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert (problem["status"], problem["detail"], problem["errors"]) == (status, detail, [])


def test_a_fault_of_ours_is_not_hidden():
    assert handle(ZeroDivisionError(), {}) is None


def problem_of(response, status):
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    document = response.json()
    assert document["status"] == status
    return document


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)("/api/v1/stations/")
    assert problem_of(response, 405)["title"] == "Method Not Allowed"
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_what_is_asked_for_is_said(client, db):
    response = client.options("/api/v1/stations/")
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "a b", "testserver.evil.example"])
def test_a_foreign_host_is_refused_by_name(client, host):
    (error,) = problem_of(client.get("/api/v1/stations/", headers={"host": host}), 400)["errors"]
    assert (error["parameter"], error["allowed"]) == ("Host", [])
    page = client.get("/en/", headers={"host": host})
    assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", ["/api/", "/api/v2/stations/", "/api/v1/nothing/"])
def test_no_address_under_the_api_is_answered_with_a_page(client, path):
    assert problem_of(client.get(path), 404)["detail"] == NOT_FOUND


def test_what_suits_nobody_names_what_there_is(client, db):
    detail = problem_of(client.get("/api/v1/stations/", headers={"accept": "text/html"}), 406)["detail"]
    assert "text/csv" in detail


@pytest.mark.django_db
def test_a_fault_of_ours_says_nothing_of_it():
    # A source that ended at an entry which the log does not have.
    publish_station(1)
    SourceDocument.objects.update(to_seq=99)
    client = Client(raise_request_exception=False)
    response = client.get("/api/v1/sources/D-1/")
    assert "fault of ours" in problem_of(response, 500)["detail"]
    assert b"LogEntry" not in response.content
    assert response["Cache-Control"] == "no-cache"
