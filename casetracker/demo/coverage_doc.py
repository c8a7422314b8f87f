"""Where each fact of the article stands, as a page of documentation, generated from the reference data."""

from casetracker.demo.homes import Fact, Home, read_facts
from casetracker.demo.reader import grouped, listed

_INTRODUCTION = """\
# Where the facts of the article stand

This page is generated from `casetracker/demo/data/` by `manage.py render_coverage`. Do not edit it.

The project starts from an article: NRC, 5 December 2022, source `nrc1205` of the reference data. It was taken apart
into {facts} facts. {housed} of them stand in the data that the demonstration loads; the others are the author’s
commentary, and say so here.

A fact is told as subject, predicate and value, with the paragraph of the article and the chain of attribution,
nearest first. Beside it stand the rows that say it: kind and key, as in the files, then each field with its value
as loaded. A test reads every one of these values from the public API.
"""
_HEADER = "| fact | what the article says | through whom | where it stands |\n|---|---|---|---|"


def render_coverage() -> str:
    """Return the page as Markdown."""
    facts = read_facts()
    introduction = _INTRODUCTION.format(facts=len(facts), housed=sum(bool(fact.homes) for fact in facts))
    paragraphs = grouped([fact.row for fact in facts], "paragraph")
    by_id = {fact.row["fact_id"]: fact for fact in facts}
    sections = (
        "\n".join([_heading(number), "", _HEADER, *(_row(by_id[row["fact_id"]]) for row in rows), ""])
        for number, rows in paragraphs.items()
    )
    return "\n".join([introduction, *sections])


def _heading(paragraph: str) -> str:
    return "## Head of the article" if paragraph == "0" else f"## Paragraph {paragraph}"


def _row(fact: Fact) -> str:
    row = fact.row
    told = f"{row['subject']}: {row['predicate'].replace('_', ' ')}"
    cells = (
        row["fact_id"],
        f"{told}: {row['value']}" if row["value"] else told,
        " ← ".join(listed(row["attribution"])),
        _places(fact.homes) or f"Nowhere. {fact.why}",
    )
    return f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |"


def _places(homes: tuple[Home, ...]) -> str:
    places: dict[tuple[str, str], list[str]] = {}
    for home in homes:
        value = f"{home.field.replace('_', ' ')} “{home.value}”"
        found = places.setdefault((home.kind, home.key), [])
        if value not in found:
            found.append(value)
    return "<br>".join(f"{kind} `{key}`: {', '.join(values)}" for (kind, key), values in places.items())
