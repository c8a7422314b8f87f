"""Canaries: values that occur nowhere else, so that one in a public answer proves a leak.

A text canary consists of small ASCII letters and digits. JSON, HTML and URLs leave those as they are, so
that it looks the same in every encoding but base64. Days, numbers and points are of a kind that nothing
public has.
"""

import base64
import datetime as dt
import html
import itertools
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import unquote

from django.db import models

from casetracker.core.dates import EdtfField
from casetracker.core.languages import LanguageField
from casetracker.core.text_list import TextListField

STEM = "kanarie"
YEAR = 1931  # No public day is so early.
LANGUAGE = "gsw"  # Nothing public is in Swiss German.
_DECIMALS = "371593"
_NUMBERS = {"PositiveSmallIntegerField": 31000, "SmallIntegerField": 31000, "IntegerField": 1477000000}
_BIG = 1477000000

_count = itertools.count(1)
# What each canary stands for: text or number to “model.field”.
_labels: dict[str, str] = {}

_TRAP = re.compile(
    rf"{STEM}\d{{6}}x|\b1477\d{{6}}\b|\b31\d{{3}}\b|\b{YEAR}\b|\b{LANGUAGE}\b|\.{_DECIMALS}", re.IGNORECASE
)
_UUIDS = re.compile(r"\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b", re.IGNORECASE)
# The letters that stay the same wherever in a base64 text the stem begins.
_BASE64 = [
    base64.b64encode(b"\0" * shift + STEM.encode()).decode()[start:9] for shift, start in ((0, 0), (1, 2), (2, 3))
]


def text(label: str) -> str:
    """A new text canary."""
    canary = f"{STEM}{next(_count):06}x"
    _labels[canary] = label
    return canary


def for_field(field: models.Field, label: str) -> object:
    """A new canary that the column can hold; None if it holds nothing that could be told apart."""
    return next((value for kind, make in _MAKERS if isinstance(field, kind) and (value := make(field, label))), None)


def _number(field: models.Field, label: str) -> int:
    number = _NUMBERS.get(field.get_internal_type(), _BIG) + next(_count) % 900
    _labels[str(number)] = label
    return number


def _text(field: models.Field, label: str) -> str | None:
    if field.choices or (field.max_length or 100) < len(STEM) + 7:
        return None
    return text(label)


# The first that fits a field makes its canary.
_MAKERS = (
    (models.ForeignKey, lambda field, label: None),
    (models.UUIDField, lambda field, label: None),
    (EdtfField, lambda field, label: f"{YEAR}-07-19"),
    (LanguageField, lambda field, label: LANGUAGE),
    (models.EmailField, lambda field, label: f"{text(label)}@example.org"),
    (models.URLField, lambda field, label: f"https://{text(label)}.example/"),
    (models.GenericIPAddressField, lambda field, label: "203.0.113.31"),
    (TextListField, lambda field, label: [text(label)]),
    (models.JSONField, lambda field, label: {text(label): text(label)}),
    (models.DateTimeField, lambda field, label: dt.datetime(YEAR, 7, 19, 5, 7, 9, 471147, tzinfo=dt.UTC)),
    (models.DateField, lambda field, label: dt.date(YEAR, 7, 19)),
    (models.DecimalField, lambda field, label: Decimal(f"12.{_DECIMALS}")),
    (models.IntegerField, _number),
    (models.CharField | models.TextField, _text),
)


def found_in(answer: str, *, keys: frozenset[str] = frozenset()) -> list[str]:
    """Name every canary in a text, and each of the keys (UUIDs without dashes), in any encoding."""
    forms = {answer, html.unescape(answer), unquote(answer), _unescaped_json(answer)}
    found = {_name(match) for form in forms for match in _TRAP.findall(form)}
    found |= {match for form in forms for match in _UUIDS.findall(form) if match.replace("-", "").lower() in keys}
    found |= {f"base64 of {STEM}" for stem in _BASE64 if stem in answer}
    return sorted(found)


def _name(match: str) -> str:
    label = _labels.get(match.lower())
    return f"{label} ({match})" if label else match


def _unescaped_json(answer: str) -> str:
    return re.sub(r"\\u[0-9a-fA-F]{4}", lambda match: json.loads(f'"{match[0]}"', strict=False), answer)


def every_form(canary: str) -> Iterator[str]:
    """A canary as a careless program may write it out, for tests of the trap itself."""
    yield canary
    yield canary.upper()
    yield json.dumps({"a": f'"{canary}é'})
    yield "".join(f"\\u{ord(char):04x}" for char in canary)
    yield "".join(f"&#{ord(char)};" for char in canary)
    yield "".join(f"%{ord(char):02X}" for char in canary)
    for before in ("", "a", "ab"):
        yield base64.urlsafe_b64encode(f"{before}{canary}".encode()).decode()
