"""One act on many initiatives: shared, moved to a stage, put into a programme. What cannot be done is left out and told.

A preview is the act itself, taken back: what it says will happen is what would happen at this very moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.partial_dates import PartialDate
from core.transitions import MoveRefused, Text
from funding.enums import Stage
from funding.initiatives import services, transitions
from funding.models import Initiative, Programme

if TYPE_CHECKING:
    from core.accounts.models import User

EDIT = "funding.edit_initiative"
MOST = 500  # initiatives in one act: all are held until the last is written
SHARED_ALREADY = _("It is shared already.")
THERE_ALREADY = _("It is there already.")


class Act(models.TextChoices):
    SHARE = "partager", pgettext_lazy("on many initiatives", "Share with the members")
    STAGE = "stade", pgettext_lazy("on many initiatives", "Move to a stage")
    PROGRAMME = "programme", pgettext_lazy("on many initiatives", "Put into a programme")


@dataclass(frozen=True)
class Wish:
    """What is to be done: `day` is when it is shared or moved, `programme` None takes out of any."""

    act: Act
    day: PartialDate | None = None
    stage: Stage | None = None
    programme: Programme | None = None
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """`reasons` say why an initiative is left out; none where it is done."""

    initiative: Initiative
    reasons: list[Text]


@transaction.atomic
def act(*, chosen: Iterable[int], wish: Wish, by: User, now: dt.datetime, keep: bool) -> list[Outcome]:
    """Does `wish` to the initiatives with these keys, in one transaction; without `keep` all is taken back.

    The right is asked for each. Raises `ValidationError` where there are too many.
    """
    keys = sorted(set(chosen))
    if len(keys) > MOST:
        raise ValidationError(_("At most %(most)s initiatives at once: narrow the filter."), params={"most": MOST})
    rows = Initiative.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))  # all, in one order, before the first is written
    found = [_one(row, wish, by, now) for row in rows.select_related("programme", "prepared_by")]
    if not keep:
        transaction.set_rollback(True)
    return found


def _one(initiative: Initiative, wish: Wish, by: User, now: dt.datetime) -> Outcome:
    try:
        with transaction.atomic():
            _DO[wish.act](initiative, wish, by, now)
    except MoveRefused as refused:
        return Outcome(initiative, refused.reasons)
    except PermissionRefused as refused:
        return Outcome(initiative, [refused.answer.reason])
    except ValidationError as error:
        return Outcome(initiative, list(error.messages))
    return Outcome(initiative, [])


def _share(initiative: Initiative, wish: Wish, by: User, now: dt.datetime) -> None:
    rights.check_for_writing(by, EDIT, initiative)
    if initiative.draft_of_id is None:
        raise MoveRefused([SHARED_ALREADY])
    services.share(initiative=initiative, by=by, now=now, spotted_on=wish.day)


def _move(initiative: Initiative, wish: Wish, by: User, now: dt.datetime) -> None:
    rights.check_for_writing(by, EDIT, initiative)
    if wish.stage is None or wish.day is None:
        raise MoveRefused([transitions.NOT_LEGAL])
    if initiative.stage == wish.stage:
        raise MoveRefused([THERE_ALREADY])
    transitions.move(initiative=initiative, target=wish.stage, changed_on=wish.day, by=by, now=now, reason=wish.reason)


def _programme(initiative: Initiative, wish: Wish, by: User, now: dt.datetime) -> None:
    rights.check_for_writing(by, EDIT, initiative)
    if initiative.programme_id == (wish.programme.pk if wish.programme else None):
        raise MoveRefused([THERE_ALREADY])
    initiative.programme = wish.programme
    services.save_initiative(initiative=initiative, by=by, now=now)


_DO: dict[Act, Callable[[Initiative, Wish, User, dt.datetime], None]] = {
    Act.SHARE: _share,
    Act.STAGE: _move,
    Act.PROGRAMME: _programme,
}
