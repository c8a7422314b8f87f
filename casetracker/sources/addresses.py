"""Addresses of documents: without what only tracks readers, and alike where they lead to the same document."""

import hashlib
import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|igsh|twclid|ttclid|mc_cid|mc_eid|_hsenc|_hsmi|"
    r"mkt_tok|at_(medium|campaign|custom\d?|format|ptr_name|link_.*|bbc_team)|cmpid|ocid|wt\.mc_id|xtor|ref_src|ref_url"
)
# A fragment that is an address itself, as on pages that are made of scripts.
_ROUTE = re.compile(r"[!/].+")
_HOST_OF_A_COPY = re.compile(r"^(www\d?|m|mobile|amp)\.(?=[^.]+\.)|(?<=\.)m\.(?=[^.]+\.[^.]+$)")
_AMP_PATH = re.compile(r"/amp(?=/|$)|[._-]amp(?=\.html?$)", re.IGNORECASE)
_AMP_QUERY = frozenset({"amp", "outputType"})
_WAYBACK = re.compile(r"/web/(?:\d+[a-z_]*|\*)/(?P<address>.+)")
_ARCHIVE_TODAY = re.compile(r"archive\.(?:ph|today|is|li|vn|fo|md)")
_KEPT_COPY = re.compile(r"/(?:newest|oldest|\d{4}[\d.-]*)/(?P<address>.+)")
_AMP_CACHE = re.compile(r"(?:(?:www\.)?google\.[a-z.]+|.+\.cdn\.ampproject\.org)")
_CACHED_COPY = re.compile(r"/(?:amp|[cv])/(?:s/)?(?P<address>.+)")
_MOST_COPIES = 3  # a copy of a copy of a copy
_PORTS = {"http": ":80", "https": ":443"}


def clean_address(address: str) -> str:
    """Return an address without what only tracks readers. What is no address comes back as it is."""
    parts = _split(address)
    if parts is None:
        return address.strip()
    # Only what must go is taken out; the rest stays as it was written.
    kept = [part for part in parts.query.split("&") if part.strip() and not _tracks(part.partition("=")[0])]
    fragment = parts.fragment if _ROUTE.fullmatch(parts.fragment) else ""
    return urlunsplit((parts.scheme, _host(parts), parts.path, "&".join(kept), fragment)).strip()


def is_address(text: str) -> bool:
    """Tell whether somebody has typed or pasted an address."""
    return _split(text) is not None


def host_of(address: str) -> str:
    """Return the site of the document, without www. and the like; that of the original where this is a kept copy.

    Empty if there is none, or if an archive does not say what it has kept.
    """
    parts = _split(_original(clean_address(address)))
    if parts is None or _ARCHIVE_TODAY.fullmatch(_host(parts)):
        return ""
    return _plain_host(parts)


def path_of(address: str) -> str:
    """Return the path of the document; that of the original where this is a kept copy."""
    parts = _split(_original(clean_address(address)))
    return parts.path if parts else ""


def address_key(address: str) -> str:
    """Return the same short text for all addresses of one document; empty for none.

    http or https, www. or the pages for phones, a slash at the end, what tracks readers, and the copies that public
    archives keep make no difference.
    """
    parts = _split(clean_address(_original(clean_address(address))))
    if parts is None:
        return ""
    path = _AMP_PATH.sub("", unquote(parts.path)).rstrip("/")
    asked = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in _AMP_QUERY)
    plain = urlunsplit(("", _plain_host(parts), path, urlencode(asked), parts.fragment))
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()


def _original(address: str) -> str:
    for _copy in range(_MOST_COPIES):
        parts = _split(address)
        match = _kept(parts) if parts else None
        if not parts or not match:
            break
        address = match["address"] + (f"?{parts.query}" if parts.query else "")
        address = re.sub(r"^(https?):/+", r"\1://", address)
        address = address if "://" in address else f"https://{address}"
    return address


def _kept(parts: SplitResult) -> re.Match[str] | None:
    host = _host(parts)
    if host.removeprefix("www.") == "web.archive.org":
        return _WAYBACK.fullmatch(parts.path)
    if _AMP_CACHE.fullmatch(host):
        return _CACHED_COPY.fullmatch(parts.path)
    return _KEPT_COPY.fullmatch(parts.path) if _ARCHIVE_TODAY.fullmatch(host) else None


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # such as http://[
        return None
    return parts if parts.scheme in _PORTS and parts.hostname and not re.search(r"\s", parts.netloc) else None


def _host(parts: SplitResult) -> str:
    return parts.netloc.casefold().removesuffix(_PORTS[parts.scheme])


def _plain_host(parts: SplitResult) -> str:
    return _HOST_OF_A_COPY.sub("", _host(parts)).rstrip(".")


def _tracks(name: str) -> bool:
    return _TRACKING.fullmatch(unquote(name).casefold()) is not None
