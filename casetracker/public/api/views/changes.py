"""The way to stay up to date without downloading everything again."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from casetracker.public import routes
from casetracker.public.api import parameters
from casetracker.public.api.base import DocumentView
from casetracker.public.api.documentation import change_feed
from casetracker.public.api.views.log import shown
from casetracker.public.changes import changes_of
from casetracker.public.filter_fields import WholeNumberField
from casetracker.public.rendering.values import as_text
from casetracker.publication.models import LogEntry
from casetracker.publication.reading import Head


class ChangesForm(forms.Form):
    """After which entry, and how many."""

    since = WholeNumberField(required=False, min_value=0, label=_("After the entry of the log"))
    limit = WholeNumberField(
        required=False, min_value=1, max_value=parameters.MAX_LIMIT, label=_("Entries in an answer")
    )


@change_feed(ChangesForm)
class Changes(DocumentView):
    """What the log changed after an entry, in order: publications, corrections, retractions, merges, erasures.

    Begin at 0 with nothing, and follow `next` until it is null; later go on with `since` set to the last `until`.
    For each entry: put `document` in the place of the record's earlier version, or take the record away if there
    is a `withdrawal`; put `sources` in the place of theirs, and take `sources_ended` away. Then records and sources
    are those of a fresh download. A `document` that was withdrawn later is null: a later entry takes the record away.
    An `erasure` names a version that was withdrawn before: destroy what you have kept of it.
    """

    form = ChangesForm

    def text(self, head: Head, asked: Any, **kwargs: Any) -> str:
        """Return the entries after the one that is named."""
        since, limit = asked["since"] or 0, asked["limit"] or parameters.DEFAULT_LIMIT
        if since > head.sequence:
            message = f"The log has no such entry yet. Its last is {head.sequence}."
            raise parameters.bad_value("since", message, [f"0 to {head.sequence}"])
        between = models.Q(sequence__gt=since, sequence__lte=min(since + limit, head.sequence))
        entries = list(LogEntry.objects.filter(between).order_by("sequence"))
        until = entries[-1].sequence if entries else since
        following = f"{routes.listing('changes')}?since={until}&limit={limit}" if until < head.sequence else None
        results = ",".join(changes_of(entries, map(shown, entries)))
        opening = {"since": since, "until": until, "last": head.sequence, "next": following}
        return f'{as_text(opening)[:-1]},"results":[{results}]}}'
