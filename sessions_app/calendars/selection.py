"""The sessions a calendar can hold: announced or later, on an exact day."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Count, DateTimeField, IntegerField, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from core.partial_dates.values import is_day
from sessions_app.models import AgendaItem, Session

MOST = 200  # the newest; a calendar of twenty years is no use to anybody


def with_history(sessions: QuerySet) -> QuerySet:
    """Adds `changes` and `changed_at` from the audit trail, and `minutes_planned` from the agenda.

    The number of recorded changes only grows, so it is the SEQUENCE of the event.
    """
    events = apps.get_model("sessions_app", "SessionEvent").objects.filter(pgh_obj=OuterRef("pk")).order_by()
    of_session = events.values("pgh_obj")
    agenda = AgendaItem.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return sessions.annotate(
        changes=Coalesce(Subquery(of_session.annotate(n=Count("pk")).values("n"), IntegerField()), 1),
        changed_at=Subquery(of_session.annotate(last=Max("pgh_created_at")).values("last"), DateTimeField()),
        minutes_planned=Subquery(agenda.annotate(n=Sum("minutes_long")).values("n"), IntegerField()),
    )


def has_place_in_calendar(session: Session) -> bool:
    return is_day(session.date)


def for_calendar() -> list[Session]:
    """The newest sessions that everybody may see and whose day is known."""
    visible = with_history(Session.objects.visible(drafts=False)).select_related("cycle").newest_first()
    return [session for session in visible[:MOST] if has_place_in_calendar(session)]
