"""The words for what keeps a page from being fetched, with the remedy."""

from django.utils.translation import gettext_lazy as _

from casetracker.core.fetching.problems import CaptureCode, FailureCode, RefusalCode

_MESSAGES = {
    RefusalCode.URL: _("This is no address of a page. Copy it once more from the browser."),
    RefusalCode.SCHEME: _("Only addresses that begin with http:// or https:// can be fetched."),
    RefusalCode.CREDENTIALS: _("This address has a name or a password in it. Take them out: they would be sent along."),
    RefusalCode.HOST: _("The name of the site cannot be looked up on the public Internet. Check how it is written."),
    RefusalCode.PORT: _("This address has a port on which no pages are served. Check the number after the colon."),
    RefusalCode.ADDRESS: _(
        "This address leads to a machine that is not on the public Internet, so it is not fetched. If you can open it "
        "in a browser, save the page and upload the file."
    ),
    RefusalCode.REDIRECTS: _(
        "This address leads from one to the next without end. Open it in a browser, and take the address where you "
        "arrive."
    ),
    RefusalCode.HEADERS: _(
        "The site sent more about the page than any browser takes. Open it in a browser, save it, and upload the file."
    ),
    RefusalCode.TOO_LARGE: _("The page is too large to be fetched. Save it yourself, and upload the file."),
    RefusalCode.TOO_SLOW: _("The page came too slowly. Try again later, or save it yourself and upload the file."),
    RefusalCode.ENCODING: _(
        "The page came packed in a way that was not asked for. Open it in a browser, save it, and upload the file."
    ),
    FailureCode.NO_SUCH_HOST: _("There is no such site, or no longer. Look for a copy in a web archive."),
    FailureCode.UNREACHABLE: _("The site cannot be reached. Try again later, or look for a copy in a web archive."),
    FailureCode.TIMEOUT: _("The site did not answer in time. Try again later."),
    FailureCode.TLS: _(
        "The site could not prove that it is the one that it says it is: its certificate is not in order. Try again "
        "later, or look for a copy in a web archive."
    ),
    FailureCode.BROKEN: _("The site broke off, or its answer made no sense. Try again later."),
    CaptureCode.DAMAGED: _("This capture cannot be read: the file is damaged, or no capture of a page."),
    CaptureCode.TOO_LARGE: _("This capture is too large to be shown. Download the file instead."),
}


def describe(code: RefusalCode | FailureCode | CaptureCode | str) -> str:
    """Say in the reader's language what was wrong and what helps. Takes the bare text of a code too, from a table."""
    return str(_BY_TEXT[str(code)])


_BY_TEXT = {str(code): message for code, message in _MESSAGES.items()}
