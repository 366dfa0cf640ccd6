"""What this app adds to every page's navigation and to the list of what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext

from core import waiting
from core.accounts import rights
from core.web import navigation
from governance.enums import Step
from governance.handovers.transitions import TABLE, next_steps
from governance.models import Consultation, Handover, RescuedForm
from members.backends import positions_of
from members.enums import ACTING_ROLES
from sessions_app.models import MinutesProposal

# What each state waits for, in words; ends are nobody's task.
AWAITED = (Step.PROPOSE, Step.ACCEPT, Step.VALIDATE, Step.COMPLETE)


def positions_to_give(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """Consultations that still take voices and in which an organisation of the person has not answered."""
    own = [position.organisation_id for position in positions_of(user) if position.role in ACTING_ROLES]
    if not own:
        return
    silent = {"voters__organisation__in": own, "voters__ballot": None}
    for consultation in Consultation.objects.taking_ballots(now).filter(**silent).distinct().order_by("closes_at")[:5]:
        yield waiting.Task(
            title=_("Give the position of your organisation: %(title)s") % {"title": consultation.title},
            note=consultation.question[:160],
            url=consultation.get_absolute_url(),
            action=pgettext("request", "Answer"),
            icon="scales",
            due=consultation.closes_at,
        )


def handover_steps(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """The next step of a handover under way, where it is the person's to take."""
    for handover in Handover.objects.open().with_names()[:4]:
        awaited = [step for step in next_steps(handover.state_at(now)) if step in AWAITED]
        if not awaited or (handover.is_interim and awaited[0] == Step.PROPOSE):
            continue
        if rights.allows(user, TABLE[awaited[0]].permission, handover):
            yield waiting.Task(
                title=_("Handover of the animation: the next step is yours"),
                note=f"{handover.holder.label} → {handover.receiver.label}",
                url=handover.get_absolute_url(),
                action=_("See the handover"),
                icon="user-switch",
                due=handover.validated_at or handover.accepted_at or handover.proposed_at or handover.created_at,
                is_deadline=False,
            )


def texts_left(user: Any, now: dt.datetime) -> Iterator[waiting.Pile]:
    """For animators: what the former ones were writing when the mandate passed."""
    if not rights.allows(user, "governance.read_rescued_forms"):
        return
    in_minutes = MinutesProposal.objects.filter(closed_at=None)
    yield waiting.Pile(((RescuedForm.objects.waiting(), "left_at"), (in_minutes, "left_at")), _texts_left)


def _texts_left(moments: list[dt.datetime]) -> waiting.Task:
    total = len(moments)
    return waiting.Task(
        title=ngettext(
            "Read %(total)s text left by the former animators",
            "Read %(total)s texts left by the former animators",
            total,
        )
        % {"total": total},
        note=_("What they were writing when the mandate passed."),
        url=reverse("governance:left-texts"),
        action=pgettext("text", "Read"),
        icon="file-text",
        due=moments[0],
        is_deadline=False,
    )


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    navigation.register(
        gettext_lazy("Governance"), "governance:page", permission="governance.view_governance", order=80
    )
    waiting.register(positions_to_give)
    waiting.register(handover_steps)
    waiting.register(texts_left)
