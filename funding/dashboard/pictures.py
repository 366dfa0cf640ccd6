"""The dashboard's charts as pictures of their own: SVG, PNG made of that very SVG, and the images of the PDF.

They use the light palette, name their unit and the day of their data, and hold nothing their reader may not see.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import resvg_py
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.charts.outlines import ATTRIBUTION
from core.partial_dates.text import full_day
from core.reports.render import print_file
from core.space import current_space
from funding.dashboard.page import DashboardPage

# The static cuts call themselves “Figtree Light”: the style sheet of the pictures names both.
_FONTS = ("print/fonts/figtree-400-normal.ttf", "print/fonts/figtree-600-normal.ttf")
SLICE_NAMES = {"stage": "stades", "sdg": "objectifs", "programme": "programmes"}  # as addresses name them
_FOOT = 100  # title above, source below a chart of bars


@dataclass(frozen=True)
class Picture:
    title: str
    unit: str
    source: str
    template: str
    chart: Any

    @property
    def height(self) -> float:
        """Of a chart of lying bars, with its title and its source."""
        return self.chart.height + _FOOT

    @property
    def pixels(self) -> float:
        return self.height * 2

    @property
    def foot(self) -> float:
        return self.height - 56 - 14


def pictures(board: DashboardPage, day: dt.date) -> dict[str, Picture]:
    """Word of the address → picture."""
    source = _("%(space)s, data as of %(day)s") % {"space": current_space().short_name, "day": full_day(day)}
    thousands = _("Thousands of euros: agreed by date of decision, paid by date of payment")
    initiatives = _("Number of initiatives funded, by region")
    found = {
        "annees": Picture(_("Year by year"), thousands, source, "funding/pictures/columns.svg", board.year_chart),
        "carte": Picture(
            _("Where the fundings go"),
            initiatives,
            f"{source}. {_('Outlines:')} {ATTRIBUTION}",
            "funding/pictures/map.svg",
            board.map,
        ),
    }
    for part in board.slices:
        if part.key in SLICE_NAMES:
            found[SLICE_NAMES[part.key]] = Picture(
                str(part.title), _("Amount agreed"), source, "funding/pictures/rows.svg", part.chart
            )
    return found


def svg(picture: Picture) -> bytes:
    return render_to_string(picture.template, {"picture": picture, "chart": picture.chart}).strip().encode()


def png(picture: Picture) -> bytes:
    """The SVG as pixels, with the portal's own fonts."""
    fonts = [str(print_file(name)) for name in _FONTS]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg(picture).decode(), font_files=fonts, skip_system_fonts=True))
