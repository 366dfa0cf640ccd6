"""What evaluations add to the portal: notifications, and what waits for who took part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core import waiting
from core.formatting.dates import ordinal_text
from core.notifications import kinds
from sessions_app.evaluations.permissions import attended
from sessions_app.evaluations.respondent_key import known_keys
from sessions_app.evaluations.services import CLOSED, OPENED
from sessions_app.models import Evaluation, EvaluationAnswer

MOST_TASKS = 20  # the home page folds those of one kind


def to_evaluate(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """Evaluations open to `user` that he or she has not answered; one query, which fetches no answer but its seal."""
    running = Evaluation.objects.filter(closed_at=None, closes_at__gt=now).select_related("session")
    there = attended(user).filter(session=OuterRef("session"))
    given = EvaluationAnswer.objects.filter(evaluation=OuterRef("pk")).values("respondent_key")
    open_to_user = running.filter(Exists(there)).annotate(seals=ArraySubquery(given))
    for evaluation in open_to_user.order_by("closes_at", "pk")[:MOST_TASKS]:
        if not set(known_keys(evaluation, user)).isdisjoint(evaluation.seals):
            continue
        yield waiting.Task(
            title=_("Say what you thought of the %(nth)s session") % {"nth": ordinal_text(evaluation.session.number)},
            note=_("Five questions, without your name"),
            url=reverse("sessions:evaluate", args=[evaluation.session.number]),
            action=_("Evaluate"),
            icon="star",
            due=evaluation.closes_at,
        )


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "nth": ordinal_text(values["number"])}


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    waiting.register(to_evaluate)
    for name, label, text, to in (
        (
            OPENED,
            gettext_lazy("Evaluation of a session"),
            gettext_lazy("What did you think of the %(nth)s session? Five questions, without your name."),
            "sessions:evaluate",
        ),
        (
            CLOSED,
            gettext_lazy("Results of an evaluation"),
            gettext_lazy("The evaluation of the %(nth)s session is closed: its results are there."),
            "sessions:evaluation",
        ),
    ):
        kinds.register(kinds.Kind(name, label=label, text=text, address=_to(to), prepare=_in_words))


def _to(name: str) -> Any:
    return lambda values: reverse(name, args=[values["number"]])
