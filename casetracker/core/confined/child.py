"""The half of the process that reads: giving up what it does not need."""

import resource
import sys
import traceback

_STANDARD_STREAMS = 3


def confine(*, memory: int, seconds: int) -> None:
    """Give up memory, time, files and processes beyond what reading needs; there is no way back.

    What has to be imported must be imported before.
    """
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


def place_of(error: BaseException) -> str:
    """Name the kind of the error and its line; not its words, which may quote the file."""
    *_before, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{type(error).__name__} in {frame.f_globals.get('__name__')}:{line}"
