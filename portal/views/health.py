"""Liveness and readiness for proxies and supervisors; nothing confidential."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from core import cache
from core.accounts.models import User
from core.backups import history
from core.db.roles import single_role
from core.models import Space


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def _backup(told: dict[str, str | None]) -> Iterator[str]:
    """When the last backup was made and when one was last restored; nothing where no folder is set outside production."""
    status, now = history.status(), timezone.now()
    if status.folder is None:
        if settings.PRODUCTION:
            yield "no backup: PORTAL_BACKUP_FOLDER is not set"
        return
    told["backup"] = status.last.isoformat() if status.last else None
    told["backup_restored"] = status.restored.isoformat() if status.restored else None
    if status.fault:
        yield "the folder of backups cannot be read"
    elif status.is_late(now):
        yield "the last backup is more than 36 hours old" if status.last else "there is no backup yet"
    elif status.is_untried(now):
        yield "no backup was restored for three months to see whether it holds"


def _demonstration() -> Iterator[str]:
    if Space.objects.filter(demonstration=True).exists():
        yield "demonstration data in production: people and texts are fictional, serve another database"
    if User.objects.filter(is_demo=True).exists():
        yield "demonstration accounts in production: none of them can sign in, remove them"


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """200 when requests can be served: database reachable and migrated. Redis away only warns: jobs then wait."""
    checks: dict[str, str | None] = {}
    warnings: list[str] = []
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks["database"] = "migrations pending" if pending else "ok"
        if single_role():
            warnings.append("one database role: the audit trail is protected by triggers alone")
        if not pending and not settings.DEMO_ALLOWED:
            warnings += _demonstration()
    except OperationalError:
        checks["database"] = "does not answer"
    checks["redis"] = "does not serve" if cache.trouble() else "ok"
    if checks["redis"] != "ok":
        warnings.append("jobs wait until Redis serves again")
    warnings += _backup(checks)
    status = HTTPStatus.OK if checks["database"] == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(
        {"status": "ok" if status == HTTPStatus.OK else "unavailable", **checks, "warnings": warnings}, status=status
    )
