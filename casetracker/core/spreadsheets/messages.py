"""The words for what is wrong with a file, with the remedy."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casetracker.core.sheet_parsing.findings import MOST_SHOWN, Finding, Refusal
from casetracker.core.spreadsheets.message_texts import ENCODINGS, KINDS, MESSAGES
from casetracker.core.spreadsheets.problems import EncodingChoice, Problem
from casetracker.core.text import with_invisible_shown

_UNKNOWN = gettext_lazy("This cannot be read. Save the file again as .xlsx or as “CSV UTF-8”, and upload that.")


def problems_of(refusal: Refusal, name: str, texts: Mapping[str, Any] = MESSAGES) -> Sequence[Problem]:
    """Return what is wrong with the file of this name, in the reader's language."""
    problems = [_problem(finding, _shown(name), texts) for finding in refusal.findings]
    if refusal.more:
        more = ngettext("… and one more like these.", "… and %(count)s more like these.", refusal.more)
        problems.append(Problem(more % {"count": refusal.more}))
    return problems


def choices_of(refusal: Refusal) -> Sequence[EncodingChoice]:
    """Return the encodings to choose from."""
    return [
        EncodingChoice(choice.name, str(ENCODINGS.get(choice.name, choice.name)), _shown(choice.sample))
        for choice in refusal.choices
    ]


def _problem(finding: Finding, name: str, texts: Mapping[str, Any]) -> Problem:
    details = {key: _shown(value) if isinstance(value, str) else value for key, value in finding.details.items()}
    if "kind" in details:
        details["kind"] = str(KINDS.get(str(details["kind"]), _("a file of another kind")))
    if "encoding" in details:
        details["encoding"] = str(ENCODINGS.get(str(details["encoding"]), details["encoding"]))
    message = str(texts.get(finding.code, _UNKNOWN)) % {"name": name, **details}
    return Problem(message, _shown(finding.sheet), finding.row, _shown(finding.column), _shown(finding.value))


def _shown(text: str) -> str:
    """Return the text on one line, short, and with invisible characters shown."""
    line = with_invisible_shown(" ".join(text[: MOST_SHOWN + 1].split()))
    return line if len(text) <= MOST_SHOWN and len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"
