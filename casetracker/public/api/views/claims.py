"""Agreements and claims."""

from casetracker.public.api.documentation import detail_of, list_of, version_of, versions_of
from casetracker.public.api.serializers import agreements, claims, site
from casetracker.public.api.views.documents import (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    RecordDetail,
    RecordList,
    VersionDetail,
    VersionList,
)
from casetracker.public.filters import AgreementFilter, ClaimFilter
from casetracker.public.keyset import Ordering
from casetracker.public.models import AgreementDocument, ClaimDocument

AGREEMENT_ORDERINGS = (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    Ordering("date", ("counts_from", "number")),
    Ordering("-date", ("counts_from", "number")),
    Ordering("country", ("country", "number")),
)
CLAIM_ORDERINGS = (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    Ordering("date", ("as_of_earliest", "number")),
    Ordering("-date", ("as_of_earliest", "number")),
    Ordering("country", ("country", "number")),
)


@list_of("agreements", site.AgreementList, AgreementFilter, AGREEMENT_ORDERINGS)
class AgreementList(RecordList):
    """All published agreements. An agreement between police forces is not a station."""

    model = AgreementDocument
    filters = AgreementFilter
    orderings = AGREEMENT_ORDERINGS


@detail_of("agreements", agreements.Agreement, "A")
class AgreementDetail(RecordDetail):
    """One agreement, as published last."""

    model = AgreementDocument


@versions_of("agreements", "A", VersionList.orderings)
class AgreementVersions(VersionList):
    """The published versions of an agreement."""

    model = AgreementDocument
    plural = "agreements"


@version_of("agreements", agreements.AgreementVersion, "A")
class AgreementVersion(VersionDetail):
    """One published version of an agreement."""

    model = AgreementDocument


@list_of("claims", site.ClaimList, ClaimFilter, CLAIM_ORDERINGS)
class ClaimList(RecordList):
    """All published claims: counts, allegations, denials, each with who says it and whom they quote."""

    model = ClaimDocument
    filters = ClaimFilter
    orderings = CLAIM_ORDERINGS


@detail_of("claims", claims.Claim, "C")
class ClaimDetail(RecordDetail):
    """One claim, as published last."""

    model = ClaimDocument


@versions_of("claims", "C", VersionList.orderings)
class ClaimVersions(VersionList):
    """The published versions of a claim."""

    model = ClaimDocument
    plural = "claims"


@version_of("claims", claims.ClaimVersion, "C")
class ClaimVersion(VersionDetail):
    """One published version of a claim."""

    model = ClaimDocument
