"""What can be downloaded as a whole, what its columns mean, and how it is cited."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from casetracker.core.bibliography.reference import Reference
from casetracker.public.api.views.packages import address_of, stamp_of
from casetracker.public.packages import shelf
from casetracker.public.packages.columns import Explained, explained
from casetracker.public.packages.descriptor import licence
from casetracker.public.packages.lists import LISTS
from casetracker.public.packages.shelf import Package, PackageFile
from casetracker.public.pages.base import Page
from casetracker.public.pages.citing import citation_of_package, reference_to_package
from casetracker.public.pages.views.citing import CitationFile
from casetracker.public.pages.words import LIST_NAMES
from casetracker.publication.reading import Head, current_head


@dataclass(frozen=True)
class Line:
    """A list of the newest package: what it is called, how many rows it has, and its files with their addresses."""

    key: str
    name: Any
    rows: int
    files: list[tuple[PackageFile, str]]


class Downloads(Page):
    """The newest package with its files; the ones before."""

    template_name = "public/downloads.html"
    plural = "downloads"

    def representation(self) -> str:
        """Name the packages too: one comes a little later than what it holds."""
        return f"{super().representation()}-{stamp_of(shelf.kept())}"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the packages that may be read."""
        packages = shelf.readable(head)
        newest = packages[0] if packages else None
        return {
            "licence": licence(),
            "newest": newest,
            "is_behind": newest is not None and newest.sequence != head.sequence,
            "whole": address_of(newest) if newest else "",
            "lines": _lines(newest) if newest else [],
            "others": [(file, address_of(newest, file.name)) for file in newest.files if not file.form]
            if newest
            else [],
            "citation": citation_of_package(newest, self.request) if newest else None,
            "earlier": [(package, address_of(package)) for package in packages[1:]],
            "lists": [(one.name, LIST_NAMES[one.name], reverse(f"api-{one.name.replace('_', '-')}")) for one in LISTS],
        }


class Columns(Page):
    """What each column means: the words are those that describe the API."""

    template_name = "public/columns.html"
    plural = "downloads"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return the columns of each list."""
        lists: list[tuple[str, Any, list[Explained]]] = [
            (one.name, LIST_NAMES[one.name], explained(one.row)) for one in LISTS
        ]
        return {"lists": lists}


class PackageCitation(CitationFile):
    """A package as a reference."""

    plural = "downloads"

    def representation(self) -> str:
        """Name the packages too: one may be taken away."""
        return f"{super().representation()}-{stamp_of(shelf.kept())}"

    def reference(self, **kwargs: Any) -> Reference:
        """Return the package."""
        package = shelf.called(kwargs["name"])
        if package is None or shelf.is_withdrawn(current_head(), package.sequence):
            raise Http404
        return reference_to_package(package, self.request)


def _lines(package: Package) -> list[Line]:
    files = [file for file in package.files if file.form]
    return [
        Line(
            one.name,
            LIST_NAMES[one.name],
            package.counts[one.name],
            [(file, address_of(package, file.name)) for file in files if file.list == one.name],
        )
        for one in LISTS
        if one.name in package.counts
    ]
