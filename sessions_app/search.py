"""What is found of sessions: sessions with their agenda, cycles, decisions, actions and materials. Minutes: `minutes/search.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import rights
from core.richtext import to_text
from core.search.sources import Entry, Grouping, Source, Watched, among, register, register_grouping
from members.search import group_of, named_in
from sessions_app.models import ActionItem, AgendaItem, Cycle, Decision, Material, Session
from sessions_app.sessions.page import newest_of_each

VIEW, PREPARE = "sessions_app.view_session", "sessions_app.prepare_session"
GROUP = "cycle"


def sees_sessions(user: Any) -> bool:
    return rights.allows(user, VIEW)


def prepares(user: Any) -> bool:
    return rights.allows(user, PREPARE)


def reads_sessions(user: Any) -> bool | None:
    """Whether drafts as well; None who reads no session."""
    return prepares(user) if sees_sessions(user) else None


def nth(number: int) -> str:
    """ "21e session", as a hit says which session it is of."""
    return _("session no. %(number)s") % {"number": number}


def about(session: Session) -> dict[str, Any]:
    """What every passage of a session has: its day, and the cycle it may be narrowed to."""
    return {"date": session.days, "groups": (f"{GROUP}:{session.cycle.year}",)}


# --- sessions and cycles ----------------------------------------------------------------------------------------------


def _cycle_labels(values: Sequence[str]) -> Mapping[str, str]:
    years = [int(value) for value in values if value.isdecimal() and len(value) < 5]
    return {str(row.year): str(row) for row in Cycle.objects.filter(year__in=years)}


def _sessions(ids: Sequence[int]) -> Iterator[Entry]:
    for row in Session.objects.filter(pk__in=ids).select_related("cycle").prefetch_related("agenda"):
        common: dict[str, Any] = {"object_id": row.pk, "address": row.get_absolute_url(), **about(row)}
        said = ". ".join(filter(None, (row.summary, row.place, row.cycle.theme)))
        names = f"session {row.number} {row.number}e session, {row.title}"
        yield Entry(**common, title=f"{nth(row.number)} – {row.title}", names=names, text=said)
        for item in row.agenda.all():
            yield Entry(
                **common,
                title=f"{nth(row.number)} – {item.title}",
                anchor="ordre-du-jour",
                names=item.title,
            )


def _cycles(ids: Sequence[int]) -> Iterator[Entry]:
    for row in Cycle.objects.filter(pk__in=ids):
        yield Entry(
            object_id=row.pk,
            address=row.get_absolute_url(),
            title=str(row),
            names=f"cycle {row}",
            text=to_text(row.introduction),
            groups=(f"{GROUP}:{row.year}",),
        )


# --- decisions and actions --------------------------------------------------------------------------------------------


def _follow_ups(model: type[Decision | ActionItem]) -> Any:
    def entries(ids: Sequence[int]) -> Iterator[Entry]:
        for row in model.objects.filter(pk__in=ids).select_related("session__cycle", "responsible"):
            common = about(row.session)
            common["groups"] += group_of(row.responsible_id)
            yield Entry(
                object_id=row.pk,
                address=row.session.get_absolute_url(),
                anchor=row.reference,
                title=f"{row.reference} – {row.session.title}",
                names=row.reference,
                text=f"{row.text} {row.responsible.name if row.responsible else ''}",
                **common,
            )

    return entries


def _brought_out(model: type[Decision | ActionItem]) -> Any:
    def visible(drafts: bool) -> Q:
        sessions = Session.objects.visible(drafts=drafts)
        return among(model.objects.visible(drafts=drafts).filter(session__in=sessions))

    return visible


# --- materials --------------------------------------------------------------------------------------------------------


def _materials(ids: Sequence[int]) -> Iterator[Entry]:
    rows = Material.objects.filter(pk__in=ids).select_related("session__cycle")
    series = list(Material.objects.filter(series__in=rows.order_by().values("series")))
    current = {material.pk for material in newest_of_each(series)}
    for row in rows:
        if row.pk in current:
            yield Entry(
                object_id=row.pk,
                address=row.session.get_absolute_url(),
                anchor="supports",
                title=row.title,
                names=row.title,
                text=f"{nth(row.session.number)}. {row.session.title}",
                **about(row.session),
            )


def _handed_out(drafts: bool) -> Q:
    """Titles, as the page of the session shows them to whoever may read it."""
    return among(Material.objects.filter(session__in=Session.objects.visible(drafts=drafts)))


def register_sources() -> None:
    register_grouping(Grouping(GROUP, gettext_lazy("Cycle"), _cycle_labels))
    register(
        Source(
            "session",
            gettext_lazy("Sessions"),
            gettext_lazy("session"),
            Session,
            watched=[
                Watched(Session),
                Watched(AgendaItem, "session_id"),
                Watched(Cycle, through=(Session, "cycle_id")),
            ],
            entries=_sessions,
            reader=reads_sessions,
            visible=lambda drafts: among(Session.objects.visible(drafts=drafts)),
            weight=1.3,
            icon="calendar-blank",
        )
    )
    register(
        Source(
            "cycle",
            gettext_lazy("Cycles"),
            gettext_lazy("cycle"),
            Cycle,
            watched=[Watched(Cycle)],
            entries=_cycles,
            reader=reads_sessions,
            visible=lambda drafts: among(Cycle.objects.all()),
            weight=1.2,
            icon="calendar-blank",
        )
    )
    for model, kind, label, one in (
        (Decision, "decision", gettext_lazy("Decisions"), gettext_lazy("decision")),
        (ActionItem, "action", gettext_lazy("Actions"), gettext_lazy("action")),
    ):
        register(
            Source(
                kind,
                label,
                one,
                model,
                watched=[
                    Watched(model),
                    Watched(Session, through=(model, "session_id")),
                    named_in(model, "responsible_id"),
                ],
                entries=_follow_ups(model),
                reader=reads_sessions,
                visible=_brought_out(model),
                icon="check-circle",
            )
        )
    register(
        Source(
            "support",
            gettext_lazy("Materials"),
            gettext_lazy("material"),
            Material,
            watched=[
                Watched(Material),
                Watched(Material, "series", through=(Material, "series")),
                Watched(Session, through=(Material, "session_id")),
            ],
            entries=_materials,
            reader=reads_sessions,
            visible=_handed_out,
            icon="file-text",
        )
    )
