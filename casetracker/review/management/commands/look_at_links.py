"""Order looks at the addresses that were fetched before: for a timer, once a day."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from casetracker.core.management.guarded import GuardedCommand
from casetracker.review.services.links import order_looks


class Command(GuardedCommand):
    """Ask the fetcher to look again where it has not looked for long. It goes nowhere that no person sent it first."""

    help = "Order another look at the addresses of sources that have a copy (LINK_LOOK_DAYS, 30)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Order, and say how many."""
        ordered = order_looks(not_since=timezone.now() - timedelta(days=settings.LINK_LOOK_DAYS))
        self.stdout.write(f"{ordered} looks were ordered.")
