"""Bodies: labels beside codes, bounds beside dates, null for what is not known, relative addresses."""

import datetime as dt

import pytest
from django.urls import resolve

from casetracker.places.precision import PlacePrecision
from casetracker.public import labels, routes
from casetracker.public.rendering.citations import render_citation, render_source, render_verification
from casetracker.public.rendering.records import render_compact_response, render_response, render_station
from casetracker.public.rendering.values import dated, government, moment
from casetracker.review.choices import PrivateTermKind, RetractionReason, Stance
from casetracker.sources.choices import Derivation, SourceType
from responses import choices as response_choices
from stations import choices as station_choices
from tests.factories.publications import (
    citation_part,
    closed,
    no_action,
    response_snapshot,
    source_part,
    station_snapshot,
)

PUBLISHED = dt.datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=dt.UTC)
FIRST = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


def station(**changes):
    return render_station(station_snapshot(17, **changes), PUBLISHED, FIRST)


def response(**changes):
    return render_response(response_snapshot(4, **changes), PUBLISHED, FIRST)


def test_a_station_has_codes_with_labels_and_a_country_with_its_names():
    body = station(version=2)
    assert (body["reference"], body["version"], body["record_kind"]) == ("S-17", 2, "station")
    assert (body["kind"], body["kind_label"]) == ("police_service_station", "Police service station")
    assert (body["country"], body["country_iso3"], body["country_name"]) == ("NL", "NLD", "Netherlands")
    assert body["names"][0]["role_label"] == "As reported"
    assert (body["latitude"], body["longitude"], body["counted_in"]) == (52.37, 4.9, ["110 Overseas"])
    assert (body["first_published_at"], body["published_at"]) == (
        "2025-01-01T00:00:00Z",
        "2026-01-02T03:04:05.000678Z",
    )
    assert body["links"] == {
        "self": "/api/v1/stations/S-17/",
        "version": "/api/v1/stations/S-17/versions/2/",
        "versions": "/api/v1/stations/S-17/versions/",
        "government": "/api/v1/governments/NL/",
        "page": "/en/stations/S-17/",
    }


def test_what_is_not_known_is_null_and_never_an_empty_text():
    body = station(
        region="",
        locality="",
        latitude=None,
        longitude=None,
        operator_jurisdiction="",
        counted_in=[],
        first_reported="",
        names=[],
        citations=[],
        replies=[],
    )
    for name in ("region", "locality", "latitude", "longitude", "operator_jurisdiction", "summary", "first_reported"):
        assert body[name] is None
    assert body["counted_in"] == body["names"] == body["citations"] == body["disclosures"] == []
    assert "" not in body.values()


def test_a_date_has_its_bounds_beside_it():
    assert dated("date", "2022-10~") == {
        "date": "2022-10~",
        "date_earliest": "2022-10-01",
        "date_latest": "2022-10-31",
    }
    assert dated("date", "2022/..") == {"date": "2022/..", "date_earliest": "2022-01-01", "date_latest": None}
    assert dated("date", "") == {"date": None, "date_earliest": None, "date_latest": None}


def test_a_government_may_be_none_or_the_european_union():
    assert government("concerns", "") == {"concerns": None, "concerns_iso3": None, "concerns_name": None}
    assert government("concerns", "EU")["concerns_iso3"] is None
    assert government("concerns", "EU")["concerns_name"] == "European Union"


def test_names_are_english_whoever_publishes(settings):
    settings.LANGUAGE_CODE = "nl"
    assert station(country="DE")["country_name"] == "Germany"


def test_moments_are_utc():
    there = dt.timezone(dt.timedelta(hours=2))
    assert moment(dt.datetime(2022, 1, 1, 1, tzinfo=there)) == "2021-12-31T23:00:00Z"


