"""What may keep a page from being fetched, in codes; `messages.describe` has the words."""

from enum import StrEnum


class RefusalCode(StrEnum):
    """Which rule or limit of ours said no."""

    URL = "url"
    SCHEME = "scheme"
    CREDENTIALS = "credentials"
    HOST = "host"
    PORT = "port"
    ADDRESS = "address"
    REDIRECTS = "redirects"
    HEADERS = "headers"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    ENCODING = "encoding"


class FailureCode(StrEnum):
    """What went wrong out there."""

    NO_SUCH_HOST = "no_such_host"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    BROKEN = "broken"


class CaptureCode(StrEnum):
    """Why a stored capture cannot be shown."""

    DAMAGED = "damaged"
    TOO_LARGE = "capture_too_large"


class FetchRefused(Exception):
    """A rule or a limit of ours said no: to try again changes nothing. `url` is where, perhaps after redirects."""

    def __init__(self, code: RefusalCode, url: str = "") -> None:
        """Take the reason and the address. The text of the error is the code alone: addresses stay out of logs."""
        super().__init__(code)
        self.code = code
        self.url = url


class FetchFailed(Exception):
    """The other side could not be reached, or told nonsense. `url` is where, perhaps after redirects."""

    def __init__(self, code: FailureCode, url: str = "") -> None:
        """Take the reason and the address. The text of the error is the code alone: addresses stay out of logs."""
        super().__init__(code)
        self.code = code
        self.url = url


class CaptureUnreadable(Exception):
    """A file is no capture of ours, or no longer."""

    def __init__(self, code: CaptureCode, detail: str) -> None:
        """Take the reason, and a detail for the log, which quotes nothing of the file."""
        super().__init__(detail)
        self.code = code
