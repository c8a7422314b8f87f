"""Which texts something published is found by: names first, then the rest, each in its language."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import starmap
from typing import NamedTuple
from urllib.parse import urlsplit

from casetracker.core.languages import DATA_LANGUAGE
from casetracker.places.countries import alpha3, name_of
from casetracker.public.rendering.values import Rendered, as_text

# Names of countries are looked for in every language that readers of this record have.
_LANGUAGES = ("en", "nl", "zh-Hans")
# What people say beside the names of CLDR.
_ALSO = {"GB": ("UK", "Britain", "England"), "NL": ("Holland",), "US": ("USA", "America"), "EU": ("European Union",)}


_decoder = json.JSONDecoder()


class Passage(NamedTuple):
    """A text, and its language (BCP 47; empty if it is not known).

    One that is no statement, such as the name of a source, is shown only if it was searched for.
    """

    text: str
    language: str = DATA_LANGUAGE
    is_statement: bool = True


@dataclass(frozen=True)
class Texts:
    """What something is called, what it says, and words that lead to it without being shown."""

    names: list[str]
    passages: list[Passage] = field(default_factory=list)
    further: list[str] = field(default_factory=list)

    def telling(self, label: str, reference: str) -> list[Passage]:
        """Return what can tell why something was found, in the order in which it is tried.

        Names that are not shown otherwise, such as one in Chinese, come before what it says.
        """
        shown = label.casefold()
        names = (name for name in self.names if name.casefold() not in shown and name != reference)
        return [*(Passage(name, "", is_statement=False) for name in names), *(one for one in self.passages if one.text)]


def written(passages: Iterable[Passage]) -> str:
    """Return passages as they are stored: JSON."""
    return as_text(list(passages))


def read(stored: str) -> Iterator[Passage]:
    """Yield passages as they were written."""
    return starmap(Passage, _decoder.decode(stored))


def names_of_government(code: str) -> list[str]:
    """Return what a government may be called in a query."""
    if not code:
        return []
    return [*(name_of(code, language) for language in _LANGUAGES), code, alpha3(code), *_ALSO.get(code, ())]


def texts_of(record_kind: str, content: Rendered) -> Texts:
    """Return the texts of a document as readers get it. Raises `KeyError` for a kind that cannot be searched."""
    return _TEXTS[record_kind](content)


def _station(station: Rendered) -> Texts:
    names = _some(station, "label", "reference", "region", "locality", "operator_jurisdiction")
    replies = (text for reply in station["replies"] for text in (reply["answer"], reply["asked"]) if text)
    return Texts(
        [*names, *(name["text"] for name in station["names"])],
        [*_passages(station, "summary"), *map(Passage, replies), *_evidence(station)],
        [*names_of_government(station["country"]), *station["counted_in"], *_some(station, "kind_label")],
    )


def _response(response: Rendered) -> Texts:
    quoted = [
        Passage(response["quote"] or "", response["quote_language"] or ""),
        Passage(response["quote_translation"] or ""),
    ]
    governments = {response["concerns"] or "", response["responder"] or ""}
    return Texts(
        _some(response, "label", "reference", "actor", "person"),
        [*_passages(response, "summary"), *(one for one in quoted if one.text), *_evidence(response)],
        [
            *(name for code in sorted(governments) for name in names_of_government(code)),
            *_some(response, "party", "cabinet", "kind_label", "sets_status_label"),
            *response["stations"],
        ],
    )


def _agreement(agreement: Rendered) -> Texts:
    governments = (agreement["country"], agreement["counterpart"])
    return Texts(
        [*_some(agreement, "label", "reference", "title"), *agreement["parties"], *agreement["places"]],
        [*_passages(agreement, "summary"), *_evidence(agreement)],
        [*(name for code in governments for name in names_of_government(code or "")), *_some(agreement, "type_label")],
    )


def _claim(claim: Rendered) -> Texts:
    return Texts(
        _some(claim, "label", "reference", "claimed_by"),
        [*_passages(claim, "text"), *_evidence(claim)],
        [
            *names_of_government(claim["country"] or ""),
            *claim["attribution"],
            *_some(claim, "topic_label", "quantity", "epistemic_status_label"),
        ],
    )


def _source(source: Rendered) -> Texts:
    names = _some(source, "label", "reference", "title", "publisher", "author")
    return Texts(names, [], [*_some(source, "type_label", "published"), *_host(source["url"] or "")])


_TEXTS = {
    "station": _station,
    "response": _response,
    "agreement": _agreement,
    "claim": _claim,
    "source": _source,
}


def _evidence(record: Rendered) -> Iterator[Passage]:
    """Yield the words that a record quotes, and the names of its sources."""
    yield from (Passage(disclosure["text"]) for disclosure in record["disclosures"])
    for citation in record["citations"]:
        source = citation["source"]
        yield Passage(citation["quote"] or "", citation["quote_language"] or "")
        yield Passage(citation["quote_translation"] or "")
        yield Passage(citation["attributed_to"] or "", is_statement=False)
        yield Passage(source["title"] or "", source["language"] or "", is_statement=False)
        yield Passage(source["publisher"] or "", "", is_statement=False)


def _some(content: Rendered, *names: str) -> list[str]:
    return [content[name] for name in names if content[name]]


def _passages(content: Rendered, *names: str) -> Iterator[Passage]:
    return map(Passage, _some(content, *names))


def _host(url: str) -> list[str]:
    try:
        return [urlsplit(url).hostname or ""]
    except ValueError:  # It only looks like an address.
        return []
