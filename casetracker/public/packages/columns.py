"""What the columns of each list mean: for the dictionary, and for the schemas of tables and of rows.

The words are those of the serializers, which describe the API too.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers

from casetracker.public.api.tables import SEPARATOR, Column, columns_of
from casetracker.public.packages.lists import PackagedList

_SEVERAL = f"Several with “{SEPARATOR}” between them."
# From the narrower to the wider: a field is what it is first found to be.
_TYPES: tuple[tuple[type[serializers.Field], str], ...] = (
    (serializers.BooleanField, "boolean"),
    (serializers.IntegerField, "integer"),
    (serializers.FloatField, "number"),
    (serializers.DateTimeField, "datetime"),
    (serializers.DateField, "date"),
)
# The Table Schema of the dictionary.
DICTIONARY: dict[str, Any] = {
    "fields": [
        {"name": "list", "type": "string", "description": "The list that has the column."},
        {"name": "column", "type": "string", "description": "What it is called."},
        {"name": "type", "type": "string", "description": "What its values are."},
        {"name": "always_there", "type": "boolean", "description": "No cell of it is empty."},
        {"name": "meaning", "type": "string", "description": "What it says."},
        {"name": "codes", "type": "string", "description": "Of a closed list: each code with its words."},
    ],
    "missingValues": [""],
    "primaryKey": ["list", "column"],
}


@dataclass(frozen=True)
class Explained:
    """A column with its meaning. `codes` are the values of a closed list with their words."""

    name: str
    type: str
    always_there: bool
    meaning: str
    codes: tuple[tuple[str, str], ...]


def explained(row: type[serializers.Serializer]) -> list[Explained]:
    """Return the columns of a table in their order."""
    blank = row()
    return [_explained(blank, column) for column in columns_of(row)]


def dictionary_rows(lists: tuple[PackagedList, ...]) -> list[list[object]]:
    """Return the dictionary of all columns as rows, as `DICTIONARY` describes them."""
    return [
        [one.name, column.name, column.type, column.always_there, column.meaning, _in_a_cell(column.codes)]
        for one in lists
        for column in explained(one.row)
    ]


def table_schema(packaged: PackagedList) -> dict[str, Any]:
    """Return the Table Schema of a list as a table."""
    fields = [_table_field(column) for column in explained(packaged.row)]
    return {"fields": fields, "missingValues": [""], "primaryKey": list(packaged.key)}


@cache
def json_schemas() -> dict[str, Any]:
    """Return what describes rows as JSON, by the name of the serializer: the components of the OpenAPI description."""
    return SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]


def json_schema(packaged: PackagedList, components: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a row, with all that it refers to."""
    name = packaged.row.__name__
    needed: dict[str, Any] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in needed:
            needed[one] = components[one]
            waiting += _referred_to(components[one])
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A row of {packaged.name}",
        "$ref": f"#/$defs/{name}",
        "$defs": dict(sorted(needed.items())),
    }
    return _moved(schema)


def _explained(blank: serializers.Serializer, column: Column) -> Explained:
    fields = _fields(blank, column)
    last = fields[-1]
    several = isinstance(last, serializers.ListField | serializers.ListSerializer)
    codes = tuple((str(code), str(words)) for code, words in getattr(last, "choices", {}).items() if code)
    return Explained(
        name=column.name,
        type=next((name for kind, name in _TYPES if isinstance(last, kind)), "string"),
        always_there=not several and not any(field.allow_null for field in fields),
        meaning=" ".join(filter(None, (str(last.help_text or ""), _SEVERAL if several else ""))),
        codes=codes,
    )


def _fields(blank: serializers.Serializer, column: Column) -> list[serializers.Field]:
    """Return the fields that lead to the value of a column."""
    fields: list[serializers.Field] = []
    here: Any = blank
    for key in column.path:
        here = here.fields[key]
        fields.append(here)
    return fields


def _table_field(column: Explained) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    if column.type == "datetime":
        field["format"] = "any"  # With or without parts of a second.
    constraints: dict[str, Any] = {"required": True} if column.always_there else {}
    if column.codes:
        constraints["enum"] = [code for code, _words in column.codes]
    return field | ({"constraints": constraints} if constraints else {})


def _in_a_cell(codes: tuple[tuple[str, str], ...]) -> str:
    return SEPARATOR.join(f"{code}: {words}" for code, words in codes)


_COMPONENTS = "#/components/schemas/"


def _referred_to(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"].removeprefix(_COMPONENTS)] if isinstance(part.get("$ref"), str) else []
        return own + [name for value in part.values() for name in _referred_to(value)]
    return [name for value in part for name in _referred_to(value)] if isinstance(part, list) else []


def _moved(part: Any) -> Any:
    """Return a schema whose references lead to its own definitions."""
    if isinstance(part, dict):
        return {key: _moved(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_moved(value) for value in part]
    return part.replace(_COMPONENTS, "#/$defs/") if isinstance(part, str) else part
