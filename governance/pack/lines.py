"""The checklist of the pack: what is given by one side and received by the other, each line with where it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import rights
from core.transitions import Refusal
from governance.enums import Side
from governance.handovers.transitions import lock, lock_rights
from governance.models import Handover, PackLine
from governance.permissions import acts_for
from governance.refusal import refusal

if TYPE_CHECKING:
    from core.accounts.models import User

USE = "governance.use_pack"


@dataclass(frozen=True)
class Item:
    key: str
    title: str | Promise
    hint: str | Promise = ""


# What no table of the portal holds; the parts that the portal itself fills are added by `items`.
OUTSIDE = (
    Item("domain", gettext_lazy("Domain name"), gettext_lazy("Registrar, account, date of renewal.")),
    Item("hosting", gettext_lazy("Hosting"), gettext_lazy("Provider, contract, who may connect.")),
    Item("mailbox", gettext_lazy("Mailbox of the space"), gettext_lazy("Address, provider, forwarding.")),
    Item("video", gettext_lazy("Video account"), gettext_lazy("Service, subscription, planned meetings.")),
    Item("backup", gettext_lazy("Backup key"), gettext_lazy("Who keeps it, the date of the last restoration tried.")),
)


class NotYet(Refusal):
    message = gettext_lazy("The pack opens with the acceptance in principle.")


@transaction.atomic
def tick(*, handover: Handover, by: User, key: str, side: Side, done: bool, now: dt.datetime) -> PackLine:
    """Ticks a line off, or takes the tick back, for the side `by` acts for."""
    line = _line(handover, by, key)
    organisation = handover.holder if side == Side.HOLDER else handover.receiver
    if not acts_for(by, organisation):
        raise refusal(_("Each side ticks off its own column."), "side")
    person, moment = (by, now) if done else (None, None)
    if side == Side.HOLDER:
        line.given_by, line.given_at = person, moment
    else:
        line.received_by, line.received_at = person, moment
    line.full_clean()
    line.save()
    return line


@transaction.atomic
def annotate(*, handover: Handover, by: User, key: str, note: str) -> PackLine:
    """Says where a thing is and how to take it over."""
    line = _line(handover, by, key)
    line.note = note.strip()
    line.full_clean()
    line.save()
    return line


def _line(handover: Handover, by: User, key: str) -> PackLine:
    lock_rights()
    locked = lock(handover)
    rights.check_for_writing(by, USE, locked)
    if locked.accepted_at is None:
        raise NotYet
    line, _made = PackLine.objects.select_for_update(of=("self",)).get_or_create(handover=locked, key=key)
    return line
