"""What the fetcher is asked to do with the addresses of sources, and what came of it.

Nothing is ever fetched that no person asked for: a visit tells whoever watches the site that somebody looks. Later
looks follow only where a person has sent the fetcher before.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casetracker.accounts.models import User
from casetracker.core.errors import ChangedMeanwhile, InvalidContent
from casetracker.core.files import Copy
from casetracker.review.services.captures import require_keeper, write_capture
from casetracker.sources.capture_choices import OPEN_ORDERS, LinkState, OrderPurpose, OrderState
from casetracker.sources.models import Capture, LinkHealth, LinkOrder, Source

LEASE = timedelta(minutes=10)  # Longer than the longest fetch, by far.
MOST_ATTEMPTS = 3
_GONE = frozenset({404, 410})
_FOUND = range(200, 300)


@transaction.atomic
def order_captures(sources: Collection[UUID], *, by: User) -> list[LinkOrder]:
    """Ask the fetcher for copies of these sources. What is ordered already, or has no address, is left out.

    Raises `InvalidContent` if nothing is left to order.
    """
    require_keeper(by)
    found = Source.objects.filter(pk__in=sources).exclude(url="")
    _end_orders_for_other_addresses(sources)
    waiting = _ordered(OrderPurpose.CAPTURE, sources)
    made = [
        order
        for source in found.order_by("pk")
        if source.pk not in waiting and (order := _order(source, OrderPurpose.CAPTURE, by))
    ]
    if not made:
        raise InvalidContent(
            _("Nothing to fetch: either a copy is ordered already, or there is no address. Upload a file instead.")
        )
    return made


@transaction.atomic
def order_looks(*, not_since: dt.datetime) -> int:
    """Ask the fetcher to look again where it was sent before and has not looked since. Return how many orders."""
    due = Source.objects.filter(link__looked_at__lt=not_since, link__url=F("url"))
    waiting = _ordered(OrderPurpose.LOOK, [source.pk for source in due])
    orders = [_order(source, OrderPurpose.LOOK, None) for source in due.order_by("pk") if source.pk not in waiting]
    return sum(order is not None for order in orders)


def _end_orders_for_other_addresses(sources: Collection[UUID]) -> None:
    open_ones = LinkOrder.objects.select_for_update().filter(source__in=sources, state__in=OPEN_ORDERS)
    for order in open_ones.exclude(url=F("source__url")):
        _end(order, OrderState.FAILED, problem="moved")


def _ordered(purpose: OrderPurpose, sources: Collection[UUID]) -> set[UUID]:
    orders = LinkOrder.objects.filter(source__in=sources, purpose=purpose, state__in=OPEN_ORDERS)
    return set(orders.values_list("source", flat=True))


def _order(source: Source, purpose: OrderPurpose, by: User | None) -> LinkOrder | None:
    order = LinkOrder(source=source, url=source.url, purpose=purpose, ordered_by=by)
    try:
        with transaction.atomic():
            order.save()
    except IntegrityError:  # Somebody ordered the same at this moment.
        return None
    return order


@transaction.atomic
def lease_order() -> LinkOrder | None:
    """Take the oldest order that is due, for the fetcher who asks; None if there is none.

    Due is what waits, and what was leased by a fetcher that did not end it in time. What has brought a fetcher down
    again and again is given up.
    """
    now = timezone.now()
    due = Q(state=OrderState.WAITING) | Q(state=OrderState.WORKING, leased_until__lt=now)
    for order in LinkOrder.objects.select_for_update(skip_locked=True).filter(due)[:100]:
        if order.attempts >= MOST_ATTEMPTS:
            _end(order, OrderState.FAILED, problem="given_up")
            continue
        order.state, order.leased_until = OrderState.WORKING, now + LEASE
        order.attempts += 1
        order.save(update_fields=["state", "leased_until", "attempts"])
        return order
    return None


@dataclass(frozen=True)
class Look:
    """What a look at an address found: an answer, or the code of why there was none.

    `digest` is of what it says (`text:…`, or `body:…` where there is no text), empty where that differs each time.
    """

    status: int | None = None
    problem: str = ""
    digest: str = ""

    @property
    def found(self) -> bool:
        """Tell whether the page is there."""
        return self.status in _FOUND


@transaction.atomic
def end_look(order: LinkOrder, look: Look) -> LinkHealth:
    """Note how an address fared. A look is done whatever it found; a copy that could not be had has failed."""
    order = _still_ours(order)
    health = _note(order, look, baseline=False)
    done = order.purpose == OrderPurpose.LOOK
    _end(order, OrderState.DONE if done else OrderState.FAILED, problem=look.problem, status=look.status)
    return health


@transaction.atomic
def end_capture(order: LinkOrder, capture: Capture, copies: Sequence[tuple[Copy, str]], *, said: str) -> Capture:
    """Write what was fetched: the capture with its copies, how the address fared, and that the order is done.

    `said` is the digest of what the page says, as in `Look`.
    """
    order = _still_ours(order)
    write_capture(capture, copies, by=capture.received_by)
    _note(order, Look(status=capture.http_status, digest=said), baseline=True)
    order.capture = capture
    _end(order, OrderState.DONE, status=capture.http_status)
    return capture


@transaction.atomic
def fail_order(order: LinkOrder, problem: str) -> None:
    """Note that an order failed for a reason that is not the site's."""
    _end(_still_ours(order), OrderState.FAILED, problem=problem)


def _still_ours(order: LinkOrder) -> LinkOrder:
    """Lock an order. Raises `ChangedMeanwhile` if the lease ran out and another fetcher took it up."""
    orders = LinkOrder.objects.select_for_update(of=("self",)).select_related("source", "ordered_by")
    now = orders.get(pk=order.pk)
    if now.state != OrderState.WORKING or now.attempts != order.attempts:
        raise ChangedMeanwhile("The lease of this order was over: another fetcher has it.")
    return now


def _end(order: LinkOrder, state: OrderState, *, problem: str = "", status: int | None = None) -> None:
    order.state, order.ended_at, order.problem, order.http_status = state, timezone.now(), problem, status
    order.save(update_fields=["state", "ended_at", "problem", "http_status", "capture"])


def _note(order: LinkOrder, look: Look, *, baseline: bool) -> LinkHealth:
    """Write how the address fares now; `baseline` makes what it says now what later looks are compared with."""
    now = timezone.now()
    before = LinkHealth.objects.select_for_update().filter(source=order.source, url=order.url).first()
    known = before.digest if before and not baseline else ""
    state = _state(look, known)
    health = LinkHealth(
        source=order.source,
        url=order.url,
        state=state,
        since=before.since if before and before.state == state else now,
        looked_at=now,
        last_alive_at=now if look.found else before.last_alive_at if before else None,
        http_status=look.status,
        problem=look.problem,
        digest=known or (look.digest if look.found else ""),
    )
    health.save()
    return health


def _state(look: Look, known: str) -> LinkState:
    if look.found:
        comparable = known.partition(":")[0] == look.digest.partition(":")[0]
        return LinkState.CHANGED if known and comparable and known != look.digest else LinkState.ALIVE
    return LinkState.GONE if look.status in _GONE else LinkState.UNREACHABLE
