"""Materials: small real files, made here, and links to addresses that do not exist."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.text import slugify

from core.models import StoredFile
from core.partial_dates.values import last_day
from portal.demo import documents, source
from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_minutes import writer_of
from portal.demo.load_sessions import rows
from portal.demo.stored import store
from sessions_app.enums import SessionState
from sessions_app.models import Material, Session

NOTE = source.french("Document fictif de démonstration.")


def loaded(context: DemoContext) -> bool:
    return Material.objects.exists()


def load(context: DemoContext) -> None:
    for number, row in rows():
        for position, data in enumerate(row.get("materials", []), start=1):
            _material(context, context.sessions[number], position, data)


def _material(context: DemoContext, session: Session, position: int, data: dict[str, Any]) -> None:
    version = data.get("version", 1)
    added_at = _added_at(context, session) + dt.timedelta(hours=version)
    source_of = {"link": data["link"]} if data["kind"] == "link" else {}
    if not source_of:
        source_of = {"file": _stored(context, session, data, version, added_at)}
    context.add(
        Material,
        {"series": identifier("series", session.number, data["title"]), "version": version},
        public_id=identifier("material", session.number, data["title"], version),
        session=session,
        position=position,
        title=data["title"],
        audience=data["audience"],
        added_at=added_at,
        **source_of,
    )


def _added_at(context: DemoContext, session: Session) -> dt.datetime:
    """The morning after the session; for one still ahead, three days before the day of loading."""
    if session.state == SessionState.ANNOUNCED:
        return moment(context.today - dt.timedelta(days=3), 9)
    return moment(last_day(session.date) + dt.timedelta(days=1), 9)


def content_of(data: dict[str, Any]) -> tuple[bytes, str, str]:
    """Bytes, type and file extension of a material of the data files."""
    title = data["title"]
    if data["kind"] == "pdf":
        return documents.pdf(title, data["text"], NOTE), documents.PDF, "pdf"
    if data["kind"] == "odt":
        return documents.odt(title, data["text"], NOTE), documents.ODT, "odt"
    return documents.xlsx([data["columns"], *data["rows"]], NOTE), documents.XLSX, "xlsx"


def _stored(
    context: DemoContext, session: Session, data: dict[str, Any], version: int, added_at: dt.datetime
) -> StoredFile:
    content, content_type, extension = content_of(data)
    return store(
        context,
        identifier("file", session.number, data["title"], version),
        content=content,
        content_type=content_type,
        name=f"session-{session.number}-{slugify(data['title'])}.{extension}",
        by=writer_of(context, session).user,
        at=added_at,
    )
