"""What Prometheus asks a portal: what its processes counted, and how jobs, mails, queues and backups stand now."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

from django.core.cache import cache, caches
from django.db import OperationalError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from core import metrics
from core.backups import history
from core.imports.enums import ImportState
from core.imports.models import Import
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.queue import QUEUES
from core.reports.enums import ReportState
from core.reports.models import Report
from core.tasks import canary_key

_IMPORTS_WAITING = (ImportState.TO_CHECK, ImportState.TO_WRITE)


def exposition() -> bytes:
    """The page, in the text format of Prometheus."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY)
    state = CollectorRegistry()
    state.register(_State())
    return counted + generate_latest(state)


class _State:
    """What stands in the database and the cache at this moment; without the database only that it is away."""

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()
        try:
            families = [*_jobs(now), *_mails(now), *_backups(now)]
        except OperationalError:
            yield GaugeMetricFamily("portal_database_up", "Whether the database answers.", 0)
        else:
            yield GaugeMetricFamily("portal_database_up", "Whether the database answers.", 1)
            yield from families
        yield from _queues(now)
        yield CounterMetricFamily(
            "portal_leases_lost", "Jobs that a worker lost to another.", cache.get(metrics.LEASES_LOST, 0)
        )


def _jobs(now: dt.datetime) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("portal_jobs", "Reports and imports by state.", labels=("kind", "state"))
    for model, kind, state, number in [
        *((Report, *row) for row in Report.objects.order_by().values_list("kind", "state").annotate(Count("pk"))),
        *((Import, *row) for row in Import.objects.order_by().values_list("kind", "state").annotate(Count("pk"))),
    ]:
        jobs.add_metric((f"{model._meta.model_name}:{kind}", state), number)
    yield jobs
    oldest = GaugeMetricFamily("portal_oldest_job_seconds", "Age of the oldest job that waits.", labels=("job",))
    reports = Report.objects.filter(state=ReportState.QUEUED).aggregate(first=Min("requested_at"))["first"]
    imports = Import.objects.filter(state__in=_IMPORTS_WAITING).aggregate(first=Min("sent_at"))["first"]
    oldest.add_metric(("report",), _age(reports, now))
    oldest.add_metric(("import",), _age(imports, now))
    yield oldest


def _mails(now: dt.datetime) -> Iterator[Metric]:
    mails = GaugeMetricFamily("portal_mails", "Mails of the outbox by state.", labels=("state",))
    numbers = dict(OutboxMessage.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in MailState.values:
        mails.add_metric((state,), numbers.get(state, 0))
    yield mails
    first = OutboxMessage.objects.due(now).aggregate(first=Min("created_at"))["first"]
    yield GaugeMetricFamily("portal_oldest_mail_seconds", "Age of the oldest mail that is due.", _age(first, now))


def _backups(now: dt.datetime) -> Iterator[Metric]:
    status = history.status()
    for name, what, moment in [
        ("made", "Seconds since the last backup was made.", status.last),
        ("restored", "Seconds since a backup was last restored.", status.restored),
    ]:
        if moment is not None:
            yield GaugeMetricFamily(f"portal_backup_{name}_seconds", what, _age(moment, now))


def _queues(now: dt.datetime) -> Iterator[Metric]:
    seen = caches["default"].get_many([canary_key(queue) for queue in QUEUES])
    family = GaugeMetricFamily(
        "portal_queue_silent_seconds", "Seconds since the canary of a queue last came home.", labels=("queue",)
    )
    for queue in QUEUES:
        if canary_key(queue) in seen:
            family.add_metric((queue,), max(now.timestamp() - seen[canary_key(queue)], 0))
    yield family


def _age(moment: dt.datetime | None, now: dt.datetime) -> float:
    """Seconds; 0 where nothing waits."""
    return max((now - moment).total_seconds(), 0) if moment else 0
