"""Nothing that can be sent to the desk breaks it, and none of it is half-saved."""

import json

import pytest

from tests.desk.browser import address, source_address
from tests.desk.state import everything
from tests.factories.records import bring_to, citation, fresh, make_response, make_source, make_station

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.pages]

NUL, HUGE, SURROGATE = "a\x00b", "9" * 400, "\ud800"
UNKNOWN = "2b1c2f0e-0000-4000-8000-000000000000"
JUNK = ["", " ", "x", "-1", "0", "1e999", "NaN", "Infinity", HUGE, NUL, "[]", "{}", "null", "'\"<>", UNKNOWN]
ACTS = [
    *("submit", "verify", "approve", "approve-and-publish", "publish", "return", "withdraw", "revise", "abandon"),
    *("discard", "retract", "assign", "comment", "suggest", "accept-suggestion", "decline-suggestion", "check"),
    *("mark-publishable", "assign-to-me", "drop-merge"),
]
FIELDS = (
    *("lock_version", "comment", "note", "corrects", "reason", "to", "text", "field", "suggestion", "citation"),
    *("digest", "verdict", "term"),
)
FORMS = ("/desk/stations/station/add/", "/desk/responses/response/add/", "/desk/sources/source/add/")
TOGETHER = (
    ("counted_in", "citations-0-source", "names-0-language"),
    ("latitude", "citations-0-id", "names-0-id"),
    ("country", "citations-0-record", "names-0-station"),
    ("first_reported", "private_terms-0-id", "citations-0-field"),
)
LISTS = ("/desk/stations/station/", "/desk/responses/response/", "/desk/sources/source/")


@pytest.fixture
def draft(team):
    return make_station(
        by=team.author,
        summary="A door.",
        names=[{"text": "Name", "language": "en"}],
        citations=[citation()],
        private_terms=[{"kind": "host", "text": "A society"}],
    )


def survives(browser, path, values):
    response = browser.send(path, values)
    assert response.status_code in (200, 302, 400, 404), (path, response.status_code)
    return response


@pytest.mark.parametrize("act", ACTS)
def test_an_act_with_nothing_or_junk(author, draft, act):
    before = everything()
    assert survives(author, address(draft, act), {}).status_code == 200
    for junk in (NUL, HUGE):
        survives(author, address(draft, act), dict.fromkeys(FIELDS, junk))
    survives(author, address(draft, act), dict.fromkeys(FIELDS, UNKNOWN) | {"lock_version": "-1", "text": ""})
    # Many digits are no junk in a comment.
    assert everything() == before or act == "comment"


@pytest.mark.parametrize("junk", [NUL, HUGE, UNKNOWN])
def test_an_act_with_the_right_version_and_junk_elsewhere(reviewer, draft, junk):
    bring_to(draft, "submitted")
    before = everything()
    for act in ("suggest", "accept-suggestion", "decline-suggestion", "check", "mark-publishable", "assign", "retract"):
        values = {**dict.fromkeys(FIELDS, junk), "lock_version": fresh(draft).lock_version, "corrects": ""}
        survives(reviewer, address(draft, act), values)
        assert everything() == before, act


@pytest.mark.parametrize("path", FORMS)
def test_a_form_with_nothing_or_junk(author, path):
    form = author.open(path).form()
    before = everything()
    assert survives(author, path, {}).status_code == 200
    for junk in (*JUNK, SURROGATE.encode("utf-8", "surrogatepass")):
        values = {name: junk for name in form.names if not name.endswith("_FORMS") and "__prefix__" not in name}
        kept = {name: texts for name, texts in form.values.items() if name.endswith("_FORMS")}
        survives(author, path, {**values, **kept, "csrfmiddlewaretoken": "a" * 32})
    assert everything() == before


