"""The fetcher: orders, copies and the health of links, against a server of ours that changes its mind."""

import contextlib
import gzip
import hashlib
import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from casetracker.core.errors import ChangedMeanwhile, InvalidContent, NotAllowed
from casetracker.core.fetching import Limits, read_capture
from casetracker.review import services
from casetracker.review.captured import captured_sources
from casetracker.review.fetcher import carry_out
from casetracker.review.services import links
from casetracker.review.services.links import lease_order, order_looks
from casetracker.sources.models import Capture, LinkHealth, LinkOrder
from casetracker.sources.storage import capture_storage, original_name
from tests.core.fetching.servers import CountingListener, TestServer, redirect, response
from tests.desk.browser import Browser
from tests.factories.captures import png
from tests.factories.records import citation, make_source, make_station
from tests.raw_writes import raw_copy, refused

pytestmark = pytest.mark.django_db

QUICK = Limits(connect_seconds=2, read_seconds=0.3, total_seconds=0.6, body_bytes=100_000, redirects=3)
PAGE = "<html><title>The door</title><p>A door was opened in Rotterdam.</p></html>"


@pytest.fixture
def server(settings):
    with contextlib.closing(TestServer()) as server:
        settings.FETCHER_ALLOWED = (server.pair,)
        server.answers["/door"] = response(PAGE.encode())
        yield server


@pytest.fixture
def listener():
    with contextlib.closing(CountingListener()) as listener:
        yield listener


@pytest.fixture
def source(server, researcher):
    return make_source(by=researcher, url=server.url("/door", host=server.address))


def run(limits=QUICK):
    """Carry out what is due."""
    while order := lease_order():
        carry_out(order, limits=limits)


def capture(source):
    services.order_captures([source.pk], by=source.created_by)
    run()
    return Capture.objects.filter(source=source).order_by("-received_at").first()


def look(source):
    """Look at the address again, whenever that was last done. Return how it fares."""
    assert order_looks(not_since=timezone.now()) == 1
    run()
    return LinkHealth.objects.get(source=source)


# --- What is kept -------------------------------------------------------------------


def test_a_page_is_kept_with_all_that_was_said(source, server, researcher):
    server.answers["/old"] = redirect("/door")
    source.url = server.url("/old", host=server.address)
    source.save()
    kept = capture(source)
    assert (kept.title, kept.text.strip()) == ("The door", "A door was opened in Rotterdam.")
    assert (kept.url, kept.final_url) == (source.url, server.url("/door", host=server.address))
    assert (kept.http_status, kept.media_type, kept.received_by) == (200, "text/html", researcher)
    assert kept.body_digest == hashlib.sha256(PAGE.encode()).hexdigest()
    with capture_storage().open(original_name(kept.digest)) as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == kept.digest
    records = gzip.decompress(content).decode()
    assert records.count("WARC-Type: request") == 2
    assert records.count("WARC-Type: response") == 2
    with read_capture(io.BytesIO(content)) as page:
        assert page.body.read() == PAGE.encode()
    assert [entry.act for entry in kept.custody.all()] == ["received"]


def test_a_picture_is_kept_with_its_preview(source, server):
    server.answers["/door"] = response(png(size=(400, 300)), Content_Type="image/png")
    kept = capture(source)
    assert kept.media_type == "image/png"
    assert sorted(kept.copies.values_list("purpose", flat=True)) == ["preview", "thumbnail"]


def test_what_nobody_can_show_is_kept_all_the_same(source, server):
    server.answers["/door"] = response(b"\x00\x01\x02", Content_Type="application/x-unknown")
    kept = capture(source)
    assert (kept.text, kept.copies.count(), kept.size > 0) == ("", 0, True)


def test_a_page_without_a_media_type_is_kept(source, server):
    server.answers["/door"] = response(PAGE.encode(), Content_Type=None)
    assert capture(source).media_type == "application/octet-stream"


def test_no_cookie_and_no_name_of_ours_goes_out(source, server):
    capture(source)
    (request,) = server.requests
    for word in ("cookie", "authorization", "referer", "casetracker"):
        assert word not in request.lower()


# --- How links fare -----------------------------------------------------------------


