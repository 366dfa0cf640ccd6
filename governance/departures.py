"""Why an organisation cannot leave the space yet: it animates it, or will, or a handover names it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from governance.enums import HandoverState
from governance.models import Handover, Mandate
from members.models import Organisation
from members.organisations import departure


def holds_the_animation(organisation: Organisation, end: dt.date, now: dt.datetime) -> str | Promise | None:
    """On `end`, the first day without it, or at any time after."""
    leaves_at = timezone.make_aware(dt.datetime.combine(end, dt.time.min))
    holder = Mandate.objects.organisation_at(leaves_at)
    later = Mandate.objects.filter(organisation=organisation, starts_at__gt=leaves_at).exists()
    if later or (holder is not None and holder.pk == organisation.pk):
        return _(
            "The animation of the space belongs to this organisation on that day. Hand it over first; then it can leave."
        )
    return None


def is_named_by_a_handover(organisation: Organisation, end: dt.date, now: dt.datetime) -> str | Promise | None:
    shown = Handover.objects.open().exclude(state=HandoverState.DRAFT)  # a draft is its holder’s secret
    if shown.filter(receiver=organisation).exists():
        return _("A handover under way names this organisation. Complete or end it first.")
    return None


def register() -> None:
    departure.register(holds_the_animation)
    departure.register(is_named_by_a_handover)
