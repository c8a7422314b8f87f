"""Whether a database holds each act that was acknowledged, whole, and no half of another."""

from collections import Counter
from collections.abc import Iterable

from django.core.management import CommandError, call_command
from django.db import connection

from casetracker.publication.models import LogEntry
from casetracker.review.choices import Action, PublicStatus, State
from casetracker.review.models import Decision, Notice, Participation, PublishedContent, Record


def problems(acknowledged: Iterable[tuple[str, str]], *, editor: int) -> list[str]:
    """Return what is wrong. `acknowledged` are acts, “approve” or “publish”, each with the key of its record."""
    done = Counter(Decision.objects.filter(action__in=_BEHIND).values_list("action", "record_id"))
    lost = [f"{act} of {key} is lost" for act, key in acknowledged if done[act, _key(key)] != 1]
    halves = [problem for record in Record.objects.all() for problem in _halves(record, done, editor)]
    return [*lost, *halves, *_of_the_whole(done)]


_BEHIND = (Action.APPROVE, Action.PUBLISH)


def _key(text: str) -> object:
    return Record._meta.pk.to_python(text)


def _halves(record: Record, done: Counter, editor: int) -> Iterable[str]:
    """Compare all that an approval and a publication write: each is there with all of it, or with none."""
    is_live = record.public_status == PublicStatus.LIVE
    is_approved = is_live or record.state == State.APPROVED
    found = {
        "approval": done["approve", record.pk],
        "reviewer": Participation.objects.filter(record=record, person=editor, role="reviewer").count(),
        "digest": int(bool(record.approved_digest)),
        "publication": done["publish", record.pk],
        "content": PublishedContent.objects.filter(record=record).count(),
        "entry": LogEntry.objects.filter(reference=record.reference).count(),
        "reference": int(record.reference is not None),
        "notice": int(Notice.objects.filter(record=record, kind="published").exists()),
    }
    expected = dict.fromkeys(("approval", "reviewer"), int(is_approved)) | dict.fromkeys(
        ("publication", "content", "entry", "reference", "notice"), int(is_live)
    )
    for name, number in expected.items():
        if found[name] != number:
            yield f"{record.pk} is {record.state} and {record.public_status}, but has {found[name]} of {name}"


def _of_the_whole(done: Counter) -> Iterable[str]:
    published = sum(number for (act, _record), number in done.items() if act == "publish")
    if LogEntry.objects.count() != published:
        yield f"{LogEntry.objects.count()} entries of the log, and {published} publications"
    for command, *options in (("verify_log",), ("rebuild_public", "--check")):
        try:
            call_command(command, *options, stdout=_Nowhere())
        except CommandError as error:
            yield f"{command}: {error}"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (said,) = cursor.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            yield f"integrity_check: {said}"


class _Nowhere:
    def write(self, _text: str) -> None:
        pass
