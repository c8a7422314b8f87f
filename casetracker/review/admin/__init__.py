"""The desk's pages for records and sources. They show and ask; the services decide and write."""

from casetracker.review.admin.legal import LegalRequestAdmin
from casetracker.review.admin.publishers import PublisherAdmin
from casetracker.review.admin.records import RecordAdmin, RowInline
from casetracker.review.admin.sources import SourceAdmin

__all__ = ["LegalRequestAdmin", "PublisherAdmin", "RecordAdmin", "RowInline", "SourceAdmin"]
