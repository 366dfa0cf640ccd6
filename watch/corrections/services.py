"""Writes of corrections: proposed, accepted, refused, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.models import Region
from core.partial_dates.values import from_json
from core.transitions import ChangedMeanwhile
from members.models import Competence
from watch.corrections.transitions import TABLE
from watch.enums import CorrectionMove
from watch.items import revisions
from watch.items.revisions import DATES, content_of
from watch.models import Correction, WatchItem
from watch.notifications import notify_proposer

if TYPE_CHECKING:
    from core.accounts.models import User

NOTHING_CHANGED = _("Nothing is changed: correct what is wrong before you send it.")


@transaction.atomic
def propose(
    *, item: WatchItem, wanted: Mapping[str, Any], reason: str, by: User, now: dt.datetime, read_version: int | None
) -> Correction:
    """Keeps what `wanted` (fields as `content_of` writes them) changes of `item`; `read_version` is that of the form.

    Raises `ChangedMeanwhile`, `PermissionRefused`, `ValidationError`.
    """
    stored = WatchItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    rights.check_for_writing(by, "watch.propose_correction", stored)
    if read_version is not None and stored.version != read_version:
        raise ChangedMeanwhile
    said = content_of(stored)
    after = {name: value for name, value in wanted.items() if value != said[name]}
    if not after:
        raise ValidationError(NOTHING_CHANGED)
    correction = Correction(
        item=stored,
        before={name: said[name] for name in after},
        after=after,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=now,
    )
    correction.full_clean()
    correction.save()
    return correction


@transaction.atomic
def answer(
    *,
    correction: Correction,
    move: CorrectionMove,
    by: User,
    now: dt.datetime,
    reason: str = "",
    read_version: int | None = None,
) -> Correction:
    """Makes one move of the table; accepting writes the entry. `read_version`: the entry as who accepts has read it.

    Raises `ChangedMeanwhile`, `MoveRefused`, `PermissionRefused`, `ValidationError` (the entry would no longer be sound).
    """
    correction = TABLE.start(correction, move, by=by, now=now, lock=_hold, reason=reason)
    if move == CorrectionMove.ACCEPT:
        if read_version is not None and correction.item.version != read_version:
            raise ChangedMeanwhile
        _write(correction.item, correction.after, by, now)
    correction.state = TABLE[move].target
    correction.answered_by, correction.answered_at, correction.answer = by, now, reason.strip()
    correction.full_clean()
    correction.save()
    notify_proposer(move, correction, now=now, by=by)
    return correction


def _hold(correction: Correction) -> Correction:
    """The entry, then the correction: in the order in which every other writer takes them."""
    WatchItem.objects.select_for_update(no_key=True).get(pk=correction.item_id)
    return (
        Correction.objects.select_for_update(of=("self",)).select_related("item", "proposed_by").get(pk=correction.pk)
    )


def _write(item: WatchItem, after: Mapping[str, Any], by: User, now: dt.datetime) -> None:
    for name, value in after.items():
        if name not in {"regions", "competences"}:
            setattr(item, name, from_json(value) if name in DATES else value)
    item.changed_at, item.version = now, item.version + 1
    item.full_clean()
    item.save()
    if "regions" in after:
        item.regions.set(Region.objects.filter(code__in=after["regions"]))
    if "competences" in after:
        item.competences.set(Competence.objects.filter(name__in=after["competences"]))
    revisions.record(item=item, by=by, now=now)
