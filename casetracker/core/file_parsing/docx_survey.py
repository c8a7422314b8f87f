"""A first walk through the text of a Word document: what its fields do, and which of its text is hidden."""

from collections.abc import Mapping

from casetracker.core.file_parsing.docx_rules import PROGRAM_FIELDS, WORD
from casetracker.core.file_parsing.findings import Refusal
from casetracker.core.file_parsing.markup import Walker, bare

_OFF = {"0", "false", "off"}
_LONGEST = 200


class Survey(Walker):
    """Counts fields and runs in the order in which they begin; a second walk counts the same."""

    def __init__(self) -> None:
        """Begin before the root."""
        self.codes: list[str] = []
        self.hidden_runs: set[int] = set()
        self._path: list[str] = []
        self._open: list[int] = []
        self._in_code: set[int] = set()
        self._runs: list[int] = []
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Look at fields, runs and what hides them."""
        self._path.append(name)
        if name == f"{WORD} r":
            self._runs.append(self._count)
            self._count += 1
        elif name == f"{WORD} fldChar":
            self._mark(attributes.get(f"{WORD} fldCharType", ""))
        elif name == f"{WORD} fldSimple":
            self._check(attributes.get(f"{WORD} instr", ""))
        elif name == f"{WORD} vanish" and self._is_of_a_run() and attributes.get(f"{WORD} val", "") not in _OFF:
            self.hidden_runs.add(self._runs[-1])

    def end(self, name: str) -> None:
        """Leave a run."""
        self._path.pop()
        if name == f"{WORD} r":
            self._runs.pop()

    def text(self, text: str) -> None:
        """Collect the code of a field, which may be in pieces."""
        if self._open and self._path and bare(self._path[-1]) == "instrText" and self._open[-1] in self._in_code:
            self.codes[self._open[-1]] = (self.codes[self._open[-1]] + text)[:_LONGEST]

    def _is_of_a_run(self) -> bool:
        return self._path[-3:-1] == [f"{WORD} r", f"{WORD} rPr"]

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._open.append(len(self.codes))
            self._in_code.add(len(self.codes))
            self.codes.append("")
        elif self._open:
            self._in_code.discard(self._open[-1])
            self._check(self.codes[self._open[-1]])
            if kind == "end":
                self._open.pop()

    def _check(self, code: str) -> None:
        if keyword(code) in PROGRAM_FIELDS:
            raise Refusal("program_fields")


def keyword(code: str) -> str:
    """Return what a field does: the first word of its code."""
    return next(iter(code.upper().split()), "")