def test_link_health_follows_what_the_page_does(source, server, listener):
    first = capture(source)
    health = look(source)
    assert (health.state, health.http_status) == ("alive", 200)
    alive_since = health.since

    server.answers["/door"] = response(PAGE.replace("<p>", "<!-- another token --><p class='x'>").encode())
    assert look(source).since == alive_since  # The text is the same.

    server.answers["/door"] = response(PAGE.replace("opened", "closed").encode())
    health = look(source)
    assert health.state == "changed"
    seen = health.last_alive_at

    server.answers["/door"] = response(b"Gone.", status="404 Not Found")
    health = look(source)
    assert (health.state, health.http_status, health.last_alive_at) == ("gone", 404, seen)
    gone_since = health.since
    assert look(source).since == gone_since

    def drip(connection, over):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not over.wait(0.1):
            connection.sendall(b"x")

    def endless(connection, over):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not over.is_set():
            connection.sendall(b"<p>more</p>" * 1000)

    to_loopback = redirect(f"http://127.0.0.1:{listener.port}/")
    for answer, problem in ((drip, "too_slow"), (endless, "too_large"), (to_loopback, "address")):
        server.answers["/door"] = answer
        health = look(source)
        assert (health.state, health.problem, health.last_alive_at) == ("unreachable", problem, seen)
    assert listener.count() == 0

    server.answers["/door"] = response(PAGE.encode())
    assert look(source).state == "alive"
    assert list(Capture.objects.all()) == [first]


def test_a_new_copy_is_what_later_looks_compare_with(source, server):
    capture(source)
    server.answers["/door"] = response(PAGE.replace("opened", "closed").encode())
    assert look(source).state == "changed"
    capture(source)
    assert look(source).state == "alive"
    assert Capture.objects.count() == 2


def test_an_error_page_is_no_copy(source, server):
    server.answers["/door"] = response(b"Not today.", status="503 Service Unavailable")
    assert capture(source) is None
    order = LinkOrder.objects.get()
    assert (order.state, order.http_status) == ("failed", 503)
    assert LinkHealth.objects.get().state == "unreachable"
    page = Browser(source.created_by).open(f"/desk/sources/{source.pk}/captures/")
    assert "The site answered with an error (HTTP 503)." in page.text


def test_what_an_error_page_says_is_compared_with_nothing(source, server):
    server.answers["/door"] = response(b"Not today.", status="503 Service Unavailable")
    capture(source)
    server.answers["/door"] = response(PAGE.encode())
    assert look(source).state == "alive"


def test_a_page_of_scripts_alone_does_not_change_at_each_visit(source, server):
    server.answers["/door"] = response(b"<script>token = 1</script>")
    capture(source)
    server.answers["/door"] = response(b"<script>token = 2</script>")
    assert look(source).state == "alive"


def test_a_copy_from_another_address_is_none_of_this_document(source, researcher):
    kept = capture(source)
    assert captured_sources([source.pk]) == {str(source.pk)}
    fields = {"url": "https://elsewhere.example/"}
    services.edit_source(source.pk, fields=fields, by=researcher, lock_version=source.lock_version)
    assert captured_sources([source.pk]) == set()
    assert list(Capture.objects.all()) == [kept]


def test_an_order_for_an_address_that_is_no_more_makes_room_for_another(source, researcher):
    (old,) = services.order_captures([source.pk], by=researcher)
    fields = {"url": "https://elsewhere.example/"}
    services.edit_source(source.pk, fields=fields, by=researcher, lock_version=source.lock_version)
    (new,) = services.order_captures([source.pk], by=researcher)
    old.refresh_from_db()
    assert (old.state, old.problem, new.url) == ("failed", "moved", "https://elsewhere.example/")


def test_a_limit_on_room_is_told(source, settings):
    settings.CAPTURE_QUOTA = 10
    assert capture(source) is None
    page = Browser(source.created_by).open(f"/desk/sources/{source.pk}/captures/")
    assert "There is no room for it" in page.text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:8642/", "not on the public Internet"),
        ("http://user:secret@paper.example/", "a name or a password in it"),
    ],
)
def test_what_the_guard_refuses_is_said_at_the_source(server, researcher, url, words):
    source = make_source(by=researcher, url=url)
    assert capture(source) is None
    assert words in Browser(researcher).open(f"/desk/sources/{source.pk}/captures/").text


