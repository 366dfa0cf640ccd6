"""Writes of entries of the watch: entered, changed, removed as a draft, moved on, ended by the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import files
from core.accounts import rights
from core.db.periods import today
from core.files import CheckedUpload
from core.models import Region
from core.notifications.each_row import each_row
from core.transitions import ChangedMeanwhile, MoveRefused
from core.web import slugs
from members.backends import positions_of
from members.enums import ACTING_ROLES
from members.models import Competence
from watch.enums import OUT, ItemMove, ItemState
from watch.items import revisions
from watch.items.transitions import TABLE
from watch.models import WatchItem
from watch.notifications import notify_contributor

if TYPE_CHECKING:
    from core.accounts.models import User

WAS_SENT = _("What was sent to be checked is no longer removed: the animators refuse it or publish it.")
BY_MOVE = _("Where an entry stands changes by a move.")


def free_slug(title: str) -> str:
    """An address for `title` that no entry has yet."""
    return slugs.free_slug(title, rows=WatchItem.objects.all(), fallback="fiche")


@transaction.atomic
def save_item(
    *,
    item: WatchItem,
    by: User,
    now: dt.datetime,
    regions: Iterable[Region] = (),
    competences: Iterable[Competence] = (),
    upload: CheckedUpload | None = None,
    without_file: bool = False,
    read_version: int | None = None,
) -> WatchItem:
    """Enters or changes an entry whose fields were set by a form; a new one is a draft of `by`.

    `read_version` is the version the form was made from. Raises `ChangedMeanwhile`, `PermissionRefused`,
    `UploadRefused` (disk full), `ValidationError`.
    """
    if item.pk is None:
        rights.check_for_writing(by, "watch.contribute")
        acting = [position.organisation for position in positions_of(by) if position.role in ACTING_ROLES]
        item.contributor, item.organisation = by, acting[0] if acting else None
        item.slug = free_slug(item.title)
        item.created_at = now
    else:
        stored = WatchItem.objects.select_for_update(no_key=True).get(pk=item.pk)
        rights.check_for_writing(by, "watch.edit_item", stored)
        if read_version is not None and stored.version != read_version:
            raise ChangedMeanwhile
        if stored.state != item.state:
            raise ValidationError(BY_MOVE)
        item.version = stored.version + 1
    if upload is not None:
        item.file = files.store(file=upload, by=by, now=now)
    elif without_file:
        item.file = None
    item.themes = _as_written_before(item)
    item.changed_at = now
    item.full_clean()
    item.save()
    item.regions.set(regions)
    item.competences.set(competences)
    if item.state != ItemState.DRAFT:
        revisions.record(item=item, by=by, now=now)
    return item


def _as_written_before(item: WatchItem) -> list[str]:
    """Each theme once, spelt as entries that are out spell it, so that the list offers one word for one thing."""
    known: dict[str, str] = {}
    for themes in WatchItem.objects.out().order_by("pk").values_list("themes", flat=True):
        for theme in themes:
            known.setdefault(theme.casefold(), theme)
    return list(dict.fromkeys(known.setdefault(theme.casefold(), theme) for theme in item.themes))


@transaction.atomic
def remove_draft(*, item: WatchItem, by: User) -> None:
    """Takes away a draft that nobody else has seen; the audit trail keeps it. Raises `MoveRefused`, `PermissionRefused`."""
    item = WatchItem.objects.select_for_update().get(pk=item.pk)
    rights.check_for_writing(by, "watch.submit_item", item)
    if item.state != ItemState.DRAFT or item.revisions.exists():
        raise MoveRefused([WAS_SENT])
    item.delete()


@transaction.atomic
def move(*, item: WatchItem, to: ItemMove, by: User, now: dt.datetime, reason: str = "") -> WatchItem:
    """Makes one move of the table and tells the contributor. Raises `MoveRefused` with every obstacle, `PermissionRefused`."""
    item = TABLE.start(item, to, by=by, now=now, lock=_hold, reason=reason)
    _carry_out(item, to, now=now, reason=reason)
    revisions.record(item=item, by=by, now=now)
    notify_contributor(to, item, now=now, by=by)
    return item


def expire_due(*, now: dt.datetime) -> int:
    """The clock ends what has closed; how many entries it ended."""
    due = WatchItem.objects.closed_before(today(now)).order_by("pk").values_list("pk", flat=True)
    return sum(each_row(WatchItem, due, lambda key: _expire(key, now), now=now))


def _expire(key: int, now: dt.datetime) -> bool:
    """False where somebody changed it meanwhile. The table is asked, the right of nobody."""
    item = WatchItem.objects.select_for_update(no_key=True).get(pk=key)
    is_over = item.closes_on is not None and item.closes_on.upper <= today(now)
    if not is_over or TABLE.obstacles(item, ItemMove.EXPIRE, now):
        return False
    _carry_out(item, ItemMove.EXPIRE, now=now)
    notify_contributor(ItemMove.EXPIRE, item, now=now)
    return True


def _hold(item: WatchItem) -> WatchItem:
    return WatchItem.objects.select_for_update(no_key=True).get(pk=item.pk)


def _carry_out(item: WatchItem, to: ItemMove, *, now: dt.datetime, reason: str = "") -> None:
    """Sets the state with its evidence."""
    transition = TABLE[to]
    for name in transition.clears:
        setattr(item, name, "" if name == "answer" else None)
    if transition.asks_reason:
        item.answer = reason.strip()
    item.state = transition.target
    if item.state != ItemState.DRAFT and (item.submitted_at is None or to == ItemMove.WITHDRAW):
        item.submitted_at = now
    if item.state in OUT and item.published_at is None:
        item.published_at = now
    if item.state == ItemState.EXPIRED:
        item.expired_at = now
    item.changed_at = now
    item.version += 1
    item.full_clean()
    item.save()
