"""Nobody keeps the others from reading: requests are counted by who sends them, not by whom they claim to be."""

import pytest
from django.core.cache import caches

LIMIT = 5


@pytest.fixture(autouse=True)
def _limited(db, settings):
    settings.API_REQUESTS_PER_MINUTE = LIMIT
    caches["throttle"].clear()
    yield
    caches["throttle"].clear()


@pytest.fixture
def ask(client):
    def answers(times, address="192.0.2.1", path="log/", **headers):
        """Ask so often, and return what the answers said. The minute may end meanwhile, once at most."""
        return [client.get(f"/api/v1/{path}", REMOTE_ADDR=address, headers=headers) for _time in range(times)]

    return answers


def refusals(answers):
    return [answer for answer in answers if answer.status_code == 429]


def test_who_asks_too_often_is_told_when_to_come_back(ask):
    refused = refusals(ask(2 * LIMIT + 1))
    assert refused
    problem = refused[0].json()
    assert (refused[0]["Content-Type"], problem["title"]) == ("application/problem+json", "Too Many Requests")
    assert 1 <= int(refused[0]["Retry-After"]) <= 60
    assert not refusals(ask(LIMIT, address="192.0.2.2")), "the others still read"


def test_a_whole_list_counts_as_many_pages(ask):
    assert refusals(ask(1, path="log/?format=csv"))
    assert not refusals(ask(1, address="192.0.2.2"))


def test_a_caller_cannot_pass_for_others(ask, settings):
    settings.TRUSTED_PROXIES = 0
    assert refusals([ask(1, x_forwarded_for=f"198.51.100.{number}")[0] for number in range(2 * LIMIT + 1)])


def test_behind_our_proxy_its_word_counts_and_what_stands_before_it_does_not(ask, settings):
    settings.TRUSTED_PROXIES = 1
    forged = [ask(1, x_forwarded_for=f"203.0.113.{number}, 198.51.100.1")[0] for number in range(2 * LIMIT + 1)]
    assert refusals(forged)
    assert not refusals(ask(LIMIT, x_forwarded_for="198.51.100.2")), "another caller of the same proxy"


def test_the_addresses_of_one_line_are_one_caller(ask):
    assert refusals([ask(1, address=f"2001:db8:1:2::{number}")[0] for number in range(1, 2 * LIMIT + 2)])
    assert not refusals(ask(LIMIT, address="2001:db8:1:3::1"))
    mapped = [ask(1, address=address)[0] for address in ("192.0.2.9", "::ffff:192.0.2.9") for _time in range(LIMIT + 1)]
    assert refusals(mapped)


def test_without_an_address_or_a_limit_all_may_ask(ask, settings):
    assert not refusals(ask(2 * LIMIT + 1, address=""))
    settings.API_REQUESTS_PER_MINUTE = 0
    assert not refusals(ask(2 * LIMIT + 1))


def test_the_counters_hold_no_address(ask):
    ask(1)
    held = "".join(map(str, caches["throttle"]._cache))
    assert held
    assert "192.0.2" not in held
