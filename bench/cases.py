"""What is asked of each contender, and how its answers are compared."""

from dataclasses import dataclass
from urllib.parse import quote

from bench.invented_stations import CHINESE, COMMON, RARE
from bench.servers import BARE, DATASETTE, OURS, USUAL
from casetracker.public.api.views.documents import BY_NUMBER
from casetracker.public.keyset import encode_cursor

# As quick as Datasette gives whole rows: no count, no facets.
_TUNED = "_nocount=1&_nofacet=1&_nosuggest=1&_shape=arrays&_size=50"
_TABLE = "/bench/public_stationdocument"
_STATIONS = "/api/v1/stations/"


@dataclass(frozen=True)
class Question:
    """An address of a contender."""

    server: str
    path: str
    always_new: bool = False
    known: bool = False  # Whether the caller sends the entity tag of what it has.
    is_slow: bool = False  # One answer may take seconds.


@dataclass(frozen=True)
class Case:
    """The same question to several, ours first."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Goal:
    """At least this many times as many answers to one question as to another, on SQLite; half of it on PostgreSQL."""

    name: str
    case: str
    against: tuple[str, str]  # case and server
    least: float
    halved: bool = True


def cases(size: int) -> list[Case]:
    """Return what is asked of so many stations. The deep page is the 1,000th, if there is one."""
    page = min(1_000, size // 100)
    behind = encode_cursor(BY_NUMBER, (round((page - 1) * 50 / 0.99),))  # A hundredth is retracted.
    reference = f"S-{size // 2 + 1}"
    return [
        Case(
            "list",
            (
                Question(OURS, f"{_STATIONS}?country=NL", always_new=True),
                Question(USUAL, "/stations/?country=NL"),
                Question(DATASETTE, f"{_TABLE}.json?country=NL&to_seq__isnull=1&_sort=number&{_TUNED}"),
            ),
        ),
        Case("list, kept", (Question(OURS, f"{_STATIONS}?country=NL"), Question(BARE, "/list"))),
        Case("page 1", (Question(OURS, _STATIONS, always_new=True), Question(USUAL, "/stations/"))),
        Case(
            "deep page",
            (
                Question(OURS, f"{_STATIONS}?cursor={behind}", always_new=True),
                Question(USUAL, f"/stations/?page={page}"),
            ),
        ),
        Case(
            "detail",
            (
                Question(OURS, f"{_STATIONS}{reference}/", always_new=True),
                Question(USUAL, f"/stations/{reference}/"),
                Question(DATASETTE, f"{_TABLE}/{size // 2 + 1}.json"),
            ),
        ),
        Case("304", (Question(OURS, f"{_STATIONS}?country=NL", known=True), Question(BARE, "/list", known=True))),
        _search("search, rare word", RARE),
        _search("search, common word", COMMON),
        _search("search, 福州", CHINESE),
    ]


def _search(name: str, words: str) -> Case:
    asked = quote(words)
    ours = Question(OURS, f"/api/v1/search/?q={asked}", always_new=True)
    return Case(name, (ours, Question(USUAL, f"/stations/?search={asked}", is_slow=True)))


GOALS = (
    Goal("filtered list, never asked before", "list", ("list", USUAL), 15),
    Goal("", "list", ("list", DATASETTE), 8),
    Goal("the same, kept", "list, kept", ("list, kept", BARE), 0.6),
    Goal("page 1,000 beside page 1", "deep page", ("page 1", OURS), 1 / 1.5, halved=False),
    Goal("detail, never asked before", "detail", ("detail", USUAL), 5),
    Goal("", "detail", ("detail", DATASETTE), 3),
    Goal("304", "304", ("304", BARE), 0.7),
    Goal("search for a rare word", "search, rare word", ("search, rare word", USUAL), 40),
    Goal("search for a word that all have", "search, common word", ("list", OURS), 0.3),
    Goal("search for 福州", "search, 福州", ("list", OURS), 0.1),
)
