"""How addresses of pages are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.core.fetching import FetchRefused, RefusalCode
from casetracker.core.fetching.targets import Target, redirected, target_of


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("http://site.example", "http://site.example/"),
        ("  HTTPS://Site.Example:443/A  ", "https://site.example/A"),
        ("https://site.example.:8443/", "https://site.example:8443/"),
        ("http://site.example:/?a=1#part", "http://site.example/?a=1"),
        ("http://site.example?a=/b?c", "http://site.example/?a=/b?c"),
        ("http://site.example/a b/新闻?q=é", "http://site.example/a%20b/%E6%96%B0%E9%97%BB?q=%C3%A9"),
        ("http://site.example/%41%zz", "http://site.example/%41%zz"),
        ('http://site.example/<">`{}^', "http://site.example/%3C%22%3E%60%7B%7D%5E"),
        ("http://新闻.example/", "http://xn--efvy88h.example/"),
        ("http://faß.example/", "http://xn--fa-hia.example/"),
        ("http://ＳＩＴＥ．example/", "http://site.example/"),
        ("http://a_b.site.example/", "http://a_b.site.example/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700:0::1111]:8080/", "http://[2606:4700::1111]:8080/"),
    ],
)
def test_usual_and_unusual_addresses(url, read):
    assert target_of(url).url == read
    assert target_of(read).url == read


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", RefusalCode.SCHEME),
        ("site.example", RefusalCode.SCHEME),
        ("ftp://site.example/", RefusalCode.SCHEME),
        ("http://me@site.example/", RefusalCode.CREDENTIALS),
        ("http://@site.example/", RefusalCode.CREDENTIALS),
        ("http://", RefusalCode.HOST),
        ("http:///path", RefusalCode.HOST),
        ("http://a..example/", RefusalCode.HOST),
        ("http://-a.example/", RefusalCode.HOST),
        ("http://a-.example/", RefusalCode.HOST),
        (f"http://{'a' * 64}.example/", RefusalCode.HOST),
        (f"http://{'a.' * 130}example/", RefusalCode.HOST),
        ("http://xn--\u0661.example/", RefusalCode.HOST),
        ("http://a!b.example/", RefusalCode.HOST),
        ("http://hidden.onion/", RefusalCode.HOST),
        ("http://1.2.3.4.5/", RefusalCode.HOST),
        ("http://site.0x10/", RefusalCode.HOST),
        ("http://site.example/\x00", RefusalCode.URL),
        ("http://site.example/a\nb", RefusalCode.URL),
        ("http://site.example\\.other.example/", RefusalCode.URL),
        ("http://[", RefusalCode.URL),
        ("http://site.example/\ud800", RefusalCode.URL),
        (f"http://site.example/{'a' * 8000}", RefusalCode.URL),
    ],
)
def test_what_is_no_address_of_a_page(url, code):
    with pytest.raises(FetchRefused) as no:
        target_of(url)
    assert no.value.code == code


@pytest.mark.parametrize("host", ["[::g]", "[1:2]", "[]", "[127.0.0.1]", "[::1]x", "x[::1]"])
def test_brackets_around_what_is_no_address(host):
    with pytest.raises(FetchRefused) as no:
        target_of(f"http://{host}/")
    assert no.value.code in {RefusalCode.HOST, RefusalCode.URL}  # Pythons differ in what they see first.


@pytest.mark.parametrize("port", [80, 443, 1024, 8080, 8443, 9080, 65535])
def test_ports_of_pages(port):
    assert target_of(f"http://site.example:{port}/").port == port


@pytest.mark.parametrize("port", [0, 1, 22, 25, 81, 110, 445, 1023, 2049, 6000, 6379, 6667, 11211, 65536, 99999])
def test_ports_of_something_else(port):
    with pytest.raises(FetchRefused) as no:
        target_of(f"http://site.example:{port}/")
    assert no.value.code == RefusalCode.PORT


@pytest.mark.parametrize(
    ("location", "to"),
    [
        ("/b", "https://site.example/b"),
        ("b?c", "https://site.example/a/b?c"),
        ("?c", "https://site.example/a/?c"),
        ("//other.example/b", "https://other.example/b"),
        (" http://other.example/b#c ", "http://other.example/b"),
        ("../../..", "https://site.example/"),
    ],
)
def test_redirects_are_read_from_where_they_stand(location, to):
    assert redirected(target_of("https://site.example/a/"), location).url == to


@pytest.mark.parametrize("location", ["http://[", "file:///etc/passwd", "//me@other.example/"])
def test_redirects_to_what_is_no_page(location):
    with pytest.raises(FetchRefused):
        redirected(target_of("https://site.example/"), location)


@given(st.text(), st.sampled_from(["", "http://", "https://", "http://site.example/", "http://["]))
def test_any_text_is_a_page_or_refused(text, start):
    try:
        target = target_of(start + text)
    except FetchRefused:
        return
    assert isinstance(target, Target)
    assert target.url.isascii()
    assert not set(target.url) & set(" \r\n\t\\")
    assert target_of(target.url) == target
