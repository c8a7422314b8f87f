"""Which versions of a record could be erased, and what an erasure of one would take with it."""

from casetracker.publication.models import LogAction, LogEntry
from casetracker.review.models import Record


def erasable_versions(record: Record) -> list[int]:
    """Return the versions that a retraction or merge has withdrawn, and whose content is still there. Three queries."""
    if not record.reference:
        return []
    entries = LogEntry.objects.filter(reference=record.reference)
    last_end = entries.filter(version__isnull=True).order_by("-sequence").values_list("sequence", flat=True).first()
    if last_end is None:
        return []
    erased = set(entries.filter(action=LogAction.ERASE).values_list("version", flat=True))
    withdrawn = entries.filter(version__isnull=False, sequence__lt=last_end).exclude(action=LogAction.ERASE)
    return [version for version in withdrawn.values_list("version", flat=True) if version and version not in erased]


def is_whole(record: Record, version: int) -> bool:
    """Tell whether the working copy of an idle record says what this version said, so that it would go with it."""
    return version == record.published_version
