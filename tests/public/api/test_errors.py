"""Exceptions of views become problem documents; faults of ours are left to Django."""

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from rest_framework.exceptions import NotAcceptable, NotFound

from casetracker.public.api.errors import NOT_FOUND, handle


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