def test_looks_go_only_where_somebody_sent_the_fetcher(source, researcher):
    make_source(by=researcher)
    assert order_looks(not_since=timezone.now()) == 0
    capture(source)
    assert order_looks(not_since=timezone.now()) == 1
    assert order_looks(not_since=timezone.now()) == 0  # It is ordered already.
    run()
    fields = {"url": "https://elsewhere.example/"}
    services.edit_source(source.pk, fields=fields, by=researcher, lock_version=source.lock_version)
    assert order_looks(not_since=timezone.now()) == 0


# --- Orders -------------------------------------------------------------------------


def test_a_click_orders_and_the_command_carries_it_out(source, capsys):
    browser = Browser(source.created_by)
    page = browser.submit(browser.open(f"/desk/sources/{source.pk}/captures/").form("/fetch/"))
    assert "1 copy is ordered." in page.text
    assert "waiting" in page.text
    call_command("run_fetcher", once=True)
    assert capsys.readouterr().out == "1 orders were carried out.\n"
    kept = Capture.objects.get()
    assert "A door was opened in Rotterdam." in browser.open(f"/desk/captures/{kept.pk}/").text


def test_all_missing_copies_of_a_record_are_one_click(source, server, researcher):
    server.answers["/window"] = response(b"<p>A window.</p>")
    other = make_source(by=researcher, url=server.url("/window", host=server.address))
    record = make_station(by=researcher, citations=[citation(source), citation(other), citation(other)])
    capture(source)
    browser = Browser(researcher)
    page = browser.submit(browser.open(f"/desk/review/{record.pk}/").form("/fetch/"))
    assert "1 copy is ordered." in page.text
    run()
    page = browser.open(f"/desk/review/{record.pk}/")
    assert "has no archived copy" not in page.text
    assert "Check 2 beside its archived copy" in page.text


def test_nobody_else_orders(source, observer, administrator):
    for person in (observer, administrator):
        with pytest.raises(NotAllowed):
            services.order_captures([source.pk], by=person)
        Browser(person).send(f"/desk/sources/{source.pk}/captures/fetch/")
    assert not LinkOrder.objects.exists()


def test_what_has_no_address_or_is_ordered_already_is_said(source, researcher):
    for sources in ([make_source(by=researcher, url="").pk], []):
        with pytest.raises(InvalidContent, match="Nothing to fetch"):
            services.order_captures(sources, by=researcher)
    services.order_captures([source.pk], by=researcher)
    with pytest.raises(InvalidContent, match="Nothing to fetch"):
        services.order_captures([source.pk], by=researcher)
    refused(raw_copy(LinkOrder.objects.get()), r"sources_one_open_order|UNIQUE constraint failed")


def test_a_lease_that_ran_out_is_taken_up_and_its_first_holder_writes_nothing(source, researcher):
    services.order_captures([source.pk], by=researcher)
    slow = lease_order()
    assert lease_order() is None
    LinkOrder.objects.update(leased_until=timezone.now())
    quick = lease_order()
    assert quick == slow
    carry_out(quick, limits=QUICK)
    with pytest.raises(ChangedMeanwhile):
        carry_out(slow, limits=QUICK)
    assert Capture.objects.count() == 1


def test_what_brings_the_fetcher_down_again_and_again_is_given_up(source, researcher):
    services.order_captures([source.pk], by=researcher)
    for _time in range(links.MOST_ATTEMPTS):
        assert lease_order()
        LinkOrder.objects.update(leased_until=timezone.now())
    assert lease_order() is None
    assert LinkOrder.objects.get().state == "failed"
    page = Browser(researcher).open(f"/desk/sources/{source.pk}/captures/")
    assert "The fetcher broke off several times." in page.text


def test_a_copy_is_ordered_by_somebody(source, researcher):
    services.order_captures([source.pk], by=researcher)
    with pytest.raises(IntegrityError, match="sources_capture_is_ordered_by_somebody"):
        LinkOrder.objects.update(ordered_by=None)
