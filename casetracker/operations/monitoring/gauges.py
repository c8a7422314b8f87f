"""The figures of a site, read from the database when they are asked for: so every process tells the same.

Requests are counted by the proxy and by the lines of `casetracker.core.logs`: a process knows its own alone.
"""

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Count, Max, Sum
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from casetracker.accounts.choices import EventKind
from casetracker.accounts.models import AccountEvent
from casetracker.operations.backups.noted import last_backup
from casetracker.operations.doctor.database import LATEST_ENTRIES
from casetracker.operations.doctor.worker import oldest_due
from casetracker.publication.models import Checkpoint
from casetracker.publication.reading import current_head
from casetracker.publication.verifying import verified_head
from casetracker.review.models import Record, Release
from casetracker.sources.capture_choices import OPEN_ORDERS
from casetracker.sources.models import LinkOrder

_FAILURES = (EventKind.FAILED, EventKind.FAILED_FACTOR, EventKind.FAILED_CONFIRMATION)


class Gauges(Collector):
    """All figures, in a number of queries that does not grow with the site."""

    def collect(self) -> Iterable[Metric]:
        """Yield each figure."""
        now = timezone.now()
        yield _with_labels("build", "The version that runs.", ("version",), [((settings.BUILD,), 1)])
        yield from _of_the_log()
        yield from _of_the_records(now)
        yield from _of_the_work(now)
        yield from _of_the_machine()


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"casetracker_{name}", text, value=value)


def _with_labels(name: str, text: str, labels: tuple[str, ...], rows: Iterable[tuple[tuple[str, ...], int]]) -> Metric:
    metric = GaugeMetricFamily(f"casetracker_{name}", text, labels=labels)
    for values, number in rows:
        metric.add_metric(values, number)
    return metric


def _of_the_log() -> Iterator[Metric]:
    problem, _head = verified_head(last=LATEST_ENTRIES)
    signed = Checkpoint.objects.aggregate(last=Max("sequence"))["last"] or 0
    yield _gauge("log_sequence", "Number of the last entry of the publication log.", current_head().sequence)
    yield _gauge("log_signed_sequence", "Number of the last entry that is signed.", signed)
    yield _gauge(
        "log_whole", f"1 if the latest {LATEST_ENTRIES} entries are what was published, 0 if not.", problem is None
    )


def _of_the_records(now: dt.datetime) -> Iterator[Metric]:
    counted = Record.objects.order_by().values_list("kind", "state", "public_status").annotate(Count("pk"))
    rows = [((kind, state, status), number) for kind, state, status, number in counted]
    yield _with_labels("records", "Records.", ("kind", "state", "public_status"), rows)
    yield _gauge("releases_late", "Releases whose embargo is over.", Release.objects.due(now).count())


def _of_the_work(now: dt.datetime) -> Iterator[Metric]:
    tasks = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    rows = [((status.lower(),), tasks.get(status, 0)) for status in TaskResultStatus.values]
    waiting = oldest_due(now) or dt.timedelta()
    yield _with_labels("tasks", "Tasks for the worker that are not forgotten yet.", ("status",), rows)
    yield _gauge("oldest_task_seconds", "For how long a task has waited that could be done.", waiting.total_seconds())
    orders = LinkOrder.objects.filter(state__in=OPEN_ORDERS).count()
    yield _gauge("fetcher_orders", "Addresses of sources that wait to be fetched.", orders)
    failures = AccountEvent.objects.filter(kind__in=_FAILURES, at__gt=now - dt.timedelta(hours=1))
    yield _gauge(
        "failed_sign_ins_hour", "Failed sign-ins within an hour.", failures.aggregate(all=Sum("times"))["all"] or 0
    )


def _of_the_machine() -> Iterator[Metric]:
    if backup := last_backup():
        yield _gauge("last_backup_timestamp_seconds", "When the last backup was made.", backup.made_at.timestamp())
    free = shutil.disk_usage(settings.DATA_DIR).free
    yield _gauge("disk_free_bytes", "What is free on the disk of the data.", free)
