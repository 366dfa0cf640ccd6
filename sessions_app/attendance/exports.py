"""The attendance of a session as a table; `importing` reads it back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.tables import Column
from sessions_app.attendance.sheet import SheetRow


def _people(row: SheetRow) -> list[str]:
    return [*(person.name for person in row.people if person.is_present), *row.names]


COLUMNS = [
    Column(_("Organisation"), lambda row: row.organisation.name, width=40),
    Column(_("Presence"), lambda row: row.attendance.get_presence_display() if row.attendance else "", width=18),
    Column(_("Represented by"), lambda row: row.represented_by, width=40),
    Column(_("People"), _people, width=60),
]