@pytest.mark.parametrize("junk", [NUL, HUGE, "x"])
@pytest.mark.parametrize("fields", TOGETHER)
def test_single_fields_of_a_record_with_junk(author, draft, fields, junk):
    """One in each part of the form: all at once would hide what one field alone would break."""
    form = author.open_record(draft).form()
    assert form.names.issuperset(fields)
    changed = {name: [junk] for name in fields}
    survives(author, address(draft), form.values | changed | {"csrfmiddlewaretoken": ["a" * 32]})


@pytest.mark.parametrize("which", ["TOTAL_FORMS", "INITIAL_FORMS"])
def test_a_management_form_that_was_tampered_with(author, draft, which):
    values = author.open_record(draft).form().values
    for count in ("", "x", "-1", "0", "3", HUGE):
        before = everything()
        changed = {f"citations-{which}": [count], "csrfmiddlewaretoken": ["a" * 32]}
        response = survives(author, address(draft), values | changed)
        if response.status_code == 200:
            assert everything() == before


def test_a_record_with_very_many_citations_can_be_saved(author, team):
    record = make_station(by=team.author, citations=[citation() for _ in range(90)])
    form = author.open_record(record).form()
    assert len(form.values) > 1_000  # more fields than Django takes unless told
    assert author.submit(form.fill(summary="Typed.")).was_redirected
    assert fresh(record).station.summary == "Typed."


def test_more_rows_than_anybody_adds_are_refused(author, draft):
    values = author.open_record(draft).form().values
    response = survives(
        author, address(draft), values | {"names-TOTAL_FORMS": ["999"], "csrfmiddlewaretoken": ["a" * 32]}
    )
    assert "Please submit at most 100 forms." in response.text
    assert "names-100-text" not in response.text


@pytest.mark.parametrize("prefix", ["names", "replies", "citations", "private_terms"])
def test_a_management_form_that_is_missing(author, draft, prefix):
    values = author.open_record(draft).form().values
    kept = {name: texts for name, texts in values.items() if not name.startswith(f"{prefix}-")}
    before = everything()
    response = survives(author, address(draft), {**kept, "csrfmiddlewaretoken": "a" * 32})
    assert response.status_code == 200
    assert "ManagementForm data is missing" in response.text
    assert everything() == before


def test_rows_of_another_record_cannot_be_taken_or_changed(author, team, draft):
    other = make_station(by=team.reviewer, names=[{"text": "Other", "language": "en"}], citations=[citation()])
    form = author.open_record(draft).form()
    stolen = {"names-0-id": [other.station.names.get().pk], "citations-0-id": [other.citations.get().pk]}
    stolen |= {"names-0-station": [other.pk], "citations-0-record": [other.pk], "names-0-text": ["Stolen"]}
    survives(author, address(draft), form.values | stolen | {"csrfmiddlewaretoken": ["a" * 32]})
    assert other.station.names.get().text == "Other"
    assert other.citations.get().record == other
    assert draft.station.names.get().text == "Name"


def test_fields_that_are_in_no_form_are_ignored(author, team, draft):
    form = author.open_record(draft).form()
    extra = {"state": ["approved"], "public_status": ["live"], "reference": ["S-1"], "record": [UNKNOWN]}
    extra |= {"label": ["x"], "lock_version": ["1"], "round": ["9"], "private_terms-0-publishable_reason": ["x"]}
    values = form.values | extra | {"summary": ["y"], "csrfmiddlewaretoken": ["a" * 32]}
    assert survives(author, address(draft), values).status_code == 302
    record = fresh(draft)
    assert (record.state, record.public_status, record.reference, record.round) == ("draft", "never", None, 1)
    assert not record.private_terms.get().is_publishable


@pytest.mark.parametrize(
    "junk", ["x", "%00", HUGE, "..%2f", "%F0%9F%98%80", "00000000-0000-4000-8000-000000000000", "1"]
)
def test_addresses_of_nothing(author, junk):
    for path in LISTS:
        for page in ("change/", "history/", "delete/", "submit/", "nothing/", ""):
            for response in (author.get(f"{path}{junk}/{page}"), author.send(f"{path}{junk}/{page}")):
                assert response.status_code in (302, 400, 403, 404, 405), (path, junk, page, response.status_code)
    for path in (f"/desk/r/{junk}/1/", f"/desk/{junk}/", f"/desk/stations/{junk}/"):
        assert author.get(path).status_code in (302, 404)


