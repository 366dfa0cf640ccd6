"""The sessions a calendar can hold: announced or later, on an exact day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Count, DateTimeField, IntegerField, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from core.accounts.models import User
from core.partial_dates.values import is_day
from sessions_app.models import AgendaItem, Session

MOST = 200  # the newest; a calendar of twenty years is no use to anybody


def with_history(sessions: QuerySet) -> QuerySet:
    """Adds `changes` and `changed_at` from the audit trail, and `minutes_planned` of the last day with an agenda."""
    agenda = AgendaItem.objects.filter(session=OuterRef("pk")).order_by("-day").values("session", "day")
    return sessions.annotate(
        **_history("", "SessionEvent", "pgh_obj", "pk"),
        minutes_planned=Subquery(agenda.annotate(n=Sum("minutes_long")).values("n")[:1], IntegerField()),
    )


def with_whole_history(sessions: QuerySet) -> QuerySet:
    """`with_history`, and the same of all else that a calendar entry shows: the agenda, which gives its end, and the cycle.

    The number of recorded changes only grows, so their sum is the SEQUENCE of the event.
    """
    return with_history(sessions).annotate(
        **_history("agenda_", "AgendaItemEvent", "session", "pk"),
        **_history("cycle_", "CycleEvent", "pgh_obj", "cycle"),
    )


def _history(prefix: str, event: str, field: str, key: str) -> dict[str, Combinable]:
    found = apps.get_model("sessions_app", event).objects.filter(**{field: OuterRef(key)}).order_by().values(field)
    return {
        f"{prefix}changes": Coalesce(Subquery(found.annotate(n=Count("pk")).values("n"), IntegerField()), 0),
        f"{prefix}changed_at": Subquery(found.annotate(last=Max("pgh_created_at")).values("last"), DateTimeField()),
    }


def answers_given(reader: User, sessions: Iterable[Session]) -> dict[int, tuple[int, dt.datetime]]:
    """By session key: how often the reader's own answers were given, changed or taken back, and when last."""
    events = apps.get_model("sessions_app", "AnswerEvent").objects.filter(user=reader, session__in=sessions)
    rows = events.order_by().values_list("session").annotate(n=Count("pk"), last=Max("pgh_created_at"))
    return {key: (number, last) for key, number, last in rows}


def has_place_in_calendar(session: Session) -> bool:
    return is_day(session.date)


def for_calendar() -> list[Session]:
    """The newest sessions that everybody may see and whose day is known."""
    visible = with_whole_history(Session.objects.visible(drafts=False)).select_related("cycle").newest_first()
    return [session for session in visible[:MOST] if has_place_in_calendar(session)]
