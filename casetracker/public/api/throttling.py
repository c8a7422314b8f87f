"""A limit for each caller, so that nobody keeps the others from reading."""

import math
import time
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from casetracker.core.clients import client_address, network_of

WINDOW = 60  # seconds
DOWNLOAD = 10  # A whole list counts as so many requests.


class PerMinute(BaseThrottle):
    """Count requests by address and minute.

    Readers may be watched: the counters know addresses by a keyed hash alone, and last for two minutes.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; tell whether it may go on. A caller without an address is let through."""
        most, address = settings.API_REQUESTS_PER_MINUTE, client_address(request._request)
        if not most or address is None:
            return True
        counters, key = caches["throttle"], _key(address, int(time.time() // WINDOW))
        counters.add(key, 0, timeout=2 * WINDOW)
        try:
            return counters.incr(key, view.cost(request)) <= most
        except ValueError:  # It went away meanwhile: there are more callers than the cache can hold.
            return True

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return math.ceil(WINDOW - time.time() % WINDOW)


def _key(address: str, minute: int) -> str:
    try:
        network = network_of(address)
    except ValueError:  # The name of a socket.
        network = address
    return salted_hmac("api-throttle", f"{network} {minute}", algorithm="sha256").hexdigest()
