"""Who evaluates a session: who was there, and who speaks today for an organisation that was."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.rights import Denied, always, register
from sessions_app.enums import PRESENT
from sessions_app.responses.permissions import acting_positions

if TYPE_CHECKING:
    from sessions_app.models import Attendance

NOT_THERE = Denied(
    _("This evaluation is open to the people and the organisations that were at the session."),
    _("Ask the animators if your presence is missing from the record."),
    weight=4,
)


def attended(user: Any) -> QuerySet[Attendance]:
    """Where `user` was recorded present, or an organisation he or she speaks for today."""
    from sessions_app.models import Attendance

    if not user.is_authenticated:
        return Attendance.objects.none()
    mine = [place.organisation_id for place in acting_positions(user)]
    here = Q(people__user=user.pk) | Q(organisation__in=mine)
    return Attendance.objects.filter(here, presence__in=PRESENT)


def took_part(user: Any, evaluation: Any) -> Denied | None:
    return None if attended(user).filter(session=evaluation.session_id).exists() else NOT_THERE


def waits_for(user: Any, now: dt.datetime) -> Q:
    """For sessions: whether their evaluation is open to `user` at this moment."""
    from sessions_app.models import Evaluation

    running = Evaluation.objects.filter(session=OuterRef("pk"), closed_at=None, closes_at__gt=now)
    return Q(Exists(running)) & Q(Exists(attended(user).filter(session=OuterRef("pk"))))


# Whoever was there may say so, in position today or not: hence not the members' alone.
register("sessions_app.evaluate", _("evaluate a session"), member=took_part, visitor=took_part)
register("sessions_app.run_evaluation", _("open an evaluation and see its results"), animator=always)
