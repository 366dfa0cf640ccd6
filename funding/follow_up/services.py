"""Updates of an initiative: their rhythm, asking for them, writing, receiving, skipping; and its indicators."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.db.periods import months_later, today
from core.transitions import ChangedMeanwhile, MoveRefused, Overtaken, Table, Transition
from funding.enums import OPEN_UPDATES, UpdateState
from funding.follow_up.contacts import people_asked
from funding.models import Indicator, Initiative, Measure, Update, UpdatePlan
from funding.notifications import notify, notify_keepers, of_update

if TYPE_CHECKING:
    from core.accounts.models import User

KEEP, WRITE = "funding.edit_initiative", "funding.write_update"
TABLE: Table[str] = Table(
    {
        "save": Transition(tuple(OPEN_UPDATES), UpdateState.DRAFT),
        "submit": Transition(tuple(OPEN_UPDATES), UpdateState.SUBMITTED),
        "skip": Transition(tuple(OPEN_UPDATES), UpdateState.SKIPPED),
        "reopen": Transition((UpdateState.SUBMITTED, UpdateState.SKIPPED), UpdateState.DRAFT),
    },
    overtaken=_("This is no longer possible: the update has changed its state meanwhile."),
)
ASK_BEFORE = dt.timedelta(days=21)  # an update is asked for so long before its day


@dataclass(frozen=True)
class News:
    """What a bearer writes: `measures` are values by the primary key of their indicator, None where left empty."""

    text: str
    needs: str
    audience: str
    measures: Mapping[int, Decimal | None]


@transaction.atomic
def set_plan(*, plan: UpdatePlan, by: User, now: dt.datetime) -> UpdatePlan:
    """Says how often news are expected; the first day may be today, never before.

    Days are counted from the one that was entered. An end before the next day is how asking stops.
    """
    initiative = _kept(plan.initiative, by)
    plan.initiative = initiative
    stored = UpdatePlan.objects.select_for_update(no_key=True).filter(pk=plan.pk).first()
    if stored is None or (plan.next_on, plan.every_months) != (stored.next_on, stored.every_months):
        plan.anchor_on = plan.next_on
        if plan.next_on and plan.next_on < today(now):
            raise ValidationError({"next_on": _("The next update cannot be expected on a day that is past.")})
    plan.full_clean()
    plan.save()
    return plan


def following(plan: UpdatePlan) -> dt.date:
    """The day after `plan.next_on` in its rhythm, counted from the day it began with."""
    anchor = plan.anchor_on or plan.next_on
    days = (months_later(anchor, step * plan.every_months) for step in itertools.count(1))
    return next(day for day in days if day > plan.next_on)


@transaction.atomic
def ask(*, plan: UpdatePlan, now: dt.datetime) -> Update | None:
    """Opens the next update of `plan` once its day is near, and moves the plan on. Called by the clock alone."""
    Initiative.objects.select_for_update(no_key=True).get(pk=plan.initiative_id)  # before its rows, as everywhere
    plan = UpdatePlan.objects.select_for_update(of=("self",), no_key=True).select_related("initiative").get(pk=plan.pk)
    if plan.next_on - ASK_BEFORE > today(now) or (plan.until and plan.next_on > plan.until):
        return None
    update, made = Update.objects.get_or_create(
        initiative=plan.initiative, due_on=plan.next_on, defaults={"changed_at": now}
    )
    plan.anchor_on, plan.next_on = plan.anchor_on or plan.next_on, following(plan)
    plan.full_clean()
    plan.save()
    return update if made else None


@transaction.atomic
def write(
    *, update: Update, news: News, by: User, now: dt.datetime, submit: bool, read_at: dt.datetime | None = None
) -> Update:
    """Keeps a draft or sends the update. `read_at` is the moment of the draft that the person had before the eyes.

    Raises `ChangedMeanwhile` where somebody saved another text since, `MoveRefused`, `ValidationError`,
    `PermissionRefused`.
    """
    rights.check_for_writing(by, WRITE, update.initiative)
    update = _moved(update, "submit" if submit else "save")
    if read_at is not None and read_at != update.changed_at and _says_else(update, news):
        raise ChangedMeanwhile
    update.text, update.needs, update.audience = news.text.strip(), news.needs.strip(), news.audience
    update.written_by, update.changed_at = by, now
    update.submitted_at = now if submit else None
    if submit:
        update.reason = ""  # why it was given back once is answered
    if submit and not update.text:
        raise ValidationError({"text": _("Say how the initiative is getting on.")})
    update.full_clean()
    update.save()
    _measure(update, news.measures)
    if submit:
        notify_keepers("update_received", update, now=now, besides=by)
    return update


def _says_else(update: Update, news: News) -> bool:
    """Whether what is kept would be lost under `news`."""
    kept = {row.indicator_id: row.value for row in update.measures.all()}
    sent = {key: value for key, value in news.measures.items() if value is not None}
    return (update.text, update.needs, kept) != (news.text.strip(), news.needs.strip(), sent)


def _measure(update: Update, values: Mapping[int, Decimal | None]) -> None:
    """The values of the update, dated by the day it was expected; one that was emptied goes."""
    known = {row.indicator_id: row for row in update.measures.select_for_update()}
    for indicator in Indicator.objects.filter(initiative=update.initiative_id, pk__in=values):
        value, row = values[indicator.pk], known.get(indicator.pk)
        if value is None:
            if row is not None:
                row.delete()
            continue
        row = row or Measure(indicator=indicator, update=update, measured_on=update.due_on)
        row.value = value
        row.full_clean()
        row.save()


@transaction.atomic
def skip(*, update: Update, reason: str, by: User, now: dt.datetime) -> Update:
    """The keeper does without it, and says why."""
    _kept(update.initiative, by)
    update = _moved(update, "skip")
    update.reason, update.changed_at = reason.strip(), now
    update.full_clean()
    update.save()
    return update


@transaction.atomic
def reopen(*, update: Update, reason: str, by: User, now: dt.datetime) -> Update:
    """The keeper gives it back to the bearer, with what was written in it, and says why."""
    _kept(update.initiative, by)
    update = _moved(update, "reopen")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this update is given back.")})
    update.reason, update.submitted_at, update.changed_at = reason.strip(), None, now
    update.full_clean()
    update.save()
    if update.written_by_id is not None and update.written_by_id != by.pk:
        values = of_update(update) | {"reason": update.reason}
        writer_left = not rights.allows(update.written_by, "funding.write_update", update.initiative)
        told = people_asked(update.initiative, now) if writer_left else [update.written_by]
        notify("update_given_back", told, values, about=("update", update.public_id), now=now)
    return update


@transaction.atomic
def save_indicator(*, indicator: Indicator, by: User) -> Indicator:
    """A new one stands last."""
    initiative = _kept(indicator.initiative, by)
    indicator.initiative = initiative
    if indicator.pk is None:
        last = initiative.indicators.aggregate(last=Max("position"))["last"]
        indicator.position = (last or 0) + 1
    indicator.full_clean()
    indicator.save()
    return indicator


@transaction.atomic
def remove_indicator(*, indicator: Indicator, by: User) -> None:
    """Only one that was never measured: what was measured stays."""
    _kept(indicator.initiative, by)
    if indicator.measures.exists():
        raise MoveRefused([_("This indicator has values already: it stays.")])
    indicator.delete()


def _kept(initiative: Initiative, by: User) -> Initiative:
    """The initiative, locked, once the right to keep it was asked for."""
    rights.check_for_writing(by, KEEP, initiative)
    return (
        Initiative.objects.select_for_update(of=("self",), no_key=True)
        .select_related("prepared_by")
        .get(pk=initiative.pk)
    )


def _moved(update: Update, act: str) -> Update:
    """The update, locked, in the state that `act` leads to. Raises `MoveRefused`."""
    update = (
        Update.objects.select_for_update(of=("self",), no_key=True)
        .select_related("initiative", "written_by")
        .get(pk=update.pk)
    )
    if update.state not in TABLE[act].sources:
        raise Overtaken(TABLE.overtaken)
    update.state = TABLE[act].target
    return update
