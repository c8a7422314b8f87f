"""What was agreed and claimed about a country, read from published documents."""

from django.db.models import Q

from casetracker.public.models import AgreementDocument, ClaimDocument
from casetracker.public.models.base import VersionedQuerySet
from casetracker.public.view import NOW, View


def agreements_of(code: str, view: View = NOW) -> VersionedQuerySet:
    """Return the agreements of a government, on whichever side it stands, latest first."""
    agreements = AgreementDocument.objects.seen(view).filter(Q(country=code) | Q(counterpart=code))
    return agreements.order_by("-counts_from", "-number")


def claims_about(code: str, view: View = NOW) -> VersionedQuerySet:
    """Return the claims about a country, latest first."""
    return ClaimDocument.objects.seen(view).filter(country=code).order_by("-counts_from", "-number")


def compact_forms(rows: VersionedQuerySet, limit: int) -> str:
    """Return the short forms of the first rows, last first, as a JSON list of what is stored. One query."""
    return f"[{','.join([*rows.values_list('compact', flat=True)[:limit]][::-1])}]"
