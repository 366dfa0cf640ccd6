"""What waits for those who answer requests: the animators, or the administrators while nobody animates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext, pgettext

from core import waiting
from core.accounts import rights
from members.access_requests import mails
from members.models import AccessRequest, RequestState
from members.people.services import MANAGE

_animating: Callable[[dt.datetime], Any] = lambda now: None  # noqa: E731  (`governance` answers it)


def register_animating(answer: Callable[[dt.datetime], Any]) -> None:
    """Called by `governance`: which organisation animates the space at a moment, None before the first mandate."""
    global _animating
    _animating = answer


def requests_to_answer(user: Any, now: dt.datetime) -> Iterator[waiting.Pile]:
    role = rights.require(user, MANAGE)
    if not isinstance(role, rights.Allowed) or (role.role == "administrator" and _animating(now) is not None):
        return
    yield waiting.Pile(((AccessRequest.objects.filter(state=RequestState.OPEN), "asked_at"),), _task)


def _task(asked: list[dt.datetime]) -> waiting.Task:
    return waiting.Task(
        title=ngettext("%(count)d request for access", "%(count)d requests for access", len(asked))
        % {"count": len(asked)},
        note=_("Somebody outside asks to come in and waits for an answer."),
        url=reverse("members:access-requests"),
        action=pgettext("request", "Answer"),
        icon="user",
        due=asked[0],
        is_deadline=False,
    )


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    waiting.register(requests_to_answer)
    mails.register()
