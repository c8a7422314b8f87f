"""What programs read in a page: JSON-LD in the vocabulary of schema.org.

A block of data is no script: browsers do not run it, and the strict policy for scripts lets it stand.
"""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from casetracker.core.languages import DATA_LANGUAGE
from casetracker.public.models import Document
from casetracker.public.rendering.values import Rendered

Absolute = Callable[[str], str]
Data = dict[str, Any]

_CONTEXT = "https://schema.org"
# What could end the element, begin a comment, or be read as markup.
_ESCAPED = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_TYPES = {
    "book": "Book",
    "newspaper": "NewsArticle",
    "report": "Report",
    "video": "VideoObject",
    "website": "WebPage",
    "legislation": "Legislation",
}


def element(data: Data) -> SafeString:
    """Return the element that carries some data. Nothing in it can end it."""
    written = json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(written))  # noqa: S308 - escaped


def about_everything(absolute: Absolute, home: str, counts: dict[str, int], changed: str | None) -> Data:
    """Return the whole record as a data set."""
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": "Dataset",
            "@id": absolute(home),
            "url": absolute(home),
            "name": settings.SITE_NAME,
            "description": (
                "What was reported about alleged police stations of China abroad, by whom, what is denied, and how "
                "governments responded. Being listed is not proof."
            ),
            "isAccessibleForFree": True,
            "license": settings.LICENCE_URL,
            "inLanguage": DATA_LANGUAGE,
            "dateModified": changed,
            "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute(home)},
            "variableMeasured": [
                {"@type": "PropertyValue", "name": name, "value": count} for name, count in counts.items()
            ],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "application/json",
                    "contentUrl": absolute(f"/api/v1/{plural}/"),
                }
                for plural in ("stations", "responses", "agreements", "claims", "sources")
            ],
        }
    )


def about_record(document: Document, absolute: Absolute, page: str, version_page: str) -> Data:
    """Return a version of a record, with what it cites."""
    content = document.content
    is_claim = content["record_kind"] == "claim"
    cited = {citation["source"]["reference"]: citation["source"] for citation in content["citations"]}
    sources = [_source(source, absolute) for source in cited.values()]
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": "Claim" if is_claim else "Report",
            "@id": absolute(version_page),
            "url": absolute(page),
            "identifier": content["reference"],
            "version": str(document.version),
            "name": content["label"],
            "description": content.get("summary"),
            "text": content.get("text"),
            "inLanguage": DATA_LANGUAGE,
            "datePublished": content["first_published_at"],
            "dateModified": content["published_at"],
            "author": {"@type": "Organization", "name": settings.SITE_NAME},
            "publisher": {"@type": "Organization", "name": settings.SITE_NAME},
            "spatialCoverage": _country(content.get("country_name") or content.get("concerns_name")),
            # A claim appears in its sources; whoever made it is not who publishes it here.
            "appearance": sources if is_claim else None,
            "citation": sources,
        }
    )


def about_source(source: Rendered, absolute: Absolute, page: str) -> Data:
    """Return a source."""
    return {"@context": _CONTEXT, **_source(source, absolute), "mainEntityOfPage": absolute(page)}


def _source(source: Rendered, absolute: Absolute) -> Data:
    url = source["url"] or ""
    return _filled(
        {
            "@type": _TYPES.get(source["type"] or "", "CreativeWork"),
            "@id": absolute(f"/en/sources/{source['reference']}/"),
            "identifier": source["reference"],
            "name": source["title"] or source["label"],
            "url": url if url.startswith(("https://", "http://")) else None,
            "inLanguage": source["language"],
            "datePublished": source["published_earliest"]
            if source["published"] == source["published_earliest"]
            else None,
            "author": {"@type": "Person", "name": source["author"]} if source["author"] else None,
            "publisher": {"@type": "Organization", "name": source["publisher"]} if source["publisher"] else None,
        }
    )


def _country(name: str | None) -> Data | None:
    return {"@type": "Country", "name": name} if name else None


def _filled(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in (None, "", [])}
