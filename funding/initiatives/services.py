"""Entering and changing an initiative, and sharing a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.db.periods import today
from core.partial_dates import PartialDate, day
from core.transitions import ChangedMeanwhile, MoveRefused
from core.web import slugs
from funding.backends import acting_funders
from funding.enums import Stage
from funding.initiatives.transitions import BEFORE_START, COMPLETED
from funding.models import Initiative, StageChange
from funding.permissions import NOT_YOURS
from members.models import Competence, EngineeringScheme
from sessions_app.models import Session

if TYPE_CHECKING:
    from core.accounts.models import User


NO_DRAFT = _("Only a draft is taken away: what was shared is dropped, with its reason.")
HAS_FUNDINGS = _("Fundings belong to this draft: take them away first.")


def free_slug(title: str) -> str:
    """An address for `title` that no initiative has yet."""
    return slugs.free_slug(title, rows=Initiative.objects.all(), fallback="initiative")


def free_slugs(titles: list[str]) -> list[str]:
    """For each title an address that no initiative has yet, nor any title before it."""
    return slugs.free_slugs(titles, rows=Initiative.objects.all(), fallback="initiative")


def next_reference() -> str:
    """The reference a new initiative is offered."""
    number = Initiative.objects.count() + 1
    while Initiative.objects.filter(reference=f"INI-{number:03d}").exists():
        number += 1
    return f"INI-{number:03d}"


@transaction.atomic
def save_initiative(
    *,
    initiative: Initiative,
    by: User,
    now: dt.datetime,
    schemes: Iterable[EngineeringScheme] | None = None,
    sessions: Iterable[Session] | None = None,
    competences: Iterable[Competence] | None = None,
    read_version: int | None = None,
) -> Initiative:
    """Creates or changes an initiative whose fields were set by a form or an import.

    A new one is a draft of its keeper if `draft_of` is set. `read_version` is the version the form was made
    from. Raises `ChangedMeanwhile`, `PermissionRefused`, `ValidationError`.
    """
    if initiative.pk is None:
        rights.check_for_writing(by, "funding.create_initiative")
        if initiative.prepared_by_id not in acting_funders(by):
            raise PermissionRefused(NOT_YOURS)
        initiative.slug = initiative.slug or free_slug(initiative.title)
        initiative.created_at = now
    else:
        stored = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
        rights.check_for_writing(by, "funding.edit_initiative", stored)
        if read_version is not None and stored.version != read_version:
            raise ChangedMeanwhile
        if (stored.stage, stored.draft_of_id) != (initiative.stage, initiative.draft_of_id):
            raise ValidationError(_("The stage changes by a move, a draft by being shared."))
        _not_after_its_end(initiative)
        initiative.version = stored.version + 1
    initiative.changed_at = now
    is_new = initiative.pk is None
    initiative.full_clean()
    initiative.save()
    if schemes is not None:
        initiative.schemes.set(schemes)
    if sessions is not None:
        initiative.sessions.set(sessions)
    if competences is not None:
        initiative.competences.set(competences)
    if is_new and initiative.draft_of_id is None:
        _first_stage(initiative, by, now, day(today(now)))
    return initiative


def _not_after_its_end(initiative: Initiative) -> None:
    """A completion that was dated stands: the start is not moved behind it."""
    if initiative.starts_on is None or initiative.stage not in COMPLETED:
        return
    last = initiative.stage_changes.filter(target=Stage.COMPLETED).order_by("-pk").first()
    if last is not None and last.changed_on.upper <= initiative.starts_on.lower:
        raise ValidationError({"starts_on": BEFORE_START})


@transaction.atomic
def share(*, initiative: Initiative, by: User, now: dt.datetime, spotted_on: PartialDate | None = None) -> Initiative:
    """Ends the draft: members see the initiative from now on. Its way begins at `spotted_on`, today where not told."""
    if spotted_on is not None and spotted_on.lower > today(now):
        raise ValidationError(_("This date lies in the future."))
    rights.check_for_writing(by, "funding.edit_initiative", initiative)
    initiative = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    if initiative.draft_of_id is None:
        return initiative
    initiative.draft_of = None
    initiative.changed_at = now
    initiative.version += 1
    initiative.full_clean()
    initiative.save()
    _first_stage(initiative, by, now, spotted_on or day(today(now)))
    return initiative


@transaction.atomic
def remove_draft(*, initiative: Initiative, by: User) -> None:
    """Takes away a draft that was entered by mistake, as long as no funding hangs on it; the audit trail keeps it."""
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    rights.check_for_writing(by, "funding.edit_initiative", initiative)
    if initiative.draft_of_id is None:
        raise MoveRefused([NO_DRAFT])
    if initiative.lines.exists():
        raise MoveRefused([HAS_FUNDINGS])
    initiative.delete()


def _first_stage(initiative: Initiative, by: User, now: dt.datetime, changed_on: PartialDate) -> None:
    change = StageChange(initiative=initiative, target=initiative.stage, changed_on=changed_on, recorded_at=now, by=by)
    change.full_clean()
    change.save(force_insert=True)
