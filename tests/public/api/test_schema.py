"""The OpenAPI description: committed, complete, and true of real answers."""

import copy
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from tests.factories.publications import (
    citation_part,
    closed,
    no_action,
    publish_agreement,
    publish_claim,
    publish_response,
    publish_station,
    retract,
    source_part,
    stations_counted,
)

COMMITTED = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"
COMMAND = "./manage.py spectacular --file docs/openapi.yaml --validate --fail-on-warn"


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_committed_description_is_the_present_one(schema):
    present = OpenApiYamlRenderer().render(schema, renderer_context={}).decode()
    assert COMMITTED.read_text(encoding="utf-8") == present, f"run: {COMMAND}"


def test_it_is_served_as_it_is_committed(get):
    response = get("schema/")
    assert response["Content-Type"].startswith("application/vnd.oai.openapi")
    assert yaml.safe_load(response.content) == yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_it_is_in_english_even_where_the_first_reader_was_dutch():
    code = (
        "from django.test import Client, override_settings\n"
        "ask = override_settings(ALLOWED_HOSTS=['testserver'])(Client().get)\n"
        "ask('/nl/nothing/')\n"
        "print(ask('/api/v1/schema/').text, end='')"
    )
    command = [
        sys.executable,
        "manage.py",
        "shell",
        "--no-imports",
        "--settings",
        "casetracker.settings.test",
        "-c",
        code,
    ]
    served = subprocess.run(command, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR).stdout
    assert yaml.safe_load(served) == yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))


def test_it_is_served_as_json_too(get):
    response = get("schema/", accept="application/json")
    assert response.json()["openapi"].startswith("3.1")


def test_every_address_is_described(schema):
    urls = get_resolver("casetracker.public.api.urls").url_patterns
    undescribed = {"schema", "api-docs", "api-unknown", "api-verifier", "api-package-latest", "api-package-file"}
    assert len(schema["paths"]) == len({url.name for url in urls} - undescribed)


def closed_schema(schema):
    """Return the description with every key that is not in it forbidden."""
    schema = copy.deepcopy(schema)
    for component in schema["components"]["schemas"].values():
        component["additionalProperties"] = False
    return schema


def strict(schema):
    """Return the description with every key that is not in it forbidden, and every other one required."""
    schema = closed_schema(schema)
    for component in schema["components"]["schemas"].values():
        component["required"] = sorted(component["properties"])
    return schema


def validator_of(schema, template, status=200):
    """Return what tells whether an answer is as a description says of an address."""
    media_type = "application/json" if status == 200 else "application/problem+json"
    described = schema["paths"][f"/api/v1{template}"]["get"]["responses"][str(status)]["content"][media_type]
    return jsonschema.Draft202012Validator(
        {**described["schema"], "components": schema["components"]},
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )


@pytest.fixture
def world(db):
    machine = source_part("D-2", derived_from="D-1", derivation="machine_translation", title="", language="zh-Hans")
    publish_station(1, disclosures=[{"kind": "host", "text": "A trade association"}])
    denial = citation_part(machine, field="standing", stance="denies", attributed_to="The embassy")
    publish_station(
        2,
        citations=[denial],
        verification={"level": "corroborated", "disputed": True, "independent_origins": 2},
        latitude=None,
        longitude=None,
        first_reported="",
        names=[],
        replies=[],
    )
    publish_station(2, version=2, citations=[denial], operating_status_as_of="2022-10~", summary="Words.")
    publish_response(1, **closed(), stations=["S-1"], order_in_day=1, same_act_as="R-2", last_known_true="2022-12")
    publish_response(2, **no_action(), date="2022/..", counts_from=None)
    publish_response(3, concerns="", responder="CN", kind="denial", person="Somebody", anonymous=True)
    publish_response(4, concerns="EU", responder="EU")
    publish_agreement(1, ended_by="R-2", title="Memorandum", title_language="it")
    publish_agreement(2, signed="", in_force_from="", status="unknown", status_as_of="", places=[], parties=[])
    publish_claim(1, period="2021-04/2022-07", attribution=[])
    publish_claim(2, **stations_counted(5))
    publish_claim(3, **stations_counted(3, as_of="2022-09", superseded_by="C-2"))
    publish_claim(4, country="", epistemic_status="denied", topic="denial")
    publish_station(3, citations=[citation_part("D-3")])
    retract("S-3")


