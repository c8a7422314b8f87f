"""The entrance, methods, unknown addresses, and the description for people."""

from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders

from casetracker.publication.reading import current_head
from tests.factories.publications import publish_agreement, publish_claim, publish_response, publish_station, retract

pytestmark = pytest.mark.slow

ADDRESSES = [
    "",
    "stations/",
    "stations/S-1/",
    "stations/S-1/versions/",
    "stations/S-1/versions/1/",
    "responses/",
    "responses/R-1/",
    "responses/R-1/versions/",
    "responses/R-1/versions/1/",
    "agreements/",
    "agreements/A-1/",
    "agreements/A-1/versions/",
    "agreements/A-1/versions/1/",
    "claims/",
    "claims/C-1/",
    "claims/C-1/versions/",
    "claims/C-1/versions/1/",
    "governments/",
    "governments/NL/",
    "statistics/",
    "status_history/",
    "sources/",
    "sources/D-1/",
    "log/",
    "log/1/",
    "log/checkpoints/",
    "log/keys/",
    "log/verify_log.py",
    "changes/",
    "schema/",
    "docs/",
]


@pytest.fixture(autouse=True)
def _published(db):
    publish_station(1)
    publish_response(1)
    publish_agreement(1)
    publish_claim(1)


def test_the_entrance_leads_to_everything_and_names_the_head(get):
    body, head = get().json(), current_head()
    lists = {"stations", "responses", "agreements", "claims", "governments", "sources", "log", "changes", "search"}
    assert set(body["links"]) == {*lists, "statistics", "status_history", "packages", "schema", "docs"}
    for path in body["links"].values():
        assert get(f"{path}?q=a" if path.endswith("/search/") else path).status_code == 200
    assert (body["head"]["sequence"], body["head"]["entry_hash"]) == (4, head.entry_hash)


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_is_get_without_the_body(client, path):
    full, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")
    assert (head.status_code, head.content) == (200, b"")
    for header in ("Content-Type", "Content-Length", "Cache-Control", "Vary"):
        assert head[header] == full[header]


@pytest.mark.parametrize("path", ADDRESSES)
def test_options_says_what_can_be_done(client, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.options(f"/api/v1/{path}")
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.long
@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(client, path, method):
    response = getattr(client, method)(f"/api/v1/{path}")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "Method Not Allowed"


@pytest.mark.parametrize("path", [*ADDRESSES, "nothing/", "stations/S-9/", "stations/?limit=0"])
def test_nobody_is_asked_who_they_are(client, editor, path, django_assert_max_num_queries):
    anonymous = client.get(f"/api/v1/{path}")
    client.force_login(editor)
    with django_assert_max_num_queries(12):
        known = client.get(f"/api/v1/{path}")
    assert known.content == anonymous.content
    assert not known.cookies
    assert "Cookie" not in known["Vary"]
    assert not hasattr(known.wsgi_request, "_cached_user")
    assert not known.wsgi_request.session.accessed


@pytest.mark.parametrize(
    "path", ["nothing/", "stations/nothing/", "stations/S-1/versions/1/2/", "../../etc/", "%00/", "é/"]
)
def test_an_unknown_address_is_404_as_json(get, path):
    response = get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_an_unknown_address_is_unknown_for_every_method(client, method):
    status = getattr(client, method)("/api/v1/nothing/").status_code
    assert status == (204 if method == "options" else 404)


def test_a_missing_slash_is_added_where_that_leads_somewhere(get):
    response = get("stations?country=NL")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/stations/?country=NL")
    assert get("stations/S-1").status_code == 301
    assert get("/api/v1").status_code == 301
    assert get("nothing").status_code == 404
    assert get("stations/nothing").status_code == 404


@pytest.mark.parametrize("accept", ["application/json", "*/*", "application/*", "text/html,*/*;q=0.8"])
def test_json_is_served_to_all_who_take_it(get, accept):
    assert get("stations/", accept=accept)["Content-Type"] == "application/json"


@pytest.mark.parametrize("accept", ["text/html", "text/csv", "nonsense", "application/json;q"])
def test_who_takes_no_json_is_told_so(get, accept):
    response = get("stations/", accept=accept)
    assert response.status_code in (200, 406)
    if response.status_code == 406:
        assert response["Content-Type"] == "application/problem+json"
    assert get("nothing/", accept=accept).status_code == 404


def test_a_retracted_record_is_gone_for_head_too(client):
    retract("S-1")
    assert client.head("/api/v1/stations/S-1/").status_code == 410


class Page(HTMLParser):
    """What a page loads and what it carries itself."""

    def __init__(self, html):
        super().__init__()
        self.loads, self.inline, self._inside = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self._inside = tag
        self.loads += [value for name, value in attributes if name in ("src", "href", "data-schema")]
        self.inline += [name for name in found if name.startswith("on") or name == "style"]
        if tag == "style":
            self.inline.append(tag)

    def handle_endtag(self, tag):
        self._inside = None

    def handle_data(self, data):
        if self._inside == "script" and data.strip():
            self.inline.append(data)


def test_the_description_for_people_needs_no_other_host_and_carries_no_script(get):
    response = get("docs/")
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    page = Page(response.content.decode())
    assert page.inline == []
    assert "/api/v1/schema/" in page.loads
    scripts = [path for path in page.loads if path.startswith("/static/")]
    assert len(scripts) == 4
    assert len(page.loads) == 5
    for path in scripts:
        assert finders.find(path.removeprefix("/static/")), path


def test_the_parser_of_this_test_sees_what_it_must_not_find():
    page = Page("<p onclick='x()' style='color: red'></p><style>p{}</style><script>x()</script>")
    assert page.inline == ["onclick", "style", "style", "x()"]
