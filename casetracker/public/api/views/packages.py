"""Data packages: which there are, and their files. Nothing is made here: the files lie there, or they do not."""

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header, parse_etags
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from casetracker.public import caching
from casetracker.public.api import errors, parameters
from casetracker.public.api.base import DocumentView, PublicView
from casetracker.public.api.documentation import packages_list
from casetracker.public.api.throttling import DOWNLOAD
from casetracker.public.packages import shelf
from casetracker.public.packages.descriptor import MEDIA_TYPES, licence
from casetracker.public.packages.shelf import Package
from casetracker.public.rendering.values import as_text, moment
from casetracker.publication.reading import Head, current_head

WITHDRAWN = (
    "Something that these files hold was withdrawn since, and must not be read any more. Take the latest package, and "
    "correct what you made from this one."
)
NOT_KEPT = "No package of this state of the record is kept any more. Take the latest, or ask the lists with known_at."


@packages_list()
class PackageList(DocumentView):
    """Everything that is published, as files: dated, citable, for ever the same. The newest first.

    A package is a Frictionless Data Package. One that holds what was withdrawn since is not offered any more.
    """

    def representation(self, request: Request) -> str:
        """Name the packages: they come a little later than what they hold."""
        return f"{super().representation(request)}-{stamp_of(shelf.kept())}"

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the packages that may be read."""
        return as_text({"results": [_shown(package) for package in shelf.readable(head)], "licence": licence()})


class LatestPackage(PublicView):
    """The way to the archive of the newest package, for programs that fetch it again and again."""

    schema = None

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """Lead to it. Raises `NotFound` while there is none."""
        parameters.refuse_all(request.GET)
        latest = next(iter(shelf.readable(current_head())), None)
        if latest is None:
            raise NotFound("There is no package at present. The lists of the API have the same data.")
        return HttpResponseRedirect(address_of(latest), headers={"Cache-Control": caching.CACHE_CONTROL})


class PackageFile(PublicView):
    """A file of a package."""

    schema = None

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Refuse nobody: there is no other form of it."""
        return super().perform_content_negotiation(request, force=True)

    def cost(self, request: Request) -> int:
        """Let it count as much as a whole list."""
        return DOWNLOAD

    def get(self, request: Request, name: str, file: str, **kwargs: Any) -> HttpResponseBase:
        """Send the file, or 304 to those who have it. Raises `NotFound` or `Gone`."""
        parameters.refuse_all(request.GET)
        package = _readable(name)
        found = package.file_called(file)
        if found is None:
            raise NotFound(errors.NOT_FOUND)
        etag = f'W/"{found.sha256}"'
        # A file never changes, but it may be withdrawn: caches have to ask.
        headers = {"ETag": etag, "Cache-Control": caching.CACHE_CONTROL}
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponseNotModified(headers=headers)
        kind = MEDIA_TYPES[found.name.rpartition(".")[2]]
        as_called = found.name if found is package.whole else f"{package.name}-{found.name}"
        if request.method == "HEAD":
            headers |= {
                "Content-Length": str(found.bytes),
                "Content-Disposition": content_disposition_header(as_attachment=True, filename=as_called) or "",
            }
            return HttpResponse(content_type=kind, headers=headers)
        try:
            content = (package.folder / found.name).open("rb")
        except FileNotFoundError as error:  # Taken away at this moment.
            raise _gone(NOT_KEPT) from error
        return FileResponse(content, as_attachment=True, filename=as_called, content_type=kind, headers=headers)


def address_of(package: Package, name: str = "") -> str:
    """Return the address of a file of a package; of the archive without a name."""
    return reverse("api-package-file", kwargs={"name": package.name, "file": name or package.whole.name})


def stamp_of(packages: list[Package]) -> str:
    """Return what tells one state of the shelf from another."""
    return f"{packages[0].sequence}.{len(packages)}" if packages else "0"


def _readable(name: str) -> Package:
    """Return a package that may be read. Raises `Gone` with what to do, or `NotFound` for what never was."""
    package = shelf.called(name)
    head = current_head()
    if package and shelf.may_be_read(head, package):
        return package
    if not shelf.was_possible(name):
        raise NotFound(errors.NOT_FOUND)
    sequence = int(name.rpartition("-")[2])
    raise _gone(WITHDRAWN if shelf.is_withdrawn(head, sequence) else NOT_KEPT)


def _gone(why: str) -> errors.Gone:
    return errors.Gone(why, {"latest": reverse("api-package-latest")})


def _shown(package: Package) -> dict[str, Any]:
    files = (package.whole, *package.files)
    return {
        "name": package.name,
        "sequence": package.sequence,
        "entry_hash": package.entry_hash,
        "published_at": moment(package.published_at),
        "rows": package.counts,
        "files": [
            {"name": file.name, "bytes": file.bytes, "sha256": file.sha256, "address": address_of(package, file.name)}
            for file in files
        ],
    }
