"""The state of the machine as an administrator reads it: what runs, what waits, what went wrong, which versions."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext, pgettext
from redis.exceptions import RedisError

from core import cache
from core.accounts.models import User
from core.db.roles import single_role
from core.formatting.dates import file_size
from core.models import Space
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.reports.enums import ReportState
from core.reports.models import Report

Text = str | Promise
WAITS_LONG = dt.timedelta(minutes=5)  # after that nobody seems to take up work
LITTLE_ROOM = 2 * 1024**3  # bytes
_LIBRARIES = ("celery", "weasyprint", "django-allauth", "granian")


@dataclass(frozen=True)
class Check:
    """One line of the health list. `state` is ok, wait (look at it) or no (act now)."""

    label: Text
    state: str
    word: Text
    detail: Text = ""


def checks(now: dt.datetime) -> list[Check]:
    return [_database(), _roles(), *_demonstration(), *_redis(), *_work(now), _room(), *_mails()]


def _database() -> Check:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        return Check(_("Database"), "no", _("Migrations pending"), _("Run the migrations, then restart the portal."))
    return Check(_("Database"), "ok", pgettext("of a machine", "Answers"))


def _roles() -> Check:
    if single_role():
        return Check(
            _("Database roles"),
            "wait",
            _("One role"),
            _("The audit trail is protected by triggers alone; a second role would protect it twice."),
        )
    return Check(_("Database roles"), "ok", _("Two roles"))


def _redis() -> Iterator[Check]:
    label = _("Redis")
    if problem := cache.trouble():
        detail = _("Reports and mails wait until it serves again; nothing is lost. Redis says: %(problem)s")
        yield Check(label, "no", _("Does not serve"), detail % {"problem": problem})
    else:
        yield Check(label, "ok", pgettext("of a machine", "Answers"))


def _demonstration() -> Iterator[Check]:
    """Their password is public: a production portal lets none of them in, and says that they are there."""
    if settings.DEMO_ALLOWED:
        return
    if Space.objects.filter(demonstration=True).exists():
        detail = _("People and texts are fictional. A real space starts in an empty database.")
        yield Check(_("Demonstration data"), "no", _("Served in production"), detail)
    number = User.objects.filter(is_demo=True).count()
    if number:
        word = ngettext("%(number)s account", "%(number)s accounts", number) % {"number": number}
        yield Check(_("Demonstration accounts"), "no", word, _("None of them can sign in here. Remove them."))


def _work(now: dt.datetime) -> Iterator[Check]:
    """Work that nobody takes up tells of a dead worker sooner than asking the worker would."""
    late = Report.objects.filter(state=ReportState.QUEUED, requested_at__lt=now - WAITS_LONG).count()
    late += OutboxMessage.objects.due(now).filter(created_at__lt=now - WAITS_LONG, not_before=None).count()
    if late:
        detail = _("Is a worker running? The oldest has waited for more than %(minutes)s minutes.")
        minutes = int(WAITS_LONG.total_seconds() // 60)
        yield Check(_("Worker"), "no", _("%(number)s jobs wait") % {"number": late}, detail % {"minutes": minutes})
    else:
        yield Check(_("Worker"), "ok", _("Nothing waits"))


def _room() -> Check:
    free = shutil.disk_usage(_existing(Path(settings.MEDIA_ROOT))).free
    word = _("%(size)s free") % {"size": file_size(free)}
    if free < LITTLE_ROOM:
        return Check(_("Disk"), "wait", word, _("Files and reports need room."))
    return Check(_("Disk"), "ok", word)


def _mails() -> Iterator[Check]:
    counts = OutboxMessage.objects.counts()
    trouble = counts.get(MailState.FAILED, 0) + counts.get(MailState.UNCERTAIN, 0)
    if trouble:
        detail = _("Refused, or handed over without an answer: look at them one by one.")
        yield Check(_("Mails"), "wait", _("%(number)s to look at") % {"number": trouble}, detail)
    else:
        yield Check(_("Mails"), "ok", _("None in trouble"))


def versions() -> list[tuple[str, str]]:
    """(name, version) of what the portal runs on."""
    found = [("Python", platform.python_version()), ("Django", django.get_version())]
    found += [(name, version(name)) for name in _LIBRARIES]
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        found.append(("PostgreSQL", cursor.fetchone()[0].split()[0]))
    try:
        found.append(("Redis", _redis_client().info("server")["redis_version"]))
    except RedisError:
        found.append(("Redis", "–"))
    return found


def mail_folder() -> str:
    """Where mails land that no server sends; "" where one does."""
    return os.fspath(settings.EMAIL_FILE_PATH) if settings.MAIL_TRANSPORT.endswith("filebased.EmailBackend") else ""


def _redis_client() -> Any:
    return caches["default"]._cache.get_client()


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())
