"""How to cite a version of a record, and a source: in words, and as a reference for files."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from casetracker.core.bibliography.dates import is_plain
from casetracker.core.bibliography.formats import BIBTEX, CSL, RIS
from casetracker.core.bibliography.reference import Name, Reference
from casetracker.core.bibliography.source_types import published_by, written_type
from casetracker.core.languages import DATA_LANGUAGE, in_data_language
from casetracker.public.models import Document
from casetracker.public.packages.descriptor import TITLE
from casetracker.public.packages.shelf import Package
from casetracker.public.pages.dates import date_words
from casetracker.public.rendering.values import Rendered

ENDINGS = {"bib": BIBTEX, "ris": RIS, "json": CSL}
_NAMES = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
_MOST_AUTHORS = 3
_INNER_QUOTES = str.maketrans("“”", "‘’")
# The styles are American, and records in English, whatever the page is.
_LOCALE = "en_US"
_CHICAGO_DATES = {4: "y", 7: "MMMM y", 10: "MMMM d, y"}
_REST_OF_APA_DATES = {7: "MMMM", 10: "MMMM d"}


@dataclass(frozen=True)
class Citation:
    """A citation in two styles, and the files: what each is called, and its address."""

    apa: str
    chicago: str
    files: Sequence[tuple[str, str]]


def citation_of_version(kind: str, document: Document, request: HttpRequest) -> Citation:
    """Return how to cite a version of a record of a kind."""
    where = {"reference": document.reference, "version": document.version}
    return _citation(reference_to_version(kind, document, request), f"{kind}-cite", where)


def citation_of_source(source: Rendered) -> Citation:
    """Return how to cite a source itself."""
    return _citation(reference_to_source(source), "source-cite", {"reference": source["reference"]})


def citation_of_package(package: Package, request: HttpRequest) -> Citation:
    """Return how to cite all that was published at an entry of the log, as files."""
    return _citation(reference_to_package(package, request), "package-cite", {"name": package.name})


def reference_to_package(package: Package, request: HttpRequest) -> Reference:
    """Return a package as a reference. Its address is that of the archive."""
    path = reverse("api-package-file", kwargs={"name": package.name, "file": package.whole.name})
    return Reference(
        id=package.name,
        type="dataset",
        title=TITLE,
        authors=(Name(settings.SITE_NAME),),
        publisher=settings.SITE_NAME,
        published=package.published_at.astimezone(dt.UTC).date().isoformat(),
        url=request.build_absolute_uri(path),
        language=DATA_LANGUAGE,
        version=str(package.sequence),
    )


def reference_to_version(kind: str, document: Document, request: HttpRequest) -> Reference:
    """Return a version of a record as a reference, the same from the page in each language.

    Its author is who publishes it: a record is nobody’s alone.
    """
    with in_data_language():
        path = reverse(f"{kind}-version", kwargs={"reference": document.reference, "version": document.version})
    return Reference(
        id=f"{document.reference}-v{document.version}",
        type="webpage",
        title=document.label,
        authors=(Name(settings.SITE_NAME),),
        container=settings.SITE_NAME,
        published=document.published_at.astimezone(dt.UTC).date().isoformat(),
        url=request.build_absolute_uri(path),
        language=DATA_LANGUAGE,
        version=str(document.version),
    )


def reference_to_source(source: Rendered) -> Reference:
    """Return a source as a reference."""
    kind = written_type(source["type"] or "", has_address=bool(source["url"]))
    return Reference(
        id=source["reference"],
        type=kind,
        title=source["title"] or source["label"],
        authors=tuple(Name.parse(name) for name in (source["author"] or "").split("; ") if name),
        published=source["published"] or "",
        url=source["url"] or "",
        language=source["language"] or "",
        genre=source["type_label"] or "",
        **published_by(kind, source["publisher"] or ""),
    )


def _citation(reference: Reference, name: str, where: dict[str, object]) -> Citation:
    files = [(label, reverse(name, kwargs={**where, "ending": ending})) for ending, label in _NAMES.items()]
    with in_data_language():
        return Citation(_apa(reference), _chicago(reference), files)


# --- APA ---------------------------------------------------------------------


def _apa(reference: Reference) -> str:
    """Author. (Date). Title (Version). Publisher. Address."""
    authors, publisher = _apa_authors(reference.authors), reference.publisher or reference.container
    date = f"({_apa_date(reference.published)})"
    version = gettext("Version %(number)s") % {"number": reference.version} if reference.version else ""
    title = f"{reference.title} ({version})" if version else reference.title
    # Whoever is author and publisher is named once; without an author the title comes first.
    begin = [authors, date, title] if authors else [title, date]
    return _sentences(*begin, "" if publisher == authors else publisher, reference.url)


def _apa_authors(names: Sequence[Name]) -> str:
    short = [", ".join(filter(None, (name.family, _initials(name.given)))) for name in names]
    if len(short) > _MOST_AUTHORS:
        return f"{short[0]} et al."
    return ", & ".join(filter(None, (", ".join(short[:-1]), *short[-1:])))


def _initials(given: str) -> str:
    return " ".join(f"{part[0]}." for part in given.replace(".", " ").split())


def _apa_date(text: str) -> str:
    if not text:
        return gettext("n.d.")
    if not is_plain(text):
        return date_words(text)
    rest = _REST_OF_APA_DATES.get(len(text))
    return f"{text[:4]}, {format_date(_day(text), rest, locale=_LOCALE)}" if rest else text


# --- Chicago -----------------------------------------------------------------


def _chicago(reference: Reference) -> str:
    """Author. “Title.” Version. Publisher, Date. Address."""
    authors, publisher = _chicago_authors(reference.authors), reference.publisher or reference.container
    version = gettext("Version %(number)s") % {"number": reference.version} if reference.version else ""
    date = _chicago_date(reference.published)
    place = ", ".join(filter(None, ("" if publisher == authors else publisher, date)))
    title = reference.title.translate(_INNER_QUOTES)
    end = "" if reference.title.endswith((".", "?", "!", "…")) else "."
    return _sentences(authors, f"“{title}{end}”", version, place, reference.url)


def _chicago_authors(names: Sequence[Name]) -> str:
    first, *others = [str(name) for name in names] or [""]
    if len(others) >= _MOST_AUTHORS:
        return f"{first} et al."
    natural = [" ".join(filter(None, (name.given, name.family))) for name in names[1:]]
    return ", ".join(filter(None, (first, *natural[:-1], *(f"and {name}" for name in natural[-1:]))))


def _chicago_date(text: str) -> str:
    if not is_plain(text):
        return date_words(text)
    return format_date(_day(text), _CHICAGO_DATES[len(text)], locale=_LOCALE)


# --- Both --------------------------------------------------------------------


def _day(text: str) -> dt.date:
    year, month, day = [*map(int, text.split("-")), 1, 1][:3]
    return dt.date(year, month, day)


def _sentences(*parts: str) -> str:
    """Join what is there, each with a full stop, but none behind an address at the end."""
    *sentences, address = parts
    closed = (
        part if part.endswith((".", "?", "!", "…", ".”", "?”", "!”", "…”")) else f"{part}."
        for part in sentences
        if part
    )
    return " ".join(filter(None, (*closed, address)))
