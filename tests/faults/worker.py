"""Workers that are killed while they publish releases: `python -m tests.faults.worker 10`."""

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from casetracker.review.models import Release  # noqa: E402
from casetracker.review.tasks import LOST_AFTER, start_looking_after  # noqa: E402
from tests.factories.records import bring_to, make_people, make_station  # noqa: E402
from tests.factories.releases import make_scheduled  # noqa: E402
from tests.faults.wholeness import problems  # noqa: E402

RECORDS = 5  # of one release


def main(kills: int, seed: int = 1) -> dict[str, object]:
    """Kill so many workers, each while a release is due; say what is wrong once one has lived."""
    call_command("migrate", verbosity=0)
    people, chance = make_people(), random.Random(seed)  # noqa: S311
    released = []
    for _kill in range(kills):
        records = [bring_to(make_station(by=people.author), "approved", **vars(people)) for _ in range(RECORDS)]
        released += [record.pk for record in records]
        _let_come_due(make_scheduled(*records, by=people.editor))
        _work(kill_after=chance.uniform(0, 0.3))
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=timezone.now() - LOST_AFTER)
    start_looking_after()
    _work(kill_after=None)
    acts = [(act, str(key)) for key in released for act in ("approve", "publish")]
    open_still = [f"{release} is {release.state}" for release in Release.objects.exclude(state="published")]
    left = [f"a task is {task.status}" for task in DBTaskResult.objects.filter(status__in=["RUNNING", "FAILED"])]
    wrong = [*problems(acts, editor=people.editor.pk), *open_still, *left]
    return {"killed": kills, "records": len(released), "problems": wrong}


def _let_come_due(release: Release) -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    Release.objects.filter(pk=release.pk).update(embargo_until=past)
    DBTaskResult.objects.filter(status="READY").update(run_after=past)


def _begun() -> set[tuple]:
    return set(DBTaskResult.objects.exclude(status="READY").values_list("pk", "started_at"))


def _work(*, kill_after: float | None) -> None:
    """Run a worker to the end of what there is, or kill it so long after it has begun something."""
    connections.close_all()
    arguments = ["--batch"] if kill_after is None else []
    command = [sys.executable, "manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay", "--verbosity", "0"]
    before = _begun()
    process = subprocess.Popen([*command, *arguments], env=os.environ)
    if kill_after is not None:
        while _begun() <= before:
            time.sleep(0.01)
        time.sleep(kill_after)
        process.send_signal(signal.SIGKILL)
    process.wait()


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))  # noqa: T201
