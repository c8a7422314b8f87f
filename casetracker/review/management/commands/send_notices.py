"""`manage.py send_notices`: tell people by e-mail how many notices wait for them."""

from typing import Any

from django.core.management.base import CommandError

from casetracker.core.management.guarded import GuardedCommand
from casetracker.review.services import people_to_mail, send_mail_to, warn_of_deadlines


class Command(GuardedCommand):
    """Send every e-mail about notices that is due, as the worker does, for a timetable of the system."""

    help = (
        "Send the e-mails about notices that are due: at most one an hour to each person. For cron, without a worker."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send them. Raises `CommandError` if the mail server refused any; these are tried again next time."""
        warn_of_deadlines()
        failed = 0
        for person in people_to_mail():
            try:
                send_mail_to(person)
            except OSError as error:  # What mail servers raise are all of this class.
                self.stderr.write(f"An e-mail about notices could not be sent: {error}")
                failed += 1
        if failed:
            raise CommandError(f"{failed} could not be sent. They are tried again at the next run.")
