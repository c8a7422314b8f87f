"""The kinds of document that bibliographies know, and what each format calls them.

Our own words for them are those of CSL. Each has a code in RIS, and a kind of entry in BibTeX, with a subtype where
several share one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """A kind of document in the three formats."""

    csl: str
    bibtex: str
    subtype: str
    ris: str


_ALL = (
    Type("article", "misc", "article", "INPR"),
    Type("article-journal", "article", "journal", "JOUR"),
    Type("article-magazine", "article", "magazine", "MGZN"),
    Type("article-newspaper", "article", "newspaper", "NEWS"),
    Type("bill", "legislation", "bill", "BILL"),
    Type("book", "book", "", "BOOK"),
    Type("broadcast", "misc", "broadcast", "VIDEO"),
    Type("chapter", "incollection", "", "CHAP"),
    Type("dataset", "dataset", "", "DATA"),
    Type("document", "misc", "", "GEN"),
    Type("entry-dictionary", "inreference", "dictionary", "DICT"),
    Type("entry-encyclopedia", "inreference", "", "ENCYC"),
    Type("graphic", "misc", "graphic", "ART"),
    Type("hearing", "misc", "hearing", "HEAR"),
    Type("interview", "misc", "interview", "PCOMM"),
    Type("legal_case", "jurisdiction", "", "CASE"),
    Type("legislation", "legislation", "", "STAT"),
    Type("manuscript", "unpublished", "", "MANSCPT"),
    Type("map", "misc", "map", "MAP"),
    Type("motion_picture", "misc", "motion_picture", "MPCT"),
    Type("pamphlet", "booklet", "", "PAMP"),
    Type("paper-conference", "inproceedings", "", "CONF"),
    Type("patent", "patent", "", "PAT"),
    Type("post", "online", "post", "ICOMM"),
    Type("post-weblog", "online", "weblog", "BLOG"),
    Type("regulation", "legislation", "regulation", "LEGAL"),
    Type("report", "techreport", "", "RPRT"),
    Type("software", "software", "", "COMP"),
    Type("song", "misc", "song", "SOUND"),
    Type("speech", "misc", "speech", "SLIDE"),
    Type("thesis", "phdthesis", "", "THES"),
    Type("webpage", "online", "", "ELEC"),
)

TYPES = frozenset(one.csl for one in _ALL)
UNKNOWN = "document"

_BY_CSL = {one.csl: one for one in _ALL}
_CSL_ALIASES = {
    "event": "speech",
    "entry": "document",
    "musical_score": "document",
    "pamphlet": "pamphlet",
    "periodical": "article-magazine",
    "performance": "speech",
    "personal_communication": "interview",
    "review": "article-magazine",
    "review-book": "article-magazine",
    "standard": "report",
    "treaty": "legislation",
    "classic": "book",
    "collection": "document",
    "figure": "graphic",
}
_BY_BIBTEX = {(one.bibtex, one.subtype): one.csl for one in _ALL}
_BIBTEX_ALIASES = {
    "audio": "song",
    "bookinbook": "chapter",
    "collection": "book",
    "conference": "paper-conference",
    "electronic": "webpage",
    "image": "graphic",
    "inbook": "chapter",
    "legal": "legislation",
    "manual": "report",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "movie": "motion_picture",
    "performance": "speech",
    "periodical": "article-magazine",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "standard": "report",
    "suppbook": "chapter",
    "thesis": "thesis",
    "video": "broadcast",
    "www": "webpage",
}
_BY_RIS = {one.ris: one.csl for one in _ALL}
_RIS_ALIASES = {
    "ABST": "article-journal",
    "AGGR": "dataset",
    "CPAPER": "paper-conference",
    "CLSWK": "book",
    "DBASE": "webpage",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "GOVDOC": "report",
    "JFULL": "article-journal",
    "MULTI": "webpage",
    "SER": "book",
    "STAND": "report",
    "UNBILL": "bill",
    "UNPB": "manuscript",
    "WEB": "webpage",
}


def type_of_csl(name: str) -> str:
    """Return our type for what CSL-JSON says."""
    return name if name in TYPES else _CSL_ALIASES.get(name, UNKNOWN)


def type_of_bibtex(entry: str, subtype: str, *, is_numbered: bool) -> str:
    """Return our type for an entry of BibTeX.

    There @article says no more than that it appeared in something. Only journals have volumes, numbers or identifiers.
    """
    if found := _BY_BIBTEX.get((entry, subtype)) or type_of_subtype(subtype):
        return found
    if entry == "article":
        return "article-journal" if is_numbered else UNKNOWN
    return _BY_BIBTEX.get((entry, "")) or _BIBTEX_ALIASES.get(entry, UNKNOWN)


def type_of_subtype(subtype: str) -> str:
    """Return our type for a subtype that says it all; empty for others."""
    return next((one.csl for one in _ALL if subtype and subtype in (one.subtype, one.csl)), "")


def type_of_ris(code: str) -> str:
    """Return our type for a code of RIS."""
    return _BY_RIS.get(code) or _RIS_ALIASES.get(code, UNKNOWN)


def formats_of(name: str) -> Type:
    """Return what the formats call our type."""
    return _BY_CSL[name]
