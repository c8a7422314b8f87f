"""What a package says of itself: its descriptor (Frictionless Data Package), check sums, and a page for people."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from casetracker.public.packages.columns import DICTIONARY, table_schema
from casetracker.public.packages.lists import LISTS, PackagedList
from casetracker.public.packages.shelf import PackageFile, moment_of, name_of
from casetracker.public.rendering.values import moment
from casetracker.publication.reading import Head

TITLE = "Reported overseas police stations, and how governments responded"
DESCRIPTION = (
    "What was reported about alleged police stations of China abroad, by whom, what is denied, and how governments "
    "responded. Being listed is not proof that a place broke the law, or that it exists."
)
_READ_ME = """\
# {name}

{title}. {description}

This is all that {site} had published by entry {sequence} of its log, whose fingerprint is `{fingerprint}`. These files
never change. When something in them has to be withdrawn, they are no longer offered: ask for the latest package before
you publish from an older one.

{lists}

Each list is there as a table (`.csv`, UTF-8) and as one JSON object on each line (`.ndjson`); stations are there as
places (`.geojson`) too. `columns.csv` says what each column means, `datapackage.json` describes every file,
`….schema.json` a row as JSON. `sha256sum -c checksums.sha256` checks the files.

Licence: {licence}. Quotations stay their authors’.
"""
DICTIONARY_FILE = "columns.csv"
MEDIA_TYPES = {
    "csv": "text/csv",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
    "json": "application/json",
    "md": "text/markdown",
    "sha256": "text/plain",
    "zip": "application/zip",
}


def licence() -> dict[str, str]:
    """Return under which licence the data may be used."""
    return {"name": settings.LICENCE_NAME, "title": settings.LICENCE_TITLE, "path": settings.LICENCE_URL}


def descriptor(head: Head, files: Sequence[PackageFile]) -> dict[str, Any]:
    """Return the descriptor of a package that holds these files."""
    lists = {packaged.name: packaged for packaged in LISTS}
    return {
        "profile": "data-package",
        "name": name_of(head),
        "id": head.entry_hash,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": str(head.sequence),
        "created": moment(moment_of(head)),
        "licenses": [licence()],
        "contributors": [{"title": settings.SITE_NAME, "role": "publisher"}],
        "sources": [{"title": "The sources that the records cite, each with its address", "path": "sources.csv"}],
        "keywords": ["overseas police stations", "transnational repression", "government responses"],
        "resources": [_resource(file, lists.get(file.list)) for file in files],
    }


def _resource(file: PackageFile, packaged: PackagedList | None) -> dict[str, Any]:
    stem, _dot, ending = file.name.partition(".")
    resource: dict[str, Any] = {
        "name": stem if ending == "csv" else f"{stem}-{ending.replace('.', '-')}",
        "path": file.name,
        "format": file.name.rpartition(".")[2],
        "mediatype": MEDIA_TYPES[file.name.rpartition(".")[2]],
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if packaged and file.form == "csv":
        row = (packaged.row.__doc__ or "").partition("\n")[0]
        return resource | {"profile": "tabular-data-resource", "title": row, "schema": table_schema(packaged)}
    if file.name == DICTIONARY_FILE:
        return resource | {"profile": "tabular-data-resource", "title": "What the columns mean", "schema": DICTIONARY}
    if packaged and file.form == "ndjson":
        resource["jsonSchema"] = f"{packaged.name}.schema.json"
    return resource | {"profile": "data-resource", "type": "file"}


def read_me(head: Head, counts: dict[str, int]) -> str:
    """Return the page for people."""
    terms = licence()
    return _READ_ME.format(
        name=name_of(head),
        title=TITLE,
        description=DESCRIPTION,
        site=settings.SITE_NAME,
        sequence=head.sequence,
        fingerprint=head.entry_hash,
        lists="\n".join(f"- `{name}`: {count} rows" for name, count in counts.items()),
        licence=f"{terms['title']} ({terms['name']}), {terms['path']}",
    )


def check_sums(files: Sequence[PackageFile]) -> str:
    """Return the sums of some files as `sha256sum -c` reads them."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files)
