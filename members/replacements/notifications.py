"""What the leaver and the successor are told, each in his or her language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from core.lifecycle.replacing import Line
from core.notifications import kinds, services
from core.partial_dates import display
from core.partial_dates.values import as_json, from_json

if TYPE_CHECKING:
    from core.accounts.models import User
    from members.models import Position

TAKES_OVER, HANDED_OVER = "members.takes_over", "members.handed_over"


def tell(*, position: Position, successor: Position, lines: Iterable[Line], by: User, now: dt.datetime) -> None:
    """`position` has ended and `successor` begun; who did it is not told of it."""
    number = sum(line.count for line in lines if line.moves)
    here = position.organisation
    values = {
        "organisation": here.label,
        "slug": here.slug,
        "ended_on": as_json(position.until),
        "count": number,
    }
    for kind, user in ((TAKES_OVER, successor.user), (HANDED_OVER, position.user)):
        users = [user] if user.pk != by.pk else []
        services.notify(kind=kind, users=users, values=values, about=("organisation", here.public_id), now=now)


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "ended_on": display(from_json(values["ended_on"]))}


def _count(values: Mapping[str, Any]) -> list[str]:
    number = values["count"]
    if not number:
        return [gettext("Nothing was under way.")]
    text = ngettext(
        "%(count)d thing that lay ahead passed over.", "%(count)d things that lay ahead passed over.", number
    )
    return [text % {"count": number}]


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    kinds.register(
        kinds.Kind(
            TAKES_OVER,
            label=_("You take over from somebody"),
            text=_("You take over at %(organisation)s: what waits for you stands on your home page."),
            address=lambda values: reverse("home"),
            details=_count,
            always=True,
        )
    )
    kinds.register(
        kinds.Kind(
            HANDED_OVER,
            label=_("Somebody takes over from you"),
            text=_("Your position at %(organisation)s ends (%(ended_on)s); your successor takes over what lies ahead."),
            address=lambda values: reverse("home"),
            prepare=_in_words,
            details=_count,
            always=True,
        )
    )
