"""What answers add to the portal: notifications, the list of what waits, the session page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from core import slots, waiting
from core.formatting.dates import ordinal_text
from core.notifications import kinds
from core.partial_dates import display
from sessions_app.enums import SessionState
from sessions_app.models import Answer, Session
from sessions_app.models.answer import CONFIRMED
from sessions_app.responses import permissions
from sessions_app.responses.page import on_session_page
from sessions_app.responses.services import takes_answers

MOST_TASKS = 20  # the home page folds those of one kind


def unanswered(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """Announced sessions that `user` has not answered, or that moved since; one query."""
    own = {place.organisation_id for place in permissions.acting_positions(user)}
    if not own:
        return
    given = Answer.objects.filter(session=OuterRef("pk"), user=user, organisation__in=own).values("organisation_id")
    announced = Session.objects.filter(state=SessionState.ANNOUNCED).annotate(
        answered=ArraySubquery(given), confirmed=ArraySubquery(given.filter(CONFIRMED))
    )
    coming = [each for each in announced.order_by("date", "number")[: 2 * MOST_TASKS] if takes_answers(each, now)]
    for session in coming[:MOST_TASKS]:
        if own <= set(session.confirmed):
            continue
        moved = set(session.answered) > set(session.confirmed)
        nth = ordinal_text(session.number)
        yield waiting.Task(
            title=(
                _("Confirm your answer to the %(nth)s session, which has moved")
                if moved
                else _("Answer the invitation to the %(nth)s session")
            )
            % {"nth": nth},
            note=display(session.days),
            url=reverse("sessions:answer", args=[session.number]),
            action=pgettext("request", "Answer"),
            icon="calendar-check",
            due=session.starts_at or waiting.end_of(session.date.upper - dt.timedelta(days=1)),
        )


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "nth": ordinal_text(values["number"])}


def _to_answer(values: Mapping[str, Any]) -> str:
    return reverse("sessions:answer", args=[values["number"]])


KINDS = (
    (
        "pouvoir_given",
        gettext_lazy("Pouvoir received"),
        gettext_lazy("For the %(nth)s session, a pouvoir is entrusted to you by %(organisation)s."),
        True,
    ),
    (
        "pouvoir_taken_back",
        gettext_lazy("Pouvoir taken back"),
        gettext_lazy("The pouvoir entrusted for the %(nth)s session by %(organisation)s is taken back."),
        True,
    ),
    (
        "pouvoir_lapsed",
        gettext_lazy("Pouvoir lapsed"),
        gettext_lazy(
            "Your pouvoir for the %(nth)s session has lapsed: %(organisation)s no longer comes. Choose another organisation."
        ),
        True,
    ),
    (
        "substitute_named",
        gettext_lazy("You are named as a substitute"),
        gettext_lazy("You are announced as a substitute at the %(nth)s session, for %(organisation)s."),
        False,
    ),
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    waiting.register(unanswered)
    slots.register(
        "session_page",
        order=10,
        permission="sessions_app.view_session",
        fetch=on_session_page,
        template="sessions/responses/_on_session.html",
    )
    for name, label, text, always in KINDS:
        kinds.register(
            kinds.Kind(
                f"sessions_app.{name}", label=label, text=text, address=_to_answer, always=always, prepare=_in_words
            )
        )
