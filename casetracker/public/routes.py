"""Addresses as stored texts carry them: relative to the host, and made without the URL configuration.

A body is rendered inside the publishing transaction and must be the same on every machine.
Tests compare them with the URL configuration.
"""

API = "/api/v1"


def listing(plural: str) -> str:
    """Return the address of a list: stations, responses, governments, sources or log."""
    return f"{API}/{plural}/"


def detail(plural: str, reference: str) -> str:
    """Return the address of one document."""
    return f"{API}/{plural}/{reference}/"


def versions(plural: str, reference: str) -> str:
    """Return the address of the list of a record's versions."""
    return f"{API}/{plural}/{reference}/versions/"


def version(plural: str, reference: str, number: int) -> str:
    """Return the permanent address of one version."""
    return f"{API}/{plural}/{reference}/versions/{number}/"


def record_links(plural: str, reference: str, number: int) -> dict[str, str]:
    """Return the links that every record carries."""
    return {
        "self": detail(plural, reference),
        "version": version(plural, reference, number),
        "versions": versions(plural, reference),
    }


def page(plural: str, key: str, language: str, anchor: str = "") -> str:
    """Return the address of the page about a station or a government."""
    return f"/{language}/{plural}/{key}/" + (f"#{anchor}" if anchor else "")