ANSWERS = [
    ("/", [""], 200),
    ("/stations/", ["stations/", "stations/?limit=1"], 200),
    ("/stations/{reference}/", ["stations/S-1/", "stations/S-2/"], 200),
    ("/stations/{reference}/", ["stations/S-3/"], 410),
    ("/stations/{reference}/", ["stations/S-9/"], 404),
    ("/stations/{reference}/versions/", ["stations/S-2/versions/"], 200),
    ("/stations/{reference}/versions/{version}/", ["stations/S-2/versions/1/"], 200),
    ("/responses/", ["responses/"], 200),
    ("/responses/", ["responses/?limit=0&colour=red"], 400),
    ("/responses/{reference}/", ["responses/R-1/", "responses/R-2/", "responses/R-3/"], 200),
    ("/responses/{reference}/versions/", ["responses/R-1/versions/"], 200),
    ("/responses/{reference}/versions/{version}/", ["responses/R-1/versions/1/"], 200),
    ("/agreements/", ["agreements/"], 200),
    ("/agreements/{reference}/", ["agreements/A-1/", "agreements/A-2/"], 200),
    ("/agreements/{reference}/versions/", ["agreements/A-1/versions/"], 200),
    ("/agreements/{reference}/versions/{version}/", ["agreements/A-1/versions/1/"], 200),
    ("/claims/", ["claims/"], 200),
    ("/claims/", ["claims/?value_min=many"], 400),
    ("/claims/{reference}/", ["claims/C-1/", "claims/C-2/", "claims/C-3/"], 200),
    ("/claims/{reference}/versions/", ["claims/C-1/versions/"], 200),
    ("/claims/{reference}/versions/{version}/", ["claims/C-1/versions/1/"], 200),
    ("/governments/", ["governments/"], 200),
    ("/governments/{code}/", [f"governments/{code}/" for code in ("NL", "EU", "FR", "CN", "HU", "IT", "CA")], 200),
    ("/statistics/", ["statistics/", "statistics/?as_of=2022-11-01&compared_with=2022-01-01"], 200),
    ("/status_history/", ["status_history/", "status_history/?country=NL"], 200),
    ("/sources/", ["sources/"], 200),
    ("/sources/{reference}/", ["sources/D-1/", "sources/D-2/"], 200),
    ("/sources/{reference}/", ["sources/D-3/"], 410),
    ("/log/", ["log/"], 200),
    ("/log/{sequence}/", ["log/1/", "log/9/"], 200),
]


@pytest.mark.usefixtures("world")
def test_real_answers_are_as_described(get, schema):
    closed, faults = strict(schema), []
    for template, paths, status in ANSWERS:
        validator = validator_of(closed, template, status)
        media_type = "application/json" if status == 200 else "application/problem+json"
        for path in paths:
            response = get(path)
            assert (path, response.status_code, response["Content-Type"]) == (path, status, media_type)
            faults += [f"{path}: {error.message}" for error in validator.iter_errors(response.json())]
    assert faults == []


@pytest.mark.usefixtures("world")
def test_answers_to_fields_are_as_described(get, schema):
    """Wherever `fields` is a parameter, an answer may lack every other key, and has none but those described."""
    closed, prefixes = closed_schema(schema), {"agreements": "A", "claims": "C", "sources": "D", "stations": "S"}
    asked = 0
    for path, described in schema["paths"].items():
        for fields in (given for given in described["get"].get("parameters", []) if given["name"] == "fields"):
            template = path.removeprefix("/api/v1")
            reference = f"{prefixes.get(path.split('/')[3], 'R')}-1"
            name = fields["schema"]["items"]["enum"][-1]
            query = f"?fields={name}" + ("&q=station" if "search" in path else "")
            answer = get(template.replace("{reference}", reference)[1:] + query).json()
            validator_of(closed, template).validate(answer)
            assert all(list(row) == [name] for row in answer.get("results", [answer])), path
            asked += 1
    assert asked > 15
    assert not validator_of(closed, "/stations/{reference}/").is_valid({})
    assert not validator_of(closed, "/stations/{reference}/").is_valid({"reference": "S-1", "notes": ""})


def test_a_key_that_is_not_described_would_be_found(schema):
    validator = jsonschema.Draft202012Validator(
        {"$ref": "#/components/schemas/Head", "components": strict(schema)["components"]}
    )
    head = {"sequence": 0, "entry_hash": None, "published_at": None}
    validator.validate(head)
    for wrong in ({**head, "more": 1}, {"sequence": 0}, {**head, "entry_hash": 7}):
        with pytest.raises(jsonschema.ValidationError):
            validator.validate(wrong)
