"""The models of sources: documents, the copies of them that are kept, and how their addresses fare."""

from casetracker.sources.models.captures import Capture, CaptureCopy, CaptureQuerySet, CustodyEntry
from casetracker.sources.models.confidential import ConfidentialSource
from casetracker.sources.models.links import LinkHealth, LinkOrder
from casetracker.sources.models.publishers import Publisher
from casetracker.sources.models.source import Source, SourceQuerySet
from casetracker.sources.models.told_apart import SourceDistinction

__all__ = [
    "Capture",
    "CaptureCopy",
    "CaptureQuerySet",
    "ConfidentialSource",
    "CustodyEntry",
    "LinkHealth",
    "LinkOrder",
    "Publisher",
    "Source",
    "SourceDistinction",
    "SourceQuerySet",
]
