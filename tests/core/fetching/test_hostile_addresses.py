"""No address that leads inside is connected to, however it is spelled and whoever names it."""

import socket
import urllib.parse

import pytest

from casetracker.core.fetching import FailureCode, FetchFailed, FetchRefused, Guard, Limits, RefusalCode, fetch
from tests.core.fetching.conftest import QUICK, Names
from tests.core.fetching.hostile import ANSWERS, IPV4, IPV6, SPELLINGS, URLS
from tests.core.fetching.servers import LOOPBACK, OTHER_LOOPBACK, redirect, response

IMPATIENT = Limits(connect_seconds=0.2, read_seconds=0.2, total_seconds=1)
# Spellings that the system itself connects to a loopback address.
REACHABLE = ["127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "0177.0.0.1", "017700000001", "0x7f.1", "0x7f000001"]
REACHABLE += ["2130706433", "2130706434", "0", "0x0"]
REACHABLE_6 = ["::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::"]


def refused(url, guard):
    """Fetch what must not be fetched, and return why it was not: refused, or a name that nobody knows."""
    try:
        fetch(url, guard=guard, limits=IMPATIENT).close()
    except FetchRefused as problem:
        return problem.code
    except FetchFailed as problem:
        if problem.code == FailureCode.NO_SUCH_HOST:
            return problem.code
        raise
    pytest.fail("it was fetched")


def test_there_are_many():
    assert len({*URLS, *map(str, ANSWERS)}) >= 150


@pytest.mark.parametrize("url", URLS)
def test_no_hostile_address_reaches_a_listener(url, listener):
    guard = Guard(resolver=Names(localhost=["127.0.0.1"], printer_local=["127.0.0.1"]))
    refused(url.replace("{port}", str(listener.port)), guard)
    assert listener.count() == 0


@pytest.mark.parametrize("address", [*IPV4, *(f"[{address}]" for address in IPV6)])
def test_literal_addresses_are_refused_for_what_they_are(address):
    assert refused(f"http://{address}/", Guard(resolver=Names())) == RefusalCode.ADDRESS


@pytest.mark.parametrize("answer", ANSWERS, ids=",".join)
def test_a_name_that_leads_inside_reaches_no_listener(answer, listener):
    names = Names(site_example=answer)
    assert refused(f"http://site.example:{listener.port}/", Guard(resolver=names)) == RefusalCode.ADDRESS
    assert listener.count() == 0


@pytest.mark.parametrize("url", URLS)
def test_a_redirect_that_leads_inside_reaches_no_listener(url, get, server, listener):
    hostile = url.replace("{port}", str(listener.port))
    server.answers["/"] = redirect(hostile.replace("\r\n", "%0d%0a").replace("\n", "").strip())
    server.answers["/from"] = response(b"a relative address that stays on the site")
    names = Names(site_example=[LOOPBACK], localhost=[LOOPBACK], printer_local=[LOOPBACK])
    try:
        arrived = get(guard=Guard({server.pair}, resolver=names))
    except (FetchRefused, FetchFailed):
        pass
    else:  # Some are no addresses, but paths of the site itself.
        assert {urllib.parse.urlsplit(exchange.url).netloc for exchange in arrived.exchanges} == {
            f"site.example:{server.port}"
        }
    assert listener.count() == 0


@pytest.mark.parametrize("spelling", REACHABLE)
def test_the_listener_would_have_counted(spelling, listener):
    """A control: these spellings do reach it, if somebody connects to them."""
    assert spelling in {*SPELLINGS, *IPV4}
    socket.create_connection((spelling, listener.port), timeout=2).close()
    assert listener.count() == 1


@pytest.mark.parametrize("address", REACHABLE_6)
def test_the_listener_would_have_counted_ipv6(address, listener):
    if "::1" not in listener.addresses:
        pytest.skip("this machine speaks no IPv6")
    assert address in IPV6
    socket.create_connection((address, listener.port), timeout=2).close()
    assert listener.count() == 1


def test_a_fetch_that_is_let_through_is_counted(listener):
    """Another control: with the guard's leave, a fetch comes as far as the listener, which does not answer."""
    guard = Guard({(LOOPBACK, listener.port)}, resolver=Names(site_example=[LOOPBACK]))
    with pytest.raises(FetchFailed) as failed:
        fetch(f"http://site.example:{listener.port}/", guard=guard, limits=IMPATIENT)
    assert failed.value.code == FailureCode.TIMEOUT
    assert listener.count() == 1


def test_leave_is_for_one_port_of_one_address(get, server, listener):
    server.answers["/"] = redirect(f"http://{LOOPBACK}:{listener.port}/")
    server.answers["/other"] = redirect(f"http://{OTHER_LOOPBACK}:{server.port}/")
    for path in ("/", "/other"):
        with pytest.raises(FetchRefused) as no:
            get(path)
        assert no.value.code == RefusalCode.ADDRESS
        assert str(server.port) in no.value.url or str(listener.port) in no.value.url
    assert listener.count() == 0
    assert len(server.requests) == 2


class TestRebinding:
    """A name that means another address each time it is looked up."""

    def test_it_is_looked_up_once_and_the_answer_holds(self, get, server):
        server.answers["/"] = response(b"hello")
        names = Names(site_example=[[LOOPBACK], [OTHER_LOOPBACK]])
        fetched = get(guard=Guard({server.pair}, resolver=names))
        assert names.asked == [("site.example", server.port)]
        assert [str(exchange.address) for exchange in fetched.exchanges] == [LOOPBACK]

    def test_a_redirect_to_the_same_name_is_checked_again(self, get, server):
        server.answers["/"] = redirect("/further")
        server.answers["/further"] = response(b"hello")
        names = Names(site_example=[[LOOPBACK], [OTHER_LOOPBACK]])
        with pytest.raises(FetchRefused) as no:
            get(guard=Guard({server.pair}, resolver=names))
        assert (no.value.code, no.value.url) == (RefusalCode.ADDRESS, server.url("/further"))
        assert len(server.requests) == 1

    def test_the_name_is_still_what_the_server_hears(self, get, server):
        server.answers["/"] = response(b"hello")
        get()
        assert f"Host: site.example:{server.port}" in server.requests[0]


def test_a_proxy_of_the_environment_is_not_asked(get, server, listener, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://{LOOPBACK}:{listener.port}")
    server.answers["/"] = response(b"hello")
    assert get(limits=QUICK).body.read() == b"hello"
    assert listener.count() == 0
