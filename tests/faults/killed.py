"""A process approves and publishes, and is killed at a moment that chance gives, again and again.

    python -m tests.faults.killed 100

It writes down each act before it begins and after it ended, into a pipe, which outlives it. The next one goes on with
what the dead one left. At the end nothing that was written down as done may be missing, and nothing be there by half.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from casetracker.review import services  # noqa: E402
from casetracker.review.choices import State  # noqa: E402
from casetracker.review.models import Record  # noqa: E402
from tests.factories.records import People, bring_to, make_people, make_source, make_station  # noqa: E402
from tests.faults.wholeness import problems  # noqa: E402

AT_ONCE = 12  # records that wait for whoever acts next
LONGEST = 2  # times as long as it takes to approve and publish: until then a process is killed


def main(kills: int, seed: int) -> dict[str, object]:
    """Kill so many processes while they approve or publish; say where it met them, and what is wrong."""
    call_command("migrate", verbosity=0)
    people, chance = make_people(), random.Random(seed)  # noqa: S311
    sources = [make_source(by=people.author) for _ in range(3)]
    met: Counter[str] = Counter()
    acknowledged: list[tuple[str, str]] = []
    longest = LONGEST * _time_of_one(make_station(by=people.author, citations=[{"source": sources[0]}]), people)
    while met["approve"] + met["publish"] < kills:
        waiting = list(Record.objects.filter(state__in=[State.VERIFIED, State.APPROVED]).values_list("pk", flat=True))
        while len(waiting) < AT_ONCE:
            draft = make_station(by=people.author, citations=[{"source": chance.choice(sources)}])
            waiting.append(bring_to(draft, "verified", author=people.author, reviewer=people.reviewer).pk)
        met[_kill_once(waiting, people, chance.uniform(0, longest), acknowledged)] += 1
    return {
        "killed": dict(met),
        "acknowledged": dict(Counter(act for act, _record in acknowledged)),
        "problems": problems(acknowledged, editor=people.editor.pk),
    }


def _time_of_one(draft: Record, people: People) -> float:
    """Approve and publish a record that nobody disturbs; return the seconds of that."""
    record = bring_to(draft, "verified", **vars(people))
    began = time.perf_counter()
    bring_to(record, "live", start="verified", **vars(people))
    return time.perf_counter() - began


def _kill_once(waiting: list, people: People, moment: float, acknowledged: list) -> str:
    """Start a process and kill it; return in which act that was, or “between”."""
    connections.close_all()  # Nobody may share them.
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _act(waiting, people, writing)
    os.close(writing)
    with os.fdopen(reading) as said:
        first = said.readline()
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        lines = [first, *said]
    words = [line.split() for line in lines if line.endswith("\n")]
    acknowledged += [(act, record) for sign, act, record in words if sign == "did"]
    sign, act, _record = words[-1]
    return act if sign == "does" else "between"


def _act(waiting: list, people: People, writing: int) -> None:
    """Approve and publish each record, and say so. Never returns."""
    try:
        for key in waiting:
            record = Record.objects.get(pk=key)
            if record.state == State.VERIFIED:
                os.write(writing, f"does approve {key}\n".encode())
                record = services.approve_record(key, by=people.editor, lock_version=record.lock_version)
                os.write(writing, f"did approve {key}\n".encode())
            os.write(writing, f"does publish {key}\n".encode())
            services.publish_records([(key, record.lock_version)], by=people.editor)
            os.write(writing, f"did publish {key}\n".encode())
        signal.pause()
    finally:
        os._exit(1)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)))  # noqa: T201