def test_disclosures_and_replies_are_shown():
    reply = {"asked": "Mayor", "asked_on": "2022-10", "answer": "No.", "answered_on": "2022-11-01", "language": "nl"}
    body = station(disclosures=[{"kind": "host", "text": "A trade association"}], replies=[reply])
    assert body["disclosures"] == [{"kind": "host", "kind_label": "Host organisation", "text": "A trade association"}]
    assert body["replies"][0] | {"asked_on_earliest": "2022-10-01", "answer": "No."} == body["replies"][0]


def test_a_response_says_whom_it_concerns_and_who_responds():
    body = response(**closed("claimed"), concerns="GB", responder="CN", level="embassy", stations=["S-1"])
    assert (body["concerns_name"], body["responder_name"]) == ("United Kingdom", "China")
    assert (body["sets_status"], body["basis"], body["sets_status_label"]) == (
        "closed",
        "claimed",
        "Closure claimed by the embassy",
    )
    assert body["stations"] == ["S-1"]
    assert body["links"]["government"] == "/api/v1/governments/GB/"
    assert body["links"]["page"] == "/en/governments/GB/#R-4"


def test_the_basis_of_missing_action_is_the_basis():
    assert response(**no_action("nothing_found"))["basis"] == "nothing_found"


def test_a_response_that_sets_no_status_says_null():
    body = response()
    assert (body["sets_status"], body["basis"], body["sets_status_label"]) == (None, None, None)


@pytest.mark.parametrize(
    ("concerns", "responder", "page"),
    [("", "CN", "/en/governments/CN/#R-4"), ("NL", "", "/en/governments/NL/#R-4"), ("", "", None)],
)
def test_the_page_of_a_response_is_that_of_a_government(concerns, responder, page):
    links = response(concerns=concerns, responder=responder)["links"]
    assert links["page"] == page
    assert (links["government"] is None) == (page is None)


def test_the_short_form_agrees_with_the_long_one():
    snapshot = response_snapshot(4, **closed(), summary="Said so.", order_in_day=2)
    short, long = render_compact_response(snapshot), render_response(snapshot, PUBLISHED, FIRST)
    shared = short.keys() & long.keys() - {"links"}
    assert {"reference", "date", "actor", "summary", "order_in_day"} <= shared
    assert {name: short[name] for name in shared} == {name: long[name] for name in shared}


@pytest.mark.parametrize(
    ("title", "publisher", "published", "label"),
    [
        ("Title", "NRC", "2022", "Title"),
        ("", "NRC", "2022-12-05", "NRC, 2022-12-05"),
        ("", "NRC", "", "NRC"),
        ("", "", "", "D-1"),
    ],
)
def test_a_source_without_a_title_is_called_by_publisher_and_date(title, publisher, published, label):
    source = render_source(source_part(title=title, publisher=publisher, published=published))
    assert source["label"] == label


def test_a_source_says_what_it_derives_from():
    source = render_source(source_part("D-9", derived_from="D-2", derivation="machine_translation"))
    assert (source["derived_from"], source["derivation_label"]) == ("D-2", "Is a machine translation of")
    assert source["links"] == {"self": "/api/v1/sources/D-9/"}


def test_a_citation_for_the_whole_record_has_no_field():
    assert render_citation(citation_part())["field"] is None
    assert render_citation(citation_part(field="standing"))["field"] == "standing"


def reason(level="reported", *, disputed=False, origins=1, citations=()):
    verification = {"level": level, "disputed": disputed, "independent_origins": origins}
    return render_verification(verification, [render_citation(citation) for citation in citations])["reason"]


def test_the_verification_says_why():
    assert reason() == "One independent source supports it; copies and translations of it do not count."
    assert reason("corroborated", origins=3).startswith("3 independent sources support it")
    assert reason(origins=0) == "No source supports it by itself."
    assert reason("officially_confirmed").startswith("An authority or a court confirms it. One independent")


