"""How sources are sorted here, for documents as bibliographies know them."""

from casetracker.core.bibliography.reference import Reference
from casetracker.desk.exchange.cells import Choice
from casetracker.sources.choices import SourceType

_GENRES = Choice(SourceType.choices)

# A court is a court, whatever else its site has.
_CERTAIN = {
    "legal_case": SourceType.COURT,
    "bill": SourceType.GOVERNMENT,
    "legislation": SourceType.GOVERNMENT,
    "regulation": SourceType.GOVERNMENT,
    "patent": SourceType.GOVERNMENT,
    "hearing": SourceType.PARLIAMENT_RECORD,
}
# Where nothing is known of the site or publisher. A report or a page may be of anybody: that is for a person to say.
_LIKELY = {
    "article": SourceType.RESEARCH,
    "article-journal": SourceType.RESEARCH,
    "article-magazine": SourceType.MAGAZINE,
    "article-newspaper": SourceType.NEWSPAPER,
    "broadcast": SourceType.BROADCASTER,
    "chapter": SourceType.RESEARCH,
    "dataset": SourceType.RESEARCH,
    "entry-dictionary": SourceType.ENCYCLOPEDIA,
    "entry-encyclopedia": SourceType.ENCYCLOPEDIA,
    "paper-conference": SourceType.RESEARCH,
    "thesis": SourceType.RESEARCH,
}


def stated_type(reference: Reference) -> str:
    """Return the type that a reference says in our own words, as our exports do; empty if it does not."""
    try:
        return _GENRES.read(reference.genre) if reference.genre else ""
    except ValueError:
        return ""


def likely_type(reference: Reference, usual: str) -> str:
    """Return what a reference probably is. `usual` is what most sources of its site or publisher are."""
    return _CERTAIN.get(reference.type) or usual or _LIKELY.get(reference.type, SourceType.OTHER)
