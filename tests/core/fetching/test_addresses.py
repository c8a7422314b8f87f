"""Which addresses are public: properties over all of them."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.fetching import FailureCode, FetchFailed, FetchRefused, Guard, RefusalCode
from casetracker.core.fetching.addresses import is_own, is_public
from casetracker.core.fetching.guard import system_resolver
from tests.core.fetching.conftest import Names
from tests.core.fetching.hostile import IPV4, IPV6

PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.255"]
PUBLIC += ["2606:4700::1111", "2a00:1450:4001:82f::200e", "2400:3200::1", "2001:4860:4860::8888"]
# Where an IPv6 address may hold an IPv4 address: the bits before it, and how many stand behind it.
EMBEDDING = {
    "compatible": ("::", 0),
    "mapped": ("::ffff:0:0", 0),
    "translated": ("::ffff:0:0:0", 0),
    "NAT64": ("64:ff9b::", 0),
    "NAT64, local": ("64:ff9b:1::", 0),
    "6to4": ("2002::", 80),
    "Teredo server": ("2001::", 64),
    "ISATAP": ("2606:4700::5efe:0:0", 0),
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address):
    assert is_public(ip_address(address))
    assert not is_own(ip_address(address))
    assert Guard(resolver=Names(site_example=[address])).addresses("site.example", 443) == [ip_address(address)]


@pytest.mark.parametrize("address", [*IPV4, *IPV6])
def test_addresses_that_are_not(address):
    assert not is_public(ip_address(address))


@given(st.ip_addresses())
def test_nothing_is_public_that_python_knows_not_to_be(address):
    special = (address.is_private, address.is_multicast, address.is_reserved, address.is_loopback)
    if any((*special, address.is_link_local, address.is_unspecified, not address.is_global)):
        assert not is_public(address)


@given(st.ip_addresses(v=4), st.sampled_from(sorted(EMBEDDING)))
def test_no_ipv6_address_smuggles_an_ipv4_address(inner, way):
    prefix, behind = EMBEDDING[way]
    assert not is_public(IPv6Address(int(IPv6Address(prefix)) | (int(inner) << behind)))


@given(st.ip_addresses(v=6))
def test_ipv6_is_public_only_where_it_is_given_out(address):
    if is_public(address):
        assert address.exploded[0] in "23"


def test_own_addresses_are_found_without_asking_anybody():
    assert is_own(IPv4Address("127.0.0.1"))


def test_the_own_address_is_refused_even_if_it_looks_public(monkeypatch):
    """Loopback stands in for the public address of a server: its routing table says the same of both."""
    monkeypatch.setattr("casetracker.core.fetching.guard.is_public", lambda address: True)
    with pytest.raises(FetchRefused):
        Guard().addresses("127.0.0.1", 80)


class TestGuard:
    def test_an_address_is_not_looked_up(self):
        names = Names()
        assert Guard(resolver=names).addresses("2606:4700::1111", 443) == [ip_address("2606:4700::1111")]
        assert names.asked == []

    def test_addresses_are_told_once_in_their_order(self):
        names = Names(site_example=["8.8.8.8", "2606:4700::1111", "8.8.8.8"])
        found = Guard(resolver=names).addresses("site.example", 443)
        assert found == [ip_address("8.8.8.8"), ip_address("2606:4700::1111")]

    @pytest.mark.parametrize("answer", [[], ["nonsense"], ["8.8.8.8", ""]])
    def test_who_is_not_found_is_no_host(self, answer):
        with pytest.raises(FetchFailed) as failed:
            Guard(resolver=lambda host, port: answer).addresses("site.example", 80)
        assert failed.value.code == FailureCode.NO_SUCH_HOST

    def test_a_bug_of_a_resolver_stays_one(self):
        with pytest.raises(ZeroDivisionError):
            Guard(resolver=lambda host, port: 1 // 0).addresses("site.example", 80)

    @pytest.mark.parametrize("spelling", ["::1", "0:0:0:0:0:0:0:1"])
    def test_leave_may_be_spelled_in_any_way(self, spelling):
        assert Guard({("0::1", 8000)}).addresses(spelling, 8000) == [ip_address("::1")]
        with pytest.raises(FetchRefused) as no:
            Guard({("0::1", 8000)}).addresses(spelling, 8001)
        assert no.value.code == RefusalCode.ADDRESS

    def test_the_system_is_asked_by_default(self):
        assert system_resolver("127.0.0.1", 80) == ["127.0.0.1"]
        with pytest.raises(FetchFailed):
            Guard().addresses("site.example", 80)  # The tests let it read numbers alone.
