"""The models of sources: documents, and the copies of them that are kept."""

from casetracker.sources.models.source import Source, SourceQuerySet

__all__ = ["Source", "SourceQuerySet"]
