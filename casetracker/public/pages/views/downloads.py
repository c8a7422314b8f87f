"""What can be downloaded as a whole, what its columns mean, and how it is cited."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from casetracker.core.bibliography.reference import Reference
from casetracker.public import routes
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
        if not packages:
            lists = [(LIST_NAMES[one.name], routes.listing(one.name)) for one in LISTS]
            return {"licence": licence(), "lists": lists}
        newest, *earlier = packages
        return {
            "licence": licence(),
            "newest": newest,
            "earlier": [(package, address_of(package)) for package in earlier],
            "is_behind": newest.sequence != head.sequence,
            "whole": address_of(newest),
            "lines": [_line(newest, one.name) for one in LISTS],
            "others": _files(newest, ""),
            "citation": citation_of_package(newest, self.request),
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
        if package is None or not shelf.may_be_read(current_head(), package):
            raise Http404
        return reference_to_package(package, self.request)


def _line(package: Package, name: str) -> Line:
    return Line(LIST_NAMES[name], package.counts.get(name, 0), _files(package, name))


def _files(package: Package, name: str) -> list[tuple[PackageFile, str]]:
    """Return the files of a list with their addresses; those about all lists without a name."""
    return [(file, address_of(package, file.name)) for file in package.files if file.list == name]
