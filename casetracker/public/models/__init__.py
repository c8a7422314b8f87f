"""What the public reads: documents rendered once, each row valid from one entry of the log to another."""

from casetracker.public.models.agreements import AgreementDocument
from casetracker.public.models.base import OPEN_END, OPEN_START, Document, RecordDocument, Table, Versioned
from casetracker.public.models.claims import ClaimDocument
from casetracker.public.models.responses import ResponseDocument, ResponseStation
from casetracker.public.models.search import SearchEntry, Spelling
from casetracker.public.models.sources import CitationLink, SourceDocument
from casetracker.public.models.stations import CountedIn, StationDocument
from casetracker.public.models.status import StatusFact, StatusSubject
from casetracker.public.models.tombstones import Erasure, Tombstone

# The documents of the kinds of record that are published.
RECORD_DOCUMENTS: dict[str, type[RecordDocument]] = {
    "station": StationDocument,
    "response": ResponseDocument,
    "agreement": AgreementDocument,
    "claim": ClaimDocument,
}

# All of them, in an order in which they can be emptied: links before what they point to.
TABLES: tuple[type[Table], ...] = (
    CountedIn,
    ResponseStation,
    CitationLink,
    StatusFact,
    StatusSubject,
    StationDocument,
    ResponseDocument,
    AgreementDocument,
    ClaimDocument,
    SourceDocument,
    Tombstone,
    Erasure,
    SearchEntry,
    Spelling,
)

__all__ = [
    "OPEN_END",
    "OPEN_START",
    "RECORD_DOCUMENTS",
    "TABLES",
    "AgreementDocument",
    "CitationLink",
    "ClaimDocument",
    "CountedIn",
    "Document",
    "Erasure",
    "RecordDocument",
    "ResponseDocument",
    "ResponseStation",
    "SearchEntry",
    "SourceDocument",
    "Spelling",
    "StationDocument",
    "StatusFact",
    "StatusSubject",
    "Table",
    "Tombstone",
    "Versioned",
]
