"""Addresses of the API, version 1."""

from django.urls import path, re_path

from casetracker.public.api.views import (
    changes,
    checkpoints,
    claims,
    governments,
    log,
    packages,
    records,
    search,
    site,
    sources,
    statistics,
)
from casetracker.public.packages.shelf import FILE, NAME

NUMBER = "[1-9][0-9]{0,8}"  # fits the smallest integer column
STATION = rf"(?P<reference>S-{NUMBER})"
RESPONSE = rf"(?P<reference>R-{NUMBER})"
AGREEMENT = rf"(?P<reference>A-{NUMBER})"
CLAIM = rf"(?P<reference>C-{NUMBER})"
SOURCE = rf"(?P<reference>D-{NUMBER})"
VERSION = rf"(?P<version>{NUMBER})"

urlpatterns = [
    path("", site.Index.as_view(), name="api"),
    path("stations/", records.StationList.as_view(), name="api-stations"),
    re_path(rf"^stations/{STATION}/\Z", records.StationDetail.as_view(), name="api-station"),
    re_path(rf"^stations/{STATION}/versions/\Z", records.StationVersions.as_view(), name="api-station-versions"),
    re_path(
        rf"^stations/{STATION}/versions/{VERSION}/\Z", records.StationVersion.as_view(), name="api-station-version"
    ),
    path("responses/", records.ResponseList.as_view(), name="api-responses"),
    re_path(rf"^responses/{RESPONSE}/\Z", records.ResponseDetail.as_view(), name="api-response"),
    re_path(rf"^responses/{RESPONSE}/versions/\Z", records.ResponseVersions.as_view(), name="api-response-versions"),
    re_path(
        rf"^responses/{RESPONSE}/versions/{VERSION}/\Z",
        records.ResponseVersion.as_view(),
        name="api-response-version",
    ),
    path("agreements/", claims.AgreementList.as_view(), name="api-agreements"),
    re_path(rf"^agreements/{AGREEMENT}/\Z", claims.AgreementDetail.as_view(), name="api-agreement"),
    re_path(rf"^agreements/{AGREEMENT}/versions/\Z", claims.AgreementVersions.as_view(), name="api-agreement-versions"),
    re_path(
        rf"^agreements/{AGREEMENT}/versions/{VERSION}/\Z",
        claims.AgreementVersion.as_view(),
        name="api-agreement-version",
    ),
    path("claims/", claims.ClaimList.as_view(), name="api-claims"),
    re_path(rf"^claims/{CLAIM}/\Z", claims.ClaimDetail.as_view(), name="api-claim"),
    re_path(rf"^claims/{CLAIM}/versions/\Z", claims.ClaimVersions.as_view(), name="api-claim-versions"),
    re_path(rf"^claims/{CLAIM}/versions/{VERSION}/\Z", claims.ClaimVersion.as_view(), name="api-claim-version"),
    path("governments/", governments.GovernmentList.as_view(), name="api-governments"),
    re_path(r"^governments/(?P<code>[A-Z]{2})/\Z", governments.GovernmentDetail.as_view(), name="api-government"),
    path("statistics/", statistics.StatisticsView.as_view(), name="api-statistics"),
    path("status_history/", statistics.StatusHistoryList.as_view(), name="api-status-history"),
    path("sources/", sources.SourceList.as_view(), name="api-sources"),
    re_path(rf"^sources/{SOURCE}/\Z", sources.SourceDetail.as_view(), name="api-source"),
    path("changes/", changes.Changes.as_view(), name="api-changes"),
    path("log/checkpoints/", checkpoints.CheckpointList.as_view(), name="api-checkpoints"),
    path("log/keys/", checkpoints.Keys.as_view(), name="api-checkpoint-keys"),
    path("log/verify_log.py", checkpoints.Verifier.as_view(), name="api-verifier"),
    path("packages/", packages.PackageList.as_view(), name="api-packages"),
    path("packages/latest/", packages.LatestPackage.as_view(), name="api-package-latest"),
    re_path(rf"^packages/(?P<name>{NAME})/(?P<file>{FILE})\Z", packages.PackageFile.as_view(), name="api-package-file"),
    path("search/", search.SearchList.as_view(), name="api-search"),
    path("log/", log.LogList.as_view(), name="api-log"),
    re_path(r"^log/(?P<sequence>[1-9][0-9]{0,17})/\Z", log.LogDetail.as_view(), name="api-log-entry"),
    path("schema/", site.Schema.as_view(), name="schema"),
    path("docs/", site.Docs.as_view(), name="api-docs"),
    # Everything else, so that an error under the API is JSON too.
    re_path("", site.Unknown.as_view(), name="api-unknown"),
]