QUERIES = [
    *("q=%00", "q=" + "w+" * 500, "q=%27%22%3C", "p=x", "p=-1", f"p={HUGE}", "o=x", "o=99.-99", f"o={HUGE}"),
    *(
        "state=x",
        "state=%00",
        "public_status=x",
        "country=%00",
        "country=ZZ",
        "concerns=%00",
        "queue=x",
        "needs_revision=x",
    ),
    *(
        "kind__exact=%00",
        "kind__exact=x",
        "type__exact=%00",
        "language=%00",
        "language__in=x",
        "unknown=1",
        "_facets=x",
    ),
    *("record__digest_salt__startswith=a", "record__assigned_to__password__startswith=m", "created_by__password=x"),
    *("e=1", "all=", "_popup=x", "_to_field=x", "_to_field=id&_popup=1", "id__in=x", "record__in=x", "record=x"),
    *("state=draft&state=idle", "record__needs_revision=x", "published__gte=x", "derived_from__id__exact=x"),
]


@pytest.mark.parametrize("path", LISTS)
def test_lists_with_junk_in_the_query(author, draft, path):
    for query in QUERIES:
        response = author.get(f"{path}?{query}")
        assert response.status_code in (200, 302, 400), (query, response.status_code)


@pytest.mark.parametrize("query", ["record__digest_salt__startswith=a", "record__assigned_to__password__startswith=m"])
def test_a_query_cannot_ask_for_what_no_filter_offers(author, draft, query):
    assert author.get(f"{LISTS[0]}?{query}").status_code in (302, 400)


@pytest.mark.parametrize("term", ["%00", "w+" * 1200, "%27", "+", "%F0%9F%98%80"])
def test_autocomplete_with_junk(author, draft, term):
    for app, model, field in (
        ("review", "citation", "source"),
        ("sources", "source", "derived_from"),
        ("responses", "response", "stations"),
        ("responses", "response", "same_act_as"),
    ):
        path = f"/desk/autocomplete/?app_label={app}&model_name={model}&field_name={field}&term={term}"
        assert author.get(path).status_code == 200
        assert author.get(f"{path}&page=x").status_code in (200, 404)


@pytest.mark.parametrize(
    "query", ["", "app_label=x&model_name=y&field_name=z", "app_label=review&model_name=citation&field_name=quote"]
)
def test_autocomplete_for_what_is_none(author, query):
    assert author.get(f"/desk/autocomplete/?{query}").status_code == 403


@pytest.mark.parametrize("body", [b"\xff\xfe", b"x" * 100, b"------", json.dumps([1]).encode()])
@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=--x", "text/plain", "x"])
def test_bodies_that_are_no_form(author, draft, body, content_type):
    author.send("/desk/")  # leaves a token in the cookies
    headers = {"x-csrftoken": "a" * 32}
    before = everything()
    for path in (address(draft), address(draft, "submit"), address(draft, "return")):
        response = author.client.post(path, body, content_type=content_type, headers=headers)
        assert response.status_code in (200, 400, 403)
    assert everything() == before


@pytest.mark.parametrize("junk", [NUL, HUGE, "x", "-1"])
def test_single_fields_of_a_response_and_of_a_source(author, team, junk):
    response, source = make_response(by=team.author), make_source()
    for path, names in (
        (address(response), ("stations", "same_act_as", "order_in_day", "date", "quote_language", "concerns")),
        (source_address(source), ("derived_from", "derivation", "url", "published", "language", "seen_version")),
    ):
        for name in names:
            form = author.open(path).form()
            assert name in form.names
            survives(author, path, form.values | {name: [junk], "csrfmiddlewaretoken": ["a" * 32]})
