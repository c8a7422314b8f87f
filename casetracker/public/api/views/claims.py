"""Agreements and claims."""

from casetracker.public.api.documentation import detail_of, list_of, version_of, versions_of
from casetracker.public.api.parameters import with_fields
from casetracker.public.api.serializers import agreements, claims, site
from casetracker.public.api.views.documents import (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    BY_PUBLICATION,
    RecordDetail,
    RecordList,
    VersionDetail,
    VersionList,
)
from casetracker.public.filters import AgreementFilter, ClaimFilter
from casetracker.public.keyset import Ordering
from casetracker.public.models import AgreementDocument, ClaimDocument
from casetracker.public.viewpoint import KnownAtForm

AGREEMENT_ORDERINGS = (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    Ordering("date", ("counts_from", "number")),
    Ordering("-date", ("counts_from", "number")),
    Ordering("country", ("country", "number")),
    *BY_PUBLICATION,
)
CLAIM_ORDERINGS = (
    BY_NUMBER,
    BY_NUMBER_DOWN,
    Ordering("date", ("as_of_earliest", "number")),
    Ordering("-date", ("as_of_earliest", "number")),
    Ordering("country", ("country", "number")),
    *BY_PUBLICATION,
)


@list_of("agreements", site.AgreementList)
class AgreementList(RecordList):
    """All published agreements. An agreement between police forces is not a station."""

    model = AgreementDocument
    row = agreements.Agreement
    plural = "agreements"
    filters = AgreementFilter
    orderings = AGREEMENT_ORDERINGS


@detail_of("agreements", agreements.Agreement, "A")
class AgreementDetail(RecordDetail):
    """One agreement, as published last."""

    model = AgreementDocument
    form = with_fields(KnownAtForm, agreements.Agreement)


@versions_of("agreements", "A")
class AgreementVersions(VersionList):
    """The published versions of an agreement."""

    model = AgreementDocument
    kind = "agreements"


@version_of("agreements", agreements.AgreementVersion, "A")
class AgreementVersion(VersionDetail):
    """One published version of an agreement."""

    model = AgreementDocument


@list_of("claims", site.ClaimList)
class ClaimList(RecordList):
    """All published claims: counts, allegations, denials, each with who says it and whom they quote."""

    model = ClaimDocument
    row = claims.Claim
    plural = "claims"
    filters = ClaimFilter
    orderings = CLAIM_ORDERINGS


@detail_of("claims", claims.Claim, "C")
class ClaimDetail(RecordDetail):
    """One claim, as published last."""

    model = ClaimDocument
    form = with_fields(KnownAtForm, claims.Claim)


@versions_of("claims", "C")
class ClaimVersions(VersionList):
    """The published versions of a claim."""

    model = ClaimDocument
    kind = "claims"


@version_of("claims", claims.ClaimVersion, "C")
class ClaimVersion(VersionDetail):
    """One published version of a claim."""

    model = ClaimDocument
