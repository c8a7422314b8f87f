"""What the pages show of an import: its plan in parts, and what can be done with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casetracker.accounts.models import User
from casetracker.core.bibliography.formats import ENDINGS
from casetracker.desk.ages import age_in_words
from casetracker.desk.exchange.columns import SOURCE, sheet_kinds
from casetracker.desk.exchange.headers import headers_of_columns
from casetracker.desk.exchange.kept import columns_of_plan, rows_of_plan
from casetracker.desk.exchange.plan import RowStatus
from casetracker.review.choices import DuplicatesInImport, ImportState
from casetracker.review.models import Import
from casetracker.review.services.uploads import is_stuck

ROWS_ON_A_PAGE = 50
_VALUES_IN_SIGHT = 6
# A whole file, or the plan of one: not read where a line about it is enough.
_LARGE = ("content", "rest", "plan", "question")

STATUS_WORDS = {
    RowStatus.ERROR: gettext_lazy("error"),
    RowStatus.DUPLICATE: gettext_lazy("possible duplicate"),
    RowStatus.CREATE: gettext_lazy("new"),
    RowStatus.UPDATE: gettext_lazy("change"),
    RowStatus.UNCHANGED: gettext_lazy("unchanged"),
}
_REVISION = gettext_lazy("change to a published record")
ALL = "all"


def imports_of(person: User) -> QuerySet[Import]:
    """Return the imports of a person, the last first, without what is large in them."""
    return Import.objects.filter(person=person).defer(*_LARGE)


@dataclass(frozen=True)
class Summary:
    """An import in a list."""

    upload: Import
    kind: str
    age: str
    counts: str
    is_stuck: bool


def summary_of(upload: Import) -> Summary:
    """Say in a line how an import stands."""
    age = _("%(age)s ago") % {"age": age_in_words(upload.created_at)}
    return Summary(upload, kind_label(upload), age, ", ".join(_counted(upload)), is_stuck(upload))


def kind_label(upload: Import) -> str:
    """Return what the rows of a file are."""
    return str(sheet_kinds()[upload.sheet_kind].label)


def is_bibliography(upload: Import) -> bool:
    """Tell whether a file of sources is called like a bibliography: then its rows are entries."""
    return upload.sheet_kind == SOURCE and upload.file_name.rpartition(".")[2].lower() in ENDINGS


def _counted(upload: Import) -> Iterator[str]:
    """Say what was counted, in the states in which that still holds."""
    counts = upload.counts
    if upload.state == ImportState.DONE:
        written, left_out = counts.get("written", 0), counts.get("left_out", 0)
        yield ngettext("%(number)d row imported", "%(number)d rows imported", written) % {"number": written}
        if left_out:
            yield _("%(number)d left out") % {"number": left_out}
    elif upload.state in (ImportState.PLANNED, ImportState.IMPORTING):
        for status, words in STATUS_WORDS.items():
            if counts.get(status):
                yield f"{counts[status]} {words}"


# --- The plan -----------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """A filter of the rows, with how many it leaves."""

    name: str
    label: Any
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """A row of the plan, with where the desk shows what it is about and what it may repeat.

    `values` is what a new row would say, of which the first stand in sight.
    """

    planned: Mapping[str, Any]
    status: Any
    address: str
    values: list[tuple[str, str]]
    more_values: list[tuple[str, str]]
    problems: list[tuple[str, Mapping[str, Any]]]
    alike: list[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class ShownPlan:
    """One page of a plan. `rows` are those of the page, never all; `revisions` is how many records get one."""

    choices: list[Choice]
    page: Page
    rows: list[Row]
    shown: str
    revisions: int


def shown_plan(upload: Import, show: str, number: str | None) -> ShownPlan:
    """Return a page of the rows that a filter leaves; what needs a decision, if none is named."""
    counts = {status.value: upload.counts.get(status, 0) for status in STATUS_WORDS}
    shown = show if show in counts or show == ALL else _first_to_decide(counts)
    rows = rows_of_plan(upload) if shown == ALL else rows_of_plan(upload, RowStatus(shown))
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(number)
    headers = headers_of_columns(sheet_kinds()[upload.sheet_kind], columns_of_plan(upload), upload.mapping)
    return ShownPlan(
        [
            *(Choice(one, words, counts[one], one == shown) for one, words in STATUS_WORDS.items() if counts[one]),
            Choice(ALL, _("all rows"), sum(counts.values()), shown == ALL),
        ],
        page,
        [_row(row, upload.sheet_kind, headers) for row in page.object_list],
        shown,
        upload.counts.get("revised", 0),
    )


def _first_to_decide(counts: Mapping[str, int]) -> str:
    return next((status for status in (RowStatus.ERROR, RowStatus.DUPLICATE) if counts[status]), ALL)


def _row(planned: Mapping[str, Any], kind: str, headers: Mapping[str, str]) -> Row:
    is_revision = planned["revises"] and planned["status"] == RowStatus.UPDATE
    return Row(
        planned,
        _REVISION if is_revision else STATUS_WORDS[RowStatus(planned["status"])],
        address_of(kind, planned["existing"]),
        planned["values"][:_VALUES_IN_SIGHT],
        planned["values"][_VALUES_IN_SIGHT:],
        # The importer knows the header of the sheet, not our name for the column.
        [(headers.get(problem["column"], problem["column"]), problem) for problem in planned["problems"]],
        [(address_of(kind, alike["record"]), alike) for alike in planned["alike"]],
    )


def address_of(kind: str, key: str | None) -> str:
    """Return where the desk shows what a row is about; of a citation, that is the record that cites."""
    if not key:
        return ""
    return reverse("admin:sources_source_change" if kind == SOURCE else "admin:record_review", args=[key])


# --- What can be done with it --------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One way to confirm a plan: what its button says, and what its form sends."""

    button: str
    good_rows_only: bool
    duplicates: DuplicatesInImport


