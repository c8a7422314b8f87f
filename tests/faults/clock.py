"""Publications while the clock goes backwards: `python -m tests.faults.clock`."""

import datetime as dt
import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from casetracker.publication.models import LogEntry  # noqa: E402
from tests.factories.records import bring_to, make_people, make_station  # noqa: E402
from tests.faults.wholeness import problems  # noqa: E402

STEPS = [dt.timedelta(), dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=365), dt.timedelta()]


def main() -> dict[str, object]:
    """Publish a record after each step of the clock; say what is wrong."""
    call_command("migrate", verbosity=0)
    people, now, done = make_people(), timezone.now, []
    for back in STEPS:
        timezone.now = lambda back=back: now() - back
        done.append(bring_to(make_station(by=people.author), "live", **vars(people)).pk)
    timezone.now = now
    moments = list(LogEntry.objects.order_by("sequence").values_list("published_at", flat=True))
    wrong = problems([(act, str(key)) for key in done for act in ("approve", "publish")], editor=people.editor.pk)
    if moments != sorted(moments):
        wrong.append("the moments of the log go backwards")
    return {"published": len(moments), "problems": wrong}


if __name__ == "__main__":
    print(json.dumps(main()))  # noqa: T201
