"""What requests add to the portal: a task for administrators, their mails, what is held of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from core import waiting
from core.accounts import rights
from core.lifecycle import export, retention
from core.lifecycle.retention import Holding
from core.personal_data.models import RightsRequest
from core.personal_data.rights_requests import mails, querysets, services


def to_answer(user: Any, now: dt.datetime) -> Iterator[waiting.Pile]:
    if rights.allows(user, services.MAY):
        yield waiting.Pile(((querysets.waiting(), "confirmed_at"),), _task)


def _task(moments: list[dt.datetime]) -> waiting.Task:
    number = len(moments)
    return waiting.Task(
        title=ngettext("%(count)d request about personal data", "%(count)d requests about personal data", number)
        % {"count": number},
        note=_("The law gives one month to answer."),
        url=reverse("personal_data:requests"),
        action=pgettext("request", "Answer"),
        icon="user",
        due=waiting.end_of(RightsRequest(confirmed_at=moments[0]).due_on),
    )


def forget(before: dt.datetime, now: dt.datetime) -> int:
    return services.forget_old(before=before, now=now)


REQUESTS = Holding(
    key="rights_requests",
    what=gettext_lazy("Requests about personal data, and their answers"),
    whose=gettext_lazy("Whoever asks, with or without an account"),
    why=gettext_lazy("To answer them in time, and to show that it was done."),
    basis=retention.DUTY,
    readers=gettext_lazy("Administrators."),
    until=gettext_lazy("%(period)s after the answer; without a confirmed address, a week."),
    order=85,
    days=3 * retention.YEAR,
    least=retention.MONTH,
    purge=forget,
)


def requests_of(user: Any) -> QuerySet:
    return RightsRequest.objects.filter(person=user)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    waiting.register(to_answer)
    mails.register()
    retention.register(REQUESTS)
    export.register(
        RightsRequest,
        by=("person",),
        rows=requests_of,
        without={"token_hash": "Confirms an address.", "answered_by": "Somebody else’s name."},
    )
