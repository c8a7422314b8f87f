"""Records and all that people do to them."""

from casetracker.review.models.apart import Distinction
from casetracker.review.models.confidential import ConfidentialCheck, ConfidentialCitation, ConfidentialEvent
from casetracker.review.models.discussion import Comment, Suggestion
from casetracker.review.models.erasures import ErasureRequest
from casetracker.review.models.evidence import Check, Citation, PrivateTerm
from casetracker.review.models.history import Decision, FileExport, ListExport, Participation, PublishedContent
from casetracker.review.models.imports import Import, ImportKey, ImportMapping
from casetracker.review.models.legal import LegalEvent, LegalRequest
from casetracker.review.models.notices import Notice
from casetracker.review.models.record import Record
from casetracker.review.models.releases import Release, ReleaseDecision, ReleaseMember

__all__ = [
    "Check",
    "Citation",
    "Comment",
    "ConfidentialCheck",
    "ConfidentialCitation",
    "ConfidentialEvent",
    "Decision",
    "Distinction",
    "ErasureRequest",
    "FileExport",
    "Import",
    "ImportKey",
    "ImportMapping",
    "LegalEvent",
    "LegalRequest",
    "ListExport",
    "Notice",
    "Participation",
    "PrivateTerm",
    "PublishedContent",
    "Record",
    "Release",
    "ReleaseDecision",
    "ReleaseMember",
    "Suggestion",
]
