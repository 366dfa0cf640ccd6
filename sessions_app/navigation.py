"""What this app adds to every page's navigation and to the list of what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core import navigation, waiting
from core.accounts import rights
from core.templatetags.dates import ordinal_text
from sessions_app.enums import SessionState
from sessions_app.models import Session


def minutes_to_write(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For animators: sessions that were held and whose minutes nobody has published."""
    if not rights.allows(user, "sessions_app.write_minutes"):
        return
    for session in Session.objects.filter(state=SessionState.HELD, versions=None).order_by("number")[:5]:
        yield waiting.Task(
            title=_("Write and publish the minutes of the %(nth)s session") % {"nth": ordinal_text(session.number)},
            note=session.title,
            url=reverse("sessions:minutes-edit", args=[session.number]),
            action=_("Write"),
            icon="pencil-simple",
        )


def register() -> None:
    navigation.register(gettext_lazy("Sessions"), "sessions:list", permission="sessions_app.view_session", order=20)
    navigation.register(
        gettext_lazy("Decisions"), "sessions:decisions", permission="sessions_app.view_session", order=30
    )
    waiting.register(minutes_to_write)
