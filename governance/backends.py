"""Animators are the representatives and substitutes, today, of the organisation whose mandate runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.backends import RightsBackend
from core.accounts.rights import Allowed, Denied
from core.formatting import names
from core.partial_dates import PartialDate, display
from core.text import lazy_text
from governance.models import Mandate
from members.backends import positions_of
from members.enums import ACTING_ROLES


@lazy_text
def filled(text: Any, **values: Any) -> str:
    """`text` with its values, both in the language of whoever reads it; `organisation` in every form it may need."""
    shown = {key: display(value) if isinstance(value, PartialDate) else value for key, value in values.items()}
    if "organisation" in shown:
        shown |= names.in_sentence(organisation=shown["organisation"])
    return str(text) % shown


ASK_ANIMATORS = _("Ask the people %(of_organisation)s, who animate the space today.")


LEAVES_TEXTS_FOR = dt.timedelta(days=30)  # after the end of a mandate


@dataclass(frozen=True)
class MandateEnded(Denied):
    """Refused because the mandate of `organisation` has ended: what was being written is kept for its successor."""

    organisation: Any = None


def started_mandates(user: Any) -> list[Mandate]:
    """All mandates that have started, the running one first, read once for each request of `user`."""
    memory = rights.memory(user)
    if "mandates" not in memory:
        memory["mandates"] = list(Mandate.objects.started(timezone.now()).select_related("organisation"))
    return memory["mandates"]


def running_mandate(user: Any) -> Mandate | None:
    return next(iter(started_mandates(user)), None)


class MandateBackend(RightsBackend):
    role = "animator"
    needs_second_factor = True

    def holder(self, user: Any) -> Allowed | Denied | None:
        positions = {position.organisation_id: position for position in positions_of(user)}
        if not positions:
            return None
        mandates = started_mandates(user)
        if not mandates:
            return Denied(_("Nobody holds the animation of the space yet."), weight=1)
        running = mandates[0]
        position = positions.get(running.organisation_id)
        if position and position.role in ACTING_ROLES:
            return Allowed(self.role, position)
        remedy = filled(ASK_ANIMATORS, organisation=running.organisation.label)
        if position:
            return Denied(
                _("You follow the space as an observer; only representatives and substitutes animate it."),
                remedy,
                weight=2,
            )
        for ended, following in zip(mandates[1:], mandates, strict=False):
            if ended.organisation_id in positions:
                return MandateEnded(
                    filled(
                        _("The animation mandate %(of_organisation)s has ended (%(date)s)."),
                        organisation=ended.organisation.label,
                        date=following.started_on,
                    ),
                    remedy,
                    weight=3,
                    organisation=ended.organisation,
                )
        return Denied(
            filled(
                _("Only the people %(of_organisation)s, who hold the animation mandate, can do this."),
                organisation=running.organisation.label,
            ),
            _("Write to them if you would like something changed."),
            weight=1,
        )


class FormerMandateBackend(RightsBackend):
    """The people of organisations whose mandate has just ended: they keep one right, to leave what they were writing.

    It ends itself: a form stays open for days, not for years.
    """

    role = "former_animator"

    def holder(self, user: Any) -> Allowed | None:
        positions = {position.organisation_id: position for position in positions_of(user)}
        mandates = started_mandates(user) if positions else []
        for mandate, following in zip(mandates[1:], mandates, strict=False):
            position = positions.get(mandate.organisation_id)
            is_recent = following.starts_at > timezone.now() - LEAVES_TEXTS_FOR
            if is_recent and position and position.role in ACTING_ROLES:
                return Allowed(self.role, position)
        return None
