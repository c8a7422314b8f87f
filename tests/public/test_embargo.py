"""An embargo to the byte: what the public can ask for does not change with a release until that has gone out."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.canary.crawl import ask, read
from tests.factories.records import bring_to, make_agreement, make_claim, make_people, make_response, make_station
from tests.factories.releases import let_the_worker_work, let_time_pass, make_release, schedule

pytestmark = [pytest.mark.slow, pytest.mark.pages, pytest.mark.django_db(transaction=True)]

MAKERS = (make_station, make_claim, make_response, make_agreement)


def answers():
    """Every public answer with its status, its headers and its body, by what was asked."""
    cache.clear()
    return {answer.request: answer for answer in read()}


@pytest.mark.long
def test_nothing_changes_before_an_embargoed_release_goes_out_and_then_it_is_there():
    people = make_people()
    for make in MAKERS:
        bring_to(make(by=people.author), "live", **vars(people))
    records = [bring_to(make(by=people.author), "approved", **vars(people)) for make in MAKERS]
    before = answers()
    assert before["GET /api/v1/stations/"].headers["ETag"]
    release = schedule(make_release(*records, by=people.editor), by=people.editor)
    let_the_worker_work()
    after = answers()
    assert [request for request in before if before[request] != after.get(request)] == []
    assert after.keys() == before.keys(), "no address and no link came up"

    let_time_pass(release)
    let_the_worker_work()
    for path in ("stations/S-2/", "claims/C-2/", "responses/R-2/", "agreements/A-2/"):
        assert after[f"GET /api/v1/{path}"].status == 404
        assert ask(Client(), "GET", f"/api/v1/{path}").status == 200
    changed = ask(Client(), "GET", "/api/v1/stations/")
    assert changed.headers["ETag"] != before["GET /api/v1/stations/"].headers["ETag"]
