"""The page on errors and replies."""

from typing import Any

from django.conf import settings

from casetracker.public.pages.base import Page
from casetracker.public.pages.replying import ABOUT, contact_about, is_subject
from casetracker.publication.reading import Head


class Reply(Page):
    """Where to write to, within how many days an answer comes, and what happens then. It takes nothing in itself."""

    template_name = "public/reply.html"
    plural = "reply"

    def context(self, head: Head, **kwargs: Any) -> dict[str, Any]:
        """Return where to write to, about what the reader comes from."""
        given = self.request.GET.get(ABOUT, "")
        subject = given if is_subject(given) else ""
        return {"subject": subject, "contact": contact_about(subject), "days": settings.REPLY_DAYS}
