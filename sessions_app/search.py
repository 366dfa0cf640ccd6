"""What is found of sessions: sessions with their agenda, cycles, decisions, actions and materials. Minutes: `minutes/search.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core import slots
from core.accounts import rights
from core.file_texts import registry as texts
from core.file_texts.models import FileText
from core.files.kinds import PDF
from core.richtext import clean
from core.richtext.paragraphs import paragraphs
from core.search.mentions import mentioned_in
from core.search.sources import Entry, Grouping, Mentioned, Source, Watched, among, register, register_grouping
from members.search import group_of, named_in
from sessions_app.models import ActionItem, AgendaItem, Cycle, Decision, Material, Session
from sessions_app.permissions import organisations_that_open

VIEW, PREPARE = "sessions_app.view_session", "sessions_app.prepare_session"
GROUP = "cycle"
INTRODUCTION = "introduction"  # anchor on the page of a cycle; those of its paragraphs begin with it


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
        common: dict[str, Any] = {
            "object_id": row.pk,
            "address": row.get_absolute_url(),
            "title": str(row),
            "groups": (f"{GROUP}:{row.year}",),
        }
        yield Entry(**common, names=f"cycle {row}")
        for place, words, mentions in paragraphs(clean(row.introduction), INTRODUCTION):
            yield Entry(**common, anchor=place or INTRODUCTION, text=words, mentions=mentions)


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
    """Title and text of each; of several versions of one only the newest. Texts are reserved: see `_handed_out`."""
    current = Material.objects.current().filter(pk__in=ids).select_related("session__cycle")
    rows = list(current.annotate(content_type=F("file__content_type")))
    read = FileText.objects.in_bulk([row.file_id for row in rows if row.file_id], field_name="file_id")
    for row in rows:
        common: dict[str, Any] = {"object_id": row.pk, **about(row.session)}
        place = {"address": row.session.get_absolute_url(), "anchor": anchor_of_material(row)}
        said = f"{nth(row.session.number)}. {row.session.title}"
        yield Entry(**common, **place, title=row.title, names=row.title, text=said)
        if row.file_id not in read:
            continue
        for number, words in enumerate(read[row.file_id].pages, start=1):
            if words:
                where = _where(row, read[row.file_id], number, place)
                yield Entry(**common, **where, text=words, reserved=True)


def anchor_of_material(material: Material) -> str:
    return f"support-{material.public_id}"


def _where(material: Material, text: FileText, number: int, place: Mapping[str, str]) -> dict[str, str]:
    """A browser opens a PDF at a page; of other files the page of the session says which one to download."""
    if material.content_type == PDF.content_type:
        address = reverse("sessions:material", args=[material.session.number, material.public_id])
        title = _("%(title)s, page %(number)s") % {"title": material.title, "number": number}
        return {"address": f"{address}?voir=1", "anchor": f"page={number}", "title": title}
    if text.is_paged:
        return {**place, "title": _("%(title)s, slide %(number)s") % {"title": material.title, "number": number}}
    return {**place, "title": material.title}


class MaterialReader(NamedTuple):
    """Whether drafts of sessions as well; and whose presence opens what is kept for participants, None where all is open."""

    drafts: bool
    organisations: tuple[int, ...] | None


def _reads_materials(user: Any) -> MaterialReader | None:
    drafts = reads_sessions(user)
    return None if drafts is None else MaterialReader(drafts, organisations_that_open(user))


def _handed_out(reader: MaterialReader) -> Q:
    """Titles, as the page of the session shows them to whoever may read it; texts to whoever may open the file."""
    listed = Material.objects.filter(session__in=Session.objects.visible(drafts=reader.drafts))
    if reader.organisations is None:
        return among(listed)
    return (Q(reserved=False) & among(listed)) | among(listed.open_to_organisations(reader.organisations))


def register_sources() -> None:
    slots.register("session_page", order=90, template="search/_mentioned_in.html", fetch=mentioned_in("session"))
    texts.register(lambda: Material.objects.current().filter(file__isnull=False).values("file"))
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
            mentioned=Mentioned("#", offered=lambda drafts: False),
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
            mentions=True,
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
                Watched(FileText, "file_id", through=(Material, "file_id"), only=("pages",)),
            ],
            entries=_materials,
            reader=_reads_materials,
            visible=_handed_out,
            weight=0.8,  # what was said at a session stands before what was handed out there
            icon="file-text",
        )
    )
