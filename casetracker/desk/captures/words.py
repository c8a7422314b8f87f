"""Why the fetcher came back without a copy, in words."""

from django.utils.translation import gettext as _

from casetracker.core.fetching import describe
from casetracker.sources.models import LinkOrder

_OURS = {
    "no_room": lambda: _("There is no room for it: the limits on copies are reached. Ask whoever runs this site."),
    "given_up": lambda: _("The fetcher broke off several times. Save the page yourself, and upload the file."),
    "moved": lambda: _("The address of the source was changed meanwhile."),
    "fault": lambda: _("A fault in this program. Whoever runs this site finds more in its log."),
}


def problem_of(order: LinkOrder) -> str:
    """Return why an order failed, and what to do; empty if it did not."""
    if order.problem in _OURS:
        return _OURS[order.problem]()
    if order.problem:
        return describe(order.problem)
    if order.http_status and not 200 <= order.http_status < 300:
        return _(
            "The site answered with an error (HTTP %(status)d). If the page opens in your browser, save it there and "
            "upload the file."
        ) % {"status": order.http_status}
    return ""
