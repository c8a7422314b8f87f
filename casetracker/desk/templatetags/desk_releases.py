"""In which release a record is, on pages about that record."""

from typing import Any

from django import template

from casetracker.accounts.people import person_of
from casetracker.desk.releases.reading import release_of as find_release_of
from casetracker.review.choices import Action
from casetracker.review.models import Record
from casetracker.review.policies import can

register = template.Library()


@register.inclusion_tag("desk/releases/of_record.html", takes_context=True)
def release_of(context: dict[str, Any], record: Record) -> dict[str, Any]:
    """Name the release that a record is in; offer to put it into one if it could be published. One query."""
    release = find_release_of(record.pk)
    may_put_in = release is None and can(record, Action.PUBLISH, person_of(context["request"]))
    return {"release": release, "record": record, "may_put_in": may_put_in}
