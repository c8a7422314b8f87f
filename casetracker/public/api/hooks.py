"""What is done to the OpenAPI description once it is made."""

from typing import Any

from casetracker.public.api.parameters import FIELDS

Described = dict[str, Any]
_COMPONENTS = "#/components/schemas/"


def drop_enum_ids(result: Any, **_kwargs: Any) -> Any:
    """Remove the marks by which drf-spectacular would give lists of codes made-up names."""
    if isinstance(result, dict):
        return {key: drop_enum_ids(value) for key, value in result.items() if key != "x-spec-enum-id"}
    return [drop_enum_ids(value) for value in result] if isinstance(result, list) else result


def allow_parts(result: Described, **_kwargs: Any) -> Described:
    """Say that what `fields` can be asked of comes whole, or as a part: an object with some of its keys.

    The whole keeps its list of required keys, so that a typed client can tell one from the other.
    """
    components = result["components"]["schemas"]
    for path in result["paths"].values():
        read = path["get"]
        if any(given["name"] == FIELDS for given in read.get("parameters", ())):
            _allow_part(read["responses"]["200"]["content"]["application/json"], components)
    result["components"]["schemas"] = dict(sorted(components.items()))
    return result


def _allow_part(answer: Described, components: Described) -> None:
    """Allow a part of the document that an answer is, or of each row of the list that it is."""
    described = components[answer["schema"]["$ref"].removeprefix(_COMPONENTS)]
    rows = described["properties"].get("results")
    place, key = (answer, "schema") if rows is None else (rows, "items")
    whole = place[key]
    if "$ref" not in whole:
        return  # Several addresses answer with the same list.
    name = whole["$ref"].removeprefix(_COMPONENTS)
    part = {
        **components[name],
        "description": f"Of what {name} has, the keys that `{FIELDS}` named.",
        "minProperties": 1,
    }
    del part["required"]
    components[f"PartOf{name}"] = part
    place[key] = {"anyOf": [whole, {"$ref": f"{_COMPONENTS}PartOf{name}"}]}
