"""Writes of cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.transitions import Refusal
from sessions_app.models import Cycle

if TYPE_CHECKING:
    from core.accounts.models import User


class CycleOvertaken(Refusal):
    """Somebody else changed the cycle since the form was opened; holds it as it is stored."""

    message = _("Somebody changed this cycle meanwhile: their text is shown below yours.")

    def __init__(self, stored: Cycle) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def save_cycle(*, cycle: Cycle, by: User, seen: str = "") -> Cycle:
    """Creates or changes a cycle whose fields were set by its form.

    `seen` is the introduction that the form was opened with. Raises `CycleOvertaken`, `PermissionRefused`,
    `ValidationError`.
    """
    rights.check_for_writing(by, "sessions_app.edit_cycle", cycle)
    stored = Cycle.objects.select_for_update().filter(pk=cycle.pk).first()
    if stored is not None and stored.introduction not in (seen, cycle.introduction):
        raise CycleOvertaken(stored)
    cycle.full_clean()
    cycle.save()
    return cycle
