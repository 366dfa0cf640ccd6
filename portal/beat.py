"""What the portal does by the clock; a backup joins it where a variable says so (`settings.BACKUP_AT`)."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "personal-data-purge": {"task": "core.personal_data.tasks.purge", "schedule": crontab(hour=4, minute=20)},
    "governance-turn-the-clock": {"task": "governance.tasks.run_due", "schedule": timedelta(seconds=60)},
    "reports-take-up-lost": {
        "task": "core.reports.tasks.requeue_stale_reports",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},  # while no worker runs, sweeps must not pile up
    },
    "imports-take-up-lost": {
        "task": "core.imports.tasks.requeue_stale_imports",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    "file-texts-take-up": {
        "task": "core.file_texts.tasks.take_up",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
    "search-index-pending": {
        "task": "core.search.tasks.index_pending",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "search-refresh-words": {"task": "core.search.tasks.refresh_words", "schedule": crontab(hour=4, minute=50)},
    "funding-keep-figures": {
        "task": "funding.tasks.keep_figures",
        "schedule": timedelta(minutes=4),
        "options": {"expires": 200},
    },
    "funding-remind": {"task": "funding.tasks.remind", "schedule": timedelta(hours=1)},
    "views-tell-news": {
        "task": "members.tasks.tell_news_of_views",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 300},
    },
    "watch-expire": {"task": "watch.tasks.expire_due", "schedule": crontab(minute=35)},
    "watch-check-links": {
        "task": "watch.tasks.check_links",
        "schedule": crontab(minute=50),
        "options": {"queue": "long", "expires": 3600},
    },
    "messages-send-due": {"task": "sessions_app.tasks.send_due_messages", "schedule": timedelta(seconds=20)},
    "sessions-tell-of-changes": {"task": "sessions_app.tasks.notify_of_changes", "schedule": timedelta(seconds=30)},
    "actions-remind": {"task": "sessions_app.tasks.remind_of_actions", "schedule": crontab(hour=8, minute=5)},
    "preparation-remind": {"task": "sessions_app.tasks.remind_of_tasks", "schedule": timedelta(minutes=30)},
    "dates-turn-the-clock": {
        "task": "sessions_app.tasks.turn_searches_for_dates",
        "schedule": timedelta(minutes=5),
    },
    "evaluations-close": {"task": "sessions_app.tasks.close_evaluations", "schedule": timedelta(minutes=5)},
    "mail-take-up-lost": {"task": "core.notifications.tasks.requeue_stale_mail", "schedule": timedelta(seconds=60)},
    "mail-digests": {"task": "core.notifications.tasks.send_digests", "schedule": timedelta(hours=1)},
}
for _queue in ("reports", "mail", "celery", "long"):
    BEAT_SCHEDULE[f"canary-{_queue}"] = {
        "task": "core.tasks.canary",
        "schedule": timedelta(minutes=1),
        "kwargs": {"queue": _queue},
        "options": {"queue": _queue, "expires": 60},
    }
