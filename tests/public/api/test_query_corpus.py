"""Every parameter of every address meets what is known to break other sites: 400, with the parameter named."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.factories.publications import publish_agreement, publish_claim, publish_response, publish_station

pytestmark = [pytest.mark.slow, pytest.mark.once]

# Some of them may be a text that somebody looks for, where any text is one.
ANY_TEXT = {"1" + "0" * 20, "-1", "NaN", "' OR 1=1 --", "${7*7}", "../../etc/passwd", "<script>"}
NEVER = {
    "three thousand terms": "+".join(["term"] * 3000),
    "NUL": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "line feed": "a%0Ab",
    "nothing": "",
    "blanks": "%20%20",
}
UNKNOWN = ["colour", "Country", "country[]", "country__in", "__proto__", "limit%00", "page", "%ED%A0%80", "x" * 3000]
EXAMPLES = {"version": "1", "code": "NL", "sequence": "1"}


def operations():
    paths = yaml.safe_load((Path(settings.BASE_DIR) / "docs" / "openapi.yaml").read_text(encoding="utf-8"))["paths"]
    for template, path in paths.items():
        given = path["get"].get("parameters", [])
        in_path = {part["name"]: part["schema"]["pattern"] for part in given if part["in"] == "path"}
        values = {name: EXAMPLES.get(name) or f"{pattern[1]}-1" for name, pattern in in_path.items()}
        yield template.format(**values), [part for part in given if part["in"] == "query"]


OPERATIONS = dict(operations())
PARAMETERS = [(path, parameter) for path, parameters in OPERATIONS.items() for parameter in parameters]


@pytest.fixture(autouse=True)
def _world(db):
    for publish in (publish_station, publish_response, publish_agreement, publish_claim):
        publish(1)


def asking(path, name, value):
    """An address with one parameter, and with what must be given beside it."""
    needed = [part["name"] for part in OPERATIONS[path] if part.get("required") and part["name"] != name]
    return f"{path}?{name}={value}" + "".join(f"&{other}=a" for other in needed)


def takes_any_text(parameter):
    schema = parameter["schema"]
    return schema["type"] == "string" and "minLength" in schema


def test_bad_values_are_refused_by_name(get, refused):
    for path, parameter in PARAMETERS:
        name = parameter["name"]
        for value in (*NEVER.values(), *(() if takes_any_text(parameter) else ANY_TEXT)):
            assert set(refused(asking(path, name, value))) == {name}, (path, value)
        if takes_any_text(parameter):
            for value in ANY_TEXT:
                answer = get(asking(path, name, value))
                # A search may find something by whatever is given.
                assert answer.status_code == 200 if name == "q" else answer.json()["count"] == 0, (path, value)


def test_what_takes_one_value_takes_it_once(refused):
    for path, parameter in PARAMETERS:
        if parameter["schema"]["type"] != "array":
            errors = refused(f"{path}?{parameter['name']}=1&{parameter['name']}=1")
            assert errors[parameter["name"]]["message"] == "Give it once.", path


def test_unknown_names_are_refused_with_the_known_ones(refused):
    for path, parameters in OPERATIONS.items():
        for name in UNKNOWN:
            (error,) = refused(asking(path, name, "1")).values()
            assert set(error["allowed"]) == {parameter["name"] for parameter in parameters}, (path, name)


def test_a_wrong_host_is_refused_by_name(client):
    for path in OPERATIONS:
        for host in ("evil.example", "testserver:evil", "[::1", "a\x00b"):
            response = client.get(path, headers={"host": host})
            assert (path, response.status_code) == (path, 400)
            assert [error["parameter"] for error in response.json()["errors"]] == ["Host"]