def test_a_dispute_names_who_disputes():
    citations = [
        citation_part("D-1"),
        citation_part(source_part("D-2", title="Statement"), stance="denies"),
        citation_part("D-3", stance="disputes", attributed_to="The embassy"),
        citation_part("D-4", stance="denies", attributed_to="The embassy"),
    ]
    assert reason(disputed=True, citations=citations).endswith("Disputed or denied by: Statement; The embassy.")
    assert reason(disputed=True).endswith("It is disputed.")


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (labels.STATION_KINDS, station_choices.StationKind),
        (labels.NAME_ROLES, station_choices.NameRole),
        (labels.PLACE_PRECISIONS, PlacePrecision),
        (labels.OPERATING_STATUSES, station_choices.OperatingStatus),
        (labels.STANDINGS, station_choices.Standing),
        (labels.DISCLOSURE_KINDS, PrivateTermKind),
        (labels.RESPONSE_KINDS, response_choices.ResponseKind),
        (labels.ACTOR_LEVELS, response_choices.Level),
        (labels.SCOPES, response_choices.Scope),
        (labels.STATUS_VALUES, response_choices.ResponseStatus),
        (labels.AGREEMENT_TYPES, response_choices.AgreementType),
        (labels.AGREEMENT_STATUSES, response_choices.AgreementStatus),
        (labels.CLAIM_TOPICS, station_choices.ClaimTopic),
        (labels.QUALIFIERS, station_choices.CountQualifier),
        (labels.UNITS, station_choices.CountUnit),
        (labels.EPISTEMIC_STATUSES, station_choices.EpistemicStatus),
        (labels.STANCES, Stance),
        (labels.SOURCE_TYPES, SourceType),
        (labels.DERIVATIONS, Derivation),
        (labels.RETRACTION_REASONS, RetractionReason),
    ],
)
def test_every_code_that_the_desk_can_publish_has_words(words, choices):
    assert set(words) == set(choices.values)


def test_every_status_that_the_desk_can_publish_has_words():
    bases = {
        "investigating": [""],
        "closed": response_choices.ClosureBasis.values,
        "no_action": response_choices.NoActionBasis.values,
    }
    assert set(labels.STATUSES) == {(value, basis) for value, values in bases.items() for basis in values}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (routes.listing("stations"), "api-stations"),
        (routes.listing("responses"), "api-responses"),
        (routes.listing("agreements"), "api-agreements"),
        (routes.listing("claims"), "api-claims"),
        (routes.listing("governments"), "api-governments"),
        (routes.listing("sources"), "api-sources"),
        (routes.listing("log"), "api-log"),
        (routes.listing("schema"), "schema"),
        (routes.listing("docs"), "api-docs"),
        (routes.detail("stations", "S-1"), "api-station"),
        (routes.detail("responses", "R-1"), "api-response"),
        (routes.detail("agreements", "A-1"), "api-agreement"),
        (routes.detail("claims", "C-1"), "api-claim"),
        (routes.detail("governments", "NL"), "api-government"),
        (routes.detail("sources", "D-1"), "api-source"),
        (routes.detail("log", "1"), "api-log-entry"),
        (routes.versions("stations", "S-1"), "api-station-versions"),
        (routes.versions("responses", "R-1"), "api-response-versions"),
        (routes.version("stations", "S-1", 2), "api-station-version"),
        (routes.version("responses", "R-1", 2), "api-response-version"),
        (routes.versions("agreements", "A-1"), "api-agreement-versions"),
        (routes.version("agreements", "A-1", 2), "api-agreement-version"),
        (routes.versions("claims", "C-1"), "api-claim-versions"),
        (routes.version("claims", "C-1", 2), "api-claim-version"),
    ],
)
def test_stored_addresses_lead_where_they_say(path, name):
    assert resolve(path).url_name == name


@pytest.mark.parametrize("plural", ["stations", "governments", "agreements", "claims"])
def test_stored_addresses_of_pages_lead_to_pages(plural):
    key = {"stations": "S-1", "governments": "NL", "agreements": "A-1", "claims": "C-1"}[plural]
    path = routes.page(plural, key, "en", "R-4").partition("#")[0]
    assert resolve(path).func.__module__.startswith("casetracker.public.pages.")
