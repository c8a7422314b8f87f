"""Giving up what a process does not need before it reads what strangers made."""

import resource
import sys

_STANDARD_STREAMS = 3


def confine(*, memory: int, seconds: int) -> None:
    """Give up memory (bytes), processor time, files and processes beyond these; there is no way back."""
    bounds = {
        # macOS knows no bound on the memory of a process.
        **({} if sys.platform == "darwin" else {resource.RLIMIT_AS: memory}),
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _STANDARD_STREAMS,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for name, most in bounds.items():
        resource.setrlimit(name, (most, most))
