"""A second walk through a part of a Word document, which writes down what the copy takes over."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from casetracker.core.file_parsing import docx_rules as rules
from casetracker.core.file_parsing.docx_survey import Survey, keyword
from casetracker.core.file_parsing.markup import Walker

_NAMESPACES = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for uri, prefix in rules.PREFIXES.items())
# What an older program may pass over.
_DECLARATIONS = f' {_NAMESPACES} mc:Ignorable="w14 wp14"'
_DROP, _UNWRAP, _KEEP = range(3)
_REVISION = "rsid"
_W = f"{rules.WORD} "


class Cleaner(Walker):
    """Writes the part anew, with the short names of namespaces and the keys of relations that the copy has."""

    def __init__(self, survey: Survey, keys: Mapping[str, str], *, is_settings: bool) -> None:
        """Take what the first walk found, and the new keys of the relations that remain."""
        self._survey, self._keys, self._is_settings = survey, keys, is_settings
        self._written: list[str] = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
        self._ends: list[str] = []
        self._skipped = 0
        self._prefixes: dict[str, str] = {}
        self._runs = self._fields = 0
        self._open_fields: list[int] = []
        self._told: set[int] = set()

    @property
    def content(self) -> bytes:
        """Return the part as it was written."""
        return "".join(self._written).encode()

    def prefix(self, prefix: str, namespace: str) -> None:
        """Remember which namespace the document means."""
        self._prefixes[prefix] = namespace

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Write the beginning of an element, or leave it out."""
        action = self._counted(name, attributes)
        if self._skipped:
            self._skipped += 1
            return
        action = min(action, self._action(name, attributes))
        if action == _DROP:
            self._skipped = 1
        elif action == _UNWRAP:
            self._ends.append("")
        else:
            self._write(name, attributes)

    def end(self, name: str) -> None:
        """Write the end of what was written."""
        if self._skipped:
            self._skipped -= 1
        else:
            self._written.append(self._ends.pop())

    def text(self, text: str) -> None:
        """Write text."""
        if not self._skipped:
            self._written.append(escape(text))

    def _counted(self, name: str, attributes: Mapping[str, str]) -> int:
        """Count runs and fields as the first walk did, also within what is left out. Return what becomes of them."""
        if name == f"{_W}r":
            self._runs += 1
            return _DROP if self._runs - 1 in self._survey.hidden_runs else _KEEP
        if name == f"{_W}fldChar":
            return self._field(attributes.get(f"{_W}fldCharType", ""))
        if name == f"{_W}instrText":
            return self._code()
        if name == f"{_W}fldSimple":
            return _KEEP if keyword(attributes.get(f"{_W}instr", "")) in rules.LIVE_FIELDS else _UNWRAP
        return _KEEP

    def _field(self, kind: str) -> int:
        if kind == "begin":
            self._open_fields.append(self._fields)
            self._fields += 1
        is_live = bool(self._open_fields) and self._is_live(self._open_fields[-1])
        if kind == "end" and self._open_fields:
            self._open_fields.pop()
        return _KEEP if is_live else _DROP

    def _is_live(self, field: int) -> bool:
        return keyword(self._survey.codes[field]) in rules.LIVE_FIELDS

    def _code(self) -> int:
        """Write what a live field does, in a word; what else its code says stays behind."""
        field = self._open_fields[-1] if self._open_fields else None
        if field is not None and not self._skipped and field not in self._told and self._is_live(field):
            self._told.add(field)
            word = keyword(self._survey.codes[field])
            self._written.append(f'<w:instrText xml:space="preserve"> {word} </w:instrText>')
        return _DROP

    def _action(self, name: str, attributes: Mapping[str, str]) -> int:
        namespace, _blank, local = name.rpartition(" ")
        if namespace not in rules.PREFIXES or local in rules.DROPPED_ANYWHERE or self._lacks_a_part(attributes, local):
            return _DROP
        if namespace == rules.COMPATIBILITY and local == "Choice":
            return _KEEP if self._required(attributes) else _DROP
        if self._is_settings and (namespace != rules.WORD or local not in rules.SETTINGS):
            return _DROP
        if namespace != rules.WORD:
            return _KEEP
        if local in rules.DROPPED:
            return _DROP
        return _UNWRAP if local in rules.UNWRAPPED else _KEEP

    def _lacks_a_part(self, attributes: Mapping[str, str], local: str) -> bool:
        """Tell whether the element shows something that stays behind. What a link leads to is no part of it."""
        if local in rules.UNWRAPPED:
            return False
        keys = [value for name, value in attributes.items() if name.startswith(f"{rules.RELATION} ")]
        return bool(keys) and not any(key in self._keys for key in keys)

    def _required(self, attributes: Mapping[str, str]) -> str:
        """Return the copy's short names for what a choice requires, or "" if it has not all of them."""
        namespaces = [self._prefixes.get(prefix, "") for prefix in attributes.get("Requires", "").split()]
        known = [rules.PREFIXES.get(namespace, "") for namespace in namespaces]
        return " ".join(known) if all(known) else ""

    def _write(self, name: str, attributes: Mapping[str, str]) -> None:
        namespace, _blank, local = name.rpartition(" ")
        tag = f"{rules.PREFIXES[namespace]}:{local}"
        parts = [f"<{tag}", "" if self._ends else _DECLARATIONS]
        for key, value in attributes.items():
            written = self._attribute(local, key, value)
            if written:
                parts.append(f" {written}")
        self._written.append("".join([*parts, ">"]))
        self._ends.append(f"</{tag}>")

    def _attribute(self, element: str, name: str, value: str) -> str:
        namespace, _blank, local = name.rpartition(" ")
        if local in rules.DROPPED_ATTRIBUTES or local.startswith(_REVISION) or namespace == rules.COMPATIBILITY:
            return ""
        if namespace == rules.RELATION:
            return f"r:{local}={quoteattr(self._keys[value])}" if value in self._keys else ""
        if local == "name" and element in rules.NAMELESS:
            value = ""
        elif local == "Requires" and element == "Choice":
            value = self._required({"Requires": value})
        elif local == "instr" and element == "fldSimple":
            value = keyword(value)
        prefix = (
            {"": "", rules.XML: "xml:"}.get(namespace)
            if namespace not in rules.PREFIXES
            else (f"{rules.PREFIXES[namespace]}:")
        )
        return "" if prefix is None else f"{prefix}{local}={quoteattr(value)}"
