"""Minutes as a Word document to work on: marked as a working copy on its first page, on every page and in its properties."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, ngettext

from core.docx.writing import WordWriter
from core.formatting.dates import clock, ordinal_text, weekday_date
from core.partial_dates import display
from core.partial_dates.text import full_day
from core.partial_dates.values import from_json
from core.space import current_space
from sessions_app.minutes.page import ReadFollowUp, ReadItem, ReadMinutes, read
from sessions_app.minutes.snapshot import Json

LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}


def working_copy(snapshot: Json, *, at: dt.datetime, content_sha256: str = "") -> bytes:
    """The .docx of a draft (without `content_sha256`) or of a published version, in the reader's language.

    Items are headings of the first level, so that `core.docx` reads the document back item by item.
    """
    language = LANGUAGES.get((get_language() or "fr")[:2], "fr-FR")
    writer = WordWriter(base_url=settings.BASE_URL, language=language)
    session, text = snapshot["session"], read(snapshot)
    title = _("Minutes of the %(nth)s session") % {"nth": ordinal_text(session["number"])}
    mark = _mark(snapshot, at)
    _describe(writer, title, mark, at)
    writer.document.add_heading(title, 0)
    writer.paragraph(session["title"], style="Subtitle")
    writer.paragraph(mark, bold=True)
    writer.paragraph(_warning(content_sha256))
    writer.paragraph(_facts(snapshot))
    for item in text.items:
        _item(writer, item)
    for heading, rows in ((_("Decisions"), text.decisions), (_("Actions"), text.actions)):
        if rows:
            writer.heading(heading, 1)
            _follow_up(writer, rows)
    _attendance(writer, text)
    made = io.BytesIO()
    writer.document.save(made)
    return made.getvalue()


def _mark(snapshot: Json, at: dt.datetime) -> str:
    local = timezone.localtime(at)
    values = {"date": full_day(local.date()), "time": clock(local)}
    if snapshot["version"]:
        text = _("Working copy of version %(number)s, published on %(date)s at %(time)s")
        return text % {**values, "number": snapshot["version"]["number"]}
    return _("Working copy of the draft of %(date)s at %(time)s, not published") % values


def _warning(content_sha256: str) -> str:
    if not content_sha256:
        return _("Anybody can change this document; it binds nobody. Minutes are written and published on the portal.")
    address = f"{settings.BASE_URL}{reverse('reports:verify-code', args=[content_sha256])}"
    return _(
        "Anybody can change this document; only the portal’s page and the PDF report are authentic: %(address)s"
    ) % {"address": address}


def _describe(writer: WordWriter, title: str, mark: str, at: dt.datetime) -> None:
    """Properties of the file, and the mark at the head of every page."""
    properties = writer.document.core_properties
    space = current_space()
    properties.title, properties.subject, properties.author = title, mark, space.short_name
    properties.content_status = properties.category = _("Working copy")
    properties.language, properties.comments, properties.keywords = writer.language, "", ""
    properties.created = properties.modified = at.astimezone(dt.UTC).replace(tzinfo=None)
    properties.last_modified_by = space.short_name
    head = writer.document.sections[0].header.paragraphs[0]
    head.add_run(f"{space.short_name} – {mark}").italic = True


def _facts(snapshot: Json) -> str:
    session, cycle = snapshot["session"], snapshot["cycle"]
    parts = [display(from_json(session["date"])), session["place"], _("Cycle %(year)s, “%(theme)s”") % cycle]
    if snapshot["organisation"]:
        parts.append(_("minutes: %(name)s") % {"name": snapshot["organisation"]["name"]})
    return " – ".join(part for part in parts if part)


def _item(writer: WordWriter, item: ReadItem) -> None:
    writer.heading(f"{item.number}. {item.title}", 1)
    duration = ngettext("%(number)d minute", "%(number)d minutes", item.minutes_long) % {"number": item.minutes_long}
    time = clock(item.starts_at) if item.starts_at else ""
    facts = [str(item.kind_label).capitalize(), weekday_date(item.day), time, duration]
    speakers = [", ".join(filter(None, pair)) for pair in item.speakers]
    line = ", ".join(filter(None, facts))
    writer.paragraph(f"{line} – {'; '.join(speakers)}" if any(speakers) else line, style="Caption")
    writer.rich_text(item.html)


def _follow_up(writer: WordWriter, rows: list[ReadFollowUp]) -> None:
    head = [_("Number"), _("Text"), _("Responsible"), _("Due"), _("Status")]
    writer.table(
        head,
        [[row.reference, row.text, row.responsible, display(row.due), row.status_label.capitalize()] for row in rows],
        widths=[19, 68, 32, 27, 20],
    )


def _attendance(writer: WordWriter, text: ReadMinutes) -> None:
    if not text.attendance and not text.guests:
        return
    writer.heading(_("Attendance"), 1)
    if text.guests:
        said = ", ".join(f"{name} ({organisation})" if organisation else name for name, organisation in text.guests)
        writer.paragraph(_("Guests present: %(names)s") % {"names": said})
    if not text.attendance:
        return
    rows: list[list[Any]] = []
    for row in text.attendance:
        by = _("by %(name)s") % {"name": row.represented_by} if row.represented_by else ""
        label = str(row.label).capitalize()
        rows.append([row.organisation, f"{label} {by}".strip(), ", ".join(row.people)])
    writer.table([_("Organisation"), _("Presence"), _("People")], rows, widths=[66, 50, 50])
