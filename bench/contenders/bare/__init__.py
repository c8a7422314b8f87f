"""The least that a server does: a WSGI function that gives the same bytes, a file in BARE_FOLDER for each path."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

BODIES = {f"/{file.name}": file.read_bytes() for file in Path(os.environ["BARE_FOLDER"]).iterdir()}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with a body, or with 304 to whoever has it."""
    body = BODIES[environ["PATH_INFO"]]
    if "HTTP_IF_NONE_MATCH" in environ:
        start_response("304 Not Modified", [("ETag", environ["HTTP_IF_NONE_MATCH"])])
        return []
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
