"""Founding the first mandate."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts import rights
from core.db import locks
from core.db.periods import today
from core.formatting import names
from core.partial_dates import PartialDate
from governance.handovers import checks
from governance.models import Mandate
from governance.refusal import refusal
from members.enums import PositionRole
from members.models import Organisation, Position

if TYPE_CHECKING:
    from core.accounts.models import User

FOUND = "governance.found_mandate"


@transaction.atomic
def found(
    *, organisation: Organisation, by: User, started_on: PartialDate | None, note: str, now: dt.datetime
) -> Mandate:
    """The first mandate, held since `started_on`; `note` names the act that entrusted it.

    Rights move at once. Raises `PermissionRefused` where a mandate stands already (of two at once the second hears
    that), `ValidationError` where nobody could act or the act has no date.
    """
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # as a handover: nobody writes by rights that change meanwhile
    rights.memory(by).clear()
    rights.check(by, FOUND)
    checks.dated("started_on", started_on, historical=False, now=now)
    checks.a_member(organisation, today(now))
    positions = Position.objects.running(now).filter(organisation=organisation, role=PositionRole.REPRESENTATIVE)
    if not positions.exists():
        message = _("%(Organisation)s has no representative in position: enter one first.")
        raise refusal(message % names.in_sentence(organisation=organisation.label), "no_representative", "organisation")
    mandate = Mandate(
        organisation=organisation, starts_at=_moment(started_on, now), started_on=started_on, note=note.strip()
    )
    if not mandate.note:
        raise refusal(_("Say which act entrusted the animation, and of whom."), "act_missing", "note")
    mandate.full_clean()
    mandate.save()
    return mandate


def _moment(started_on: PartialDate, now: dt.datetime) -> dt.datetime:
    """The first moment it may have run, so that sessions entered from before the portal have their animator."""
    first = timezone.make_aware(dt.datetime.combine(started_on.lower, dt.time.min))
    return min(first, now)
