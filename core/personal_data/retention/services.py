"""Choosing the periods, and removing what is due."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from core.accounts import rights
from core.db import locks
from core.lifecycle import retention
from core.personal_data.models import RetentionPeriod

if TYPE_CHECKING:
    from core.accounts.models import User

MAY = "personal_data.manage"
logger = logging.getLogger(__name__)


def days() -> dict[str, int]:
    """The period of each line that has one, in days; one query."""
    chosen = dict(RetentionPeriod.objects.values_list("key", "days"))
    return {holding.key: chosen.get(holding.key, holding.days) for holding in retention.settings()}


@transaction.atomic
def choose(*, periods: Mapping[str, int], by: User) -> None:
    """Keeps what differs from the default. Raises `PermissionRefused`, `ValidationError` outside the bounds of a line."""
    rights.check_for_writing(by, MAY)
    locks.hold_exclusive("retention")
    for holding in retention.settings():
        wanted = periods[holding.key]
        if not holding.least <= wanted <= holding.most:
            raise ValidationError({holding.key: out_of_bounds(holding)})
        row = RetentionPeriod.objects.filter(key=holding.key).first() or RetentionPeriod(key=holding.key)
        if wanted == holding.days:
            if row.pk:
                row.delete()
        elif row.days != wanted:
            row.days = wanted
            row.full_clean()
            row.save()


def out_of_bounds(holding: retention.Holding) -> str:
    return _("Between %(least)d and %(most)d days.") % {"least": holding.least, "most": holding.most}


def help_text(holding: retention.Holding) -> str:
    """Counted from when, and what it is where nobody chose."""
    return _("%(from_when)s By default %(days)d days.") % {
        "from_when": str(holding.until) % {"period": _("… days")},
        "days": holding.days,
    }


def purge(*, now: dt.datetime) -> dict[str, int]:
    """Removes what is due, line by line; how many rows each. A line that fails is logged, and the others go on."""
    removed = {}
    for key, number in days().items():
        holding = next(line for line in retention.settings() if line.key == key)
        try:
            with transaction.atomic():
                removed[key] = holding.purge(now - dt.timedelta(days=number), now)
        except (DatabaseError, OSError):
            logger.exception("What is due of %s could not be removed.", key)
    return removed
