"""Who answered, as a table to work with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.tables import Column
from sessions_app.responses.page import Line

SILENT = pgettext_lazy("answer of an organisation", "no answer")


def _represented_by(line: Line) -> str:
    if line.response is None:
        return ""
    if line.response.pouvoir is not None:
        return line.response.pouvoir.holder.name
    return ", ".join(str(answer.substitute) for answer in line.response.answers if answer.substitute)


COLUMNS = [
    Column(_("Organisation"), lambda line: line.organisation.name, width=40),
    Column(_("Answer"), lambda line: line.response.label if line.response else SILENT, width=20),
    Column(
        _("People"),
        lambda line: [
            f"{answer.user} ({answer.get_choice_display()})"
            for answer in (line.response.answers if line.response else [])
        ],
        width=50,
    ),
    Column(_("Represented by"), _represented_by, width=40),
    Column(_("Remotely"), lambda line: bool(line.response and line.response.remotely)),
    Column(_("Guests"), lambda line: [guest.name for guest in line.guests], width=40),
]