def ways_to_confirm(upload: Import) -> list[Way]:
    """Return what a plan can be confirmed as: with errors, only that they are left out."""
    counts = upload.counts
    doubtful, errors = counts.get(RowStatus.DUPLICATE, 0), bool(counts.get(RowStatus.ERROR))
    concerned = sum(counts.get(status, 0) for status in STATUS_WORDS if status != RowStatus.UNCHANGED)
    good, everything = counts.get("good", 0), counts.get("all", 0)
    ways = []
    if good and good == concerned:
        ways.append(Way(_all_of(upload, good), errors, DuplicatesInImport.ASK))
    elif good:
        choice = DuplicatesInImport.SKIP if doubtful else DuplicatesInImport.ASK
        ways.append(Way(_good_ones(good, concerned - good), errors, choice))
    if doubtful and everything:
        ways.append(Way(_doubtful_too(everything, concerned - everything), errors, DuplicatesInImport.LOG))
    return ways


def _all_of(upload: Import, rows: int) -> str:
    if upload.sheet_kind == SOURCE:  # which is no draft, and never was one
        return ngettext("Import %(number)d row", "Import %(number)d rows", rows) % {"number": rows}
    return ngettext("Import %(number)d row into drafts", "Import %(number)d rows into drafts", rows) % {"number": rows}


def _good_ones(rows: int, left_out: int) -> str:
    text = ngettext(
        "Import the %(number)d good row and leave %(left_out)d out",
        "Import the %(number)d good rows and leave %(left_out)d out",
        rows,
    )
    return text % {"number": rows, "left_out": left_out}


def _doubtful_too(rows: int, left_out: int) -> str:
    if left_out:
        text = ngettext(
            "Import %(number)d row although it may be a duplicate, and leave %(left_out)d out",
            "Import %(number)d rows, possible duplicates too, and leave %(left_out)d out",
            rows,
        )
    else:
        text = ngettext(
            "Import %(number)d row although it may be a duplicate",
            "Import all %(number)d rows, possible duplicates too",
            rows,
        )
    return text % {"number": rows, "left_out": left_out}


def drafts_of(upload: Import) -> str:
    """Return the address of the list in which the rows of a finished import are found."""
    kind = sheet_kinds()[upload.sheet_kind]
    if kind.record is None and upload.sheet_kind != SOURCE:
        return reverse("admin:queue", args=["drafts"])
    meta = kind.model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return address if upload.sheet_kind == SOURCE else f"{address}?state=draft&queue=mine"
