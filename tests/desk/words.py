"""The words of a page that people read, one by one, and which of them are data."""

import re
from html.parser import HTMLParser

from django.db import models

from casetracker.accounts.models import User
from casetracker.core.text_list import TextListField
from casetracker.desk.exchange.columns import sheet_kinds
from casetracker.desk.exchange.kept import rows_of_plan
from casetracker.review.models import Import
from tests.architecture.ours import our_models

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "base", "source", "wbr"})
_UNREAD = frozenset({"script", "style"})
_ATTRIBUTES = ("aria-label", "title", "alt", "placeholder")


class _Words(HTMLParser):
    """Collects texts and the attributes that are read out; what names its own language is left out."""

    def __init__(self):
        super().__init__()
        self.found, self._open = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        own_language = tag in _UNREAD or (tag != "html" and bool(attrs.get("lang")))
        silent = own_language or any(silent for _tag, silent in self._open)
        if tag not in _VOID:
            self._open.append((tag, silent))
        if silent:
            return
        is_button = tag == "input" and attrs.get("type") in ("submit", "button")
        names = (*_ATTRIBUTES, "value") if is_button else _ATTRIBUTES
        self.found += [attrs[name] for name in names if attrs.get(name)]

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(silent for _tag, silent in self._open):
            self.found.append(data)


def words_of(response):
    """The texts of a page, each with its blanks folded, without numbers and signs alone."""
    parser = _Words()
    parser.feed(response.content.decode())
    texts = (" ".join(text.split()) for text in parser.found)
    return [text for text in texts if re.search(r"[^\W\d_]", text)]


def data_of_records():
    """Every text that somebody typed, from the longest: it keeps its own language on every page."""
    found = set()
    for model in {*our_models(), User}:
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField)) and not field.choices and field.name != "field"
        ]
        if names:
            found.update(text for row in model._base_manager.values_list(*names) for text in row if text)
        for name in [field.name for field in model._meta.concrete_fields if isinstance(field, TextListField)]:
            found.update(text for texts in model._base_manager.values_list(name, flat=True) for text in texts)
    return sorted(map(str, found), key=len, reverse=True)


# What a plan or a question of an import says in the words of the file, or in the language in which it was made.
_SAID = frozenset({"message", "label", "before", "after", "value", "column", "why", "sample", "columns", "samples"})


def data_of_imports():
    """The names of the columns of spreadsheets, and all that imports keep of files, from the longest."""
    found = {f"({column.name})" for kind in sheet_kinds().values() for column in kind.all_columns()}
    for upload in Import.objects.all():
        rows = list(rows_of_plan(upload)) if upload.plan else []
        found.update(text for text in _said_in([rows, upload.question], is_data=False) if text)
    return sorted(found, key=len, reverse=True)


def _said_in(value, *, is_data):
    if isinstance(value, str) and is_data:
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _said_in(part, is_data=is_data or name in _SAID)
    elif isinstance(value, list):
        for part in value:
            yield from _said_in(part, is_data=is_data)
