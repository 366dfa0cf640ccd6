"""Who answered, as a table to work with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.tables import Column
from sessions_app.responses.page import Line

SILENT = pgettext_lazy("answer of an organisation", "no answer")


def _represented_by(line: Line) -> str:
    if line.standing is None:
        return ""
    if line.standing.pouvoir is not None:
        return line.standing.pouvoir.holder.name
    return ", ".join(str(answer.substitute) for answer in line.standing.answers if answer.substitute)


COLUMNS = [
    Column(_("Organisation"), lambda line: line.organisation.name, width=40),
    Column(_("Answer"), lambda line: line.standing.label if line.standing else SILENT, width=20),
    Column(
        _("People"),
        lambda line: [
            f"{answer.user} ({answer.get_choice_display()})"
            for answer in (line.standing.answers if line.standing else [])
        ],
        width=50,
    ),
    Column(_("Represented by"), _represented_by, width=40),
    Column(_("Remotely"), lambda line: bool(line.standing and line.standing.remotely)),
    Column(_("Guests"), lambda line: [guest.name for guest in line.guests], width=40),
]
