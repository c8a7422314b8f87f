"""The examples on the page on method are true of the real data, and its links show them."""

import pytest

from casetracker.public.pages.examples import EXAMPLES
from casetracker.public.status import status_of
from casetracker.public.view import View

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.code} {example.day}")
def test_an_example_says_what_the_record_says(example):
    status = status_of(example.code, View(as_of=example.day))
    assert (status.value, status.basis, status.reason) == (example.value, example.basis, example.reason)
    assert status.label == example.label


def test_each_example_leads_to_its_page(client):
    page = client.get("/en/method/").text
    for example in EXAMPLES:
        address = f"/en/governments/{example.code}/?as_of={example.day}"
        assert f'href="{address}"' in page
        assert example.label in client.get(address).text


def test_the_inquiry_and_the_closure_of_one_day_have_a_line_each(client):
    page = client.get("/en/governments/NL/?as_of=2022-11-01").text
    assert "Inquiry running" in page
    assert "25 October 2022" in page


@pytest.mark.parametrize("path", ["governments/", "timeline/", "statistics/?compared_with=2022-11-01"])
def test_a_page_about_all_is_not_heavy(client, path):
    response = client.get(f"/en/{path}")
    assert response.status_code == 200
    assert len(response.content) < 150_000
