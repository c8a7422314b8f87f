"""What a bibliography calls a source, by the code of its type.

The public side, which writes bibliographies too, knows no more of sources than these codes.
"""

from collections.abc import Mapping

# All others are pages, or documents where they have no address.
WRITTEN: Mapping[str, str] = {
    "ngo_report": "report",
    "newspaper": "article-newspaper",
    "news_agency": "article-newspaper",
    "state_media": "article-newspaper",
    "magazine": "article-magazine",
    "trade_press": "article-magazine",
    "research": "article-journal",
    "think_tank": "report",
    "encyclopedia": "entry-encyclopedia",
    "government": "report",
    "court": "legal_case",
    "parliament_record": "hearing",
    "forum_quote": "post",
}
# In these, reference managers have no place for a publisher: it is what the document appeared in.
_APPEARS_IN_SOMETHING = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "entry-encyclopedia", "post", "webpage"}
)


def written_type(source_type: str, *, has_address: bool) -> str:
    """Return what a bibliography calls a source of a type."""
    return WRITTEN.get(source_type, "webpage" if has_address else "document")


def published_by(reference_type: str, publisher: str) -> dict[str, str]:
    """Return the field of a reference that says who published a document of this type."""
    return {"container" if reference_type in _APPEARS_IN_SOMETHING else "publisher": publisher}
