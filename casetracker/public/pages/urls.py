"""Addresses of the public pages, under a language prefix."""

from django.urls import path, re_path

from casetracker.public.packages.shelf import NAME
from casetracker.public.pages.views import (
    agreements,
    card,
    citing,
    claims,
    corrections,
    downloads,
    feeds,
    governments,
    home,
    log,
    reply,
    responses,
    search,
    site,
    sources,
    stations,
    statistics,
    timeline,
    worldmap,
)

NUMBER = "[1-9][0-9]{0,8}"  # fits the smallest integer column
VERSION = rf"(?P<version>{NUMBER})"
CITATION = r"cite\.(?P<ending>bib|ris|json)"

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("stations/", stations.StationList.as_view(), name="stations"),
    re_path(rf"^stations/(?P<reference>S-{NUMBER})/\Z", stations.StationPage.as_view(), name="station"),
    re_path(
        rf"^stations/(?P<reference>S-{NUMBER})/versions/{VERSION}/\Z",
        stations.StationVersion.as_view(),
        name="station-version",
    ),
    re_path(
        rf"^stations/(?P<reference>S-{NUMBER})/versions/{VERSION}/{CITATION}\Z",
        citing.StationCitation.as_view(),
        name="station-cite",
    ),
    path("governments/", governments.GovernmentList.as_view(), name="governments"),
    re_path(r"^governments/(?P<code>[A-Z]{2})/\Z", governments.GovernmentPage.as_view(), name="government"),
    path("map/", worldmap.MapPage.as_view(), name="map"),
    path("statistics/", statistics.Statistics.as_view(), name="statistics"),
    path("timeline/", timeline.Timeline.as_view(), name="timeline"),
    path("responses/", responses.ResponseList.as_view(), name="responses"),
    re_path(rf"^responses/(?P<reference>R-{NUMBER})/\Z", responses.ResponsePage.as_view(), name="response"),
    re_path(
        rf"^responses/(?P<reference>R-{NUMBER})/versions/{VERSION}/\Z",
        responses.ResponseVersion.as_view(),
        name="response-version",
    ),
    re_path(
        rf"^responses/(?P<reference>R-{NUMBER})/versions/{VERSION}/{CITATION}\Z",
        citing.ResponseCitation.as_view(),
        name="response-cite",
    ),
    path("agreements/", agreements.AgreementList.as_view(), name="agreements"),
    re_path(rf"^agreements/(?P<reference>A-{NUMBER})/\Z", agreements.AgreementPage.as_view(), name="agreement"),
    re_path(
        rf"^agreements/(?P<reference>A-{NUMBER})/versions/{VERSION}/\Z",
        agreements.AgreementVersion.as_view(),
        name="agreement-version",
    ),
    re_path(
        rf"^agreements/(?P<reference>A-{NUMBER})/versions/{VERSION}/{CITATION}\Z",
        citing.AgreementCitation.as_view(),
        name="agreement-cite",
    ),
    path("claims/", claims.ClaimList.as_view(), name="claims"),
    re_path(rf"^claims/(?P<reference>C-{NUMBER})/\Z", claims.ClaimPage.as_view(), name="claim"),
    re_path(
        rf"^claims/(?P<reference>C-{NUMBER})/versions/{VERSION}/\Z",
        claims.ClaimVersion.as_view(),
        name="claim-version",
    ),
    re_path(
        rf"^claims/(?P<reference>C-{NUMBER})/versions/{VERSION}/{CITATION}\Z",
        citing.ClaimCitation.as_view(),
        name="claim-cite",
    ),
    path("sources/", sources.SourceList.as_view(), name="sources"),
    re_path(rf"^sources/(?P<reference>D-{NUMBER})/\Z", sources.SourcePage.as_view(), name="source"),
    re_path(rf"^sources/(?P<reference>D-{NUMBER})/{CITATION}\Z", citing.SourceCitation.as_view(), name="source-cite"),
    path("search/", search.SearchPage.as_view(), name="search"),
    path("corrections/", corrections.Corrections.as_view(), name="corrections"),
    path("feeds/", feeds.Feeds.as_view(), name="feeds"),
    path("feeds/all.atom", feeds.AllFeed.as_view(), name="feed-all"),
    path("feeds/corrections.atom", feeds.CorrectionsFeed.as_view(), name="feed-corrections"),
    path("feeds/status.atom", feeds.StatusFeed.as_view(), name="feed-status"),
    re_path(r"^governments/(?P<code>[A-Z]{2})/feed\.atom\Z", feeds.CountryFeed.as_view(), name="feed-country"),
    path("downloads/", downloads.Downloads.as_view(), name="downloads"),
    path("downloads/columns/", downloads.Columns.as_view(), name="columns"),
    re_path(rf"^downloads/(?P<name>{NAME})/{CITATION}\Z", downloads.PackageCitation.as_view(), name="package-cite"),
    path("log/", log.Log.as_view(), name="log"),
    path("reply/", reply.Reply.as_view(), name="reply"),
    path("card.png", card.Card.as_view(), name="card"),
    path("method/", site.Method.as_view(), name="method"),
]
