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
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext, pgettext, pgettext_lazy
from redis.exceptions import RedisError

from core import cache
from core.accounts import identity_provider, second_factor
from core.accounts.models import User
from core.backups import history
from core.db.roles import single_role
from core.formatting.dates import file_size
from core.models import Space
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.queue import QUEUES
from core.reports.enums import ReportState
from core.reports.models import Report
from core.tasks import canary_key
from portal.setup import administrator

Text = str | Promise
WAITS_LONG = dt.timedelta(minutes=5)  # after that nobody seems to take up work
CLOCKS_APART = 5  # seconds
LITTLE_ROOM = 2 * 1024**3  # bytes
QUEUE_NAMES = {
    "reports": pgettext_lazy("queue", "reports"),
    "mail": pgettext_lazy("queue", "mails"),
    "celery": pgettext_lazy("queue", "short jobs"),
    "long": pgettext_lazy("queue", "long jobs"),
}
_LIBRARIES = ("celery", "weasyprint", "django-allauth", "granian")


@dataclass(frozen=True)
class Check:
    """One line of the health list. `state` is ok, wait (look at it) or no (act now)."""

    label: Text
    state: str
    word: Text
    detail: Text = ""


def checks(now: dt.datetime) -> list[Check]:
    """What can be told in an instant; `portal.outside` asks the rest of the world."""
    quick = [_database(), _roles(), _clock(), *_demonstration(), *_redis(), *_work(now), *_queues(now), _room()]
    return [*quick, *_mails(), *_backups(now), *_second_factors(), *_identity_provider(), *_settings()]


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


def _queues(now: dt.datetime) -> Iterator[Check]:
    """When the canary of each queue last came home: that tells of scheduler, broker and worker at once."""
    if cache.trouble():
        return  # said above
    keys = {queue: canary_key(queue) for queue in QUEUES}
    seen = caches["default"].get_many(keys.values())
    silent = [queue for queue, patience in QUEUES.items() if now.timestamp() - seen.get(keys[queue], 0) > patience]
    label = _("Scheduler and queues")
    if not silent:
        yield Check(label, "ok", pgettext("of a machine", "At work"))
        return
    known = any(keys[queue] in seen for queue in silent)
    detail = _(
        "Nothing came through these queues for minutes: %(names)s. Are the scheduler (beat) and a worker running?"
    )
    word = _("%(number)s silent") % {"number": len(silent)}
    yield Check(
        label,
        "no" if known else "wait",
        word,
        detail % {"names": ", ".join(str(QUEUE_NAMES[queue]) for queue in silent)},
    )


def _clock() -> Check:
    """Codes, links and mandates hold by the clock: that of the database and ours must agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - dt.datetime.now(dt.UTC)).total_seconds())
    if apart > CLOCKS_APART:
        detail = _("The clocks of the portal and of its database differ. Let both machines keep the time by NTP.")
        return Check(_("Clock"), "no", _("%(seconds)s s apart") % {"seconds": round(apart)}, detail)
    return Check(_("Clock"), "ok", pgettext("of a machine", "Right"))


def _second_factors() -> Iterator[Check]:
    """Who looks after the machine should not be a password away from everybody's data."""
    if not settings.PRODUCTION and not Space.objects.filter(second_factor_required=True).exists():
        return
    bare = administrator.administrators().exclude(second_factor.held()).count()
    label = _("Second factor of administrators")
    if bare:
        word = ngettext("%(number)s without", "%(number)s without", bare) % {"number": bare}
        yield Check(label, "wait", word, _("Each adds an application or a passkey under “Second factor and passkeys”."))
    else:
        yield Check(label, "ok", _("All have one"))


def _identity_provider() -> Iterator[Check]:
    """The address that the provider must know is nowhere else to be read."""
    address = identity_provider.callback_address()
    if address:
        detail = _("Its administrator gives it this address to come back to: %(address)s") % {"address": address}
        yield Check(_("Identity provider"), "ok", pgettext("of a machine", "Configured"), detail)


def _settings() -> Iterator[Check]:
    """Django's own list for a portal that is open to the world (`manage.py check --deploy`)."""
    if not settings.PRODUCTION:
        return
    found = [problem for problem in run_checks(include_deployment_checks=True) if not problem.is_silenced()]
    if found:
        word = ngettext("%(number)s warning", "%(number)s warnings", len(found)) % {"number": len(found)}
        detail = _("Run “manage.py check --deploy”: %(names)s.")
        names = ", ".join(sorted(str(problem.id) for problem in found))
        yield Check(_("Settings"), "wait", word, detail % {"names": names})
    else:
        yield Check(_("Settings"), "ok", pgettext("of settings", "Nothing to say"))


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


def _backups(now: dt.datetime) -> Iterator[Check]:
    """The last archive, and the last one that was brought back to see whether it holds."""
    status, label = history.status(), _("Backup")
    if status.folder is None:
        if settings.PRODUCTION:
            detail = _("Set PORTAL_BACKUP_FOLDER and PORTAL_BACKUP_AT: without a backup, what is lost stays lost.")
            yield Check(label, "no", pgettext("of backups", "None"), detail)
        return
    if status.fault:
        detail = _("The folder %(folder)s cannot be read: %(problem)s.")
        yield Check(label, "no", _("Unknown"), detail % {"folder": status.folder, "problem": status.fault})
        return
    if status.is_late(now):
        detail = _("The last one is more than a day and a half old. Run “manage.py backup” and read what it says.")
        yield Check(label, "no", _moment(status.last), detail)
    else:
        yield Check(label, "ok", _moment(status.last))
    tried = _("Backup brought back")
    if status.is_untried(now):
        detail = _(
            "An archive that nobody has restored may not hold. Run “manage.py restore --try” every three months."
        )
        yield Check(tried, "wait", _moment(status.restored), detail)
    else:
        yield Check(tried, "ok", _moment(status.restored))


def _moment(moment: dt.datetime | None) -> str:
    if moment is None:
        return pgettext("of backups", "Never")
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


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
