"""An arrêté as a document: its PDF, its tables, and whether a copy is authentic."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from core.formatting.typography import french
from core.partial_dates.text import full_day
from core.reports.printed_code import printed_code
from core.reports.registry import ModelReportKind
from core.reports.verification import Authenticity
from core.space import current_space, printed_space
from core.tables import Column
from funding.exports import EUROS
from funding.frozen import content
from funding.frozen.content import ToldLine
from funding.models import FrozenFigures

FROZEN_REPORT = "frozen-figures"


class FrozenFiguresReport(ModelReportKind):
    """Its subject is a `FrozenFigures`; nothing but the frozen content is printed."""

    name = FROZEN_REPORT
    label = gettext_lazy("frozen figures")
    template = "reports/print/frozen.html"
    stylesheet = "print/funding.css"
    subject_kind = "frozen-figures"
    model = FrozenFigures

    def rows(self) -> QuerySet:
        return FrozenFigures.objects.select_related("organisation")

    def right_to_request(self, subject: FrozenFigures) -> tuple[str, FrozenFigures]:
        return "funding.view_frozen", subject

    def title(self, subject: FrozenFigures) -> str:
        """In French like the document; the name people gave it is not told to who checks a copy."""
        return f"Arrêté des chiffres au {full_day(subject.as_of)}"

    def content_sha256(self, subject: FrozenFigures) -> str:
        return subject.content_sha256

    def parts(self, subject: FrozenFigures) -> dict[str, Any]:
        return {"space": printed_space()}

    def context(self, subject: FrozenFigures) -> dict[str, Any]:
        return context(subject)

    def created(self, subject: FrozenFigures) -> dt.datetime:
        return subject.frozen_at


def context(frozen: FrozenFigures) -> dict[str, Any]:
    """What the template prints."""
    return {
        "space": current_space(),
        "frozen": frozen,
        "told": content.read(frozen),
        "organisation": frozen.content["organisation"]["name"],
        "authenticity": printed_code(frozen.content_sha256),
        "words": {
            "head": french(current_space().short_name),
            "foot": french(_("Figures frozen at %(day)s") % {"day": full_day(frozen.as_of)}),
            "check": _(
                "Take a picture of the code, or type it on the portal’s page “Check a document”: it says whether"
                " these frozen figures are authentic."
            ),
        },
    }


def verify(digits: str) -> Authenticity | None:
    """The arrêté whose content hash begins with `digits`; it is in force for ever."""
    found = FrozenFigures.objects.defer("content").filter(content_sha256__startswith=digits).first()
    if found is None:
        return None
    return Authenticity(
        content_sha256=found.content_sha256,
        title=_("Figures frozen at %(day)s") % {"day": full_day(found.as_of)},
        version=1,
        published_at=found.frozen_at,
        in_force=1,
        url=found.get_absolute_url(),
        right=("funding.view_frozen", found),
        file_is=gettext_lazy("This file is, byte for byte, the one that the portal made from these frozen figures."),
        code_is=gettext_lazy("This code belongs to these frozen figures."),
    )


LINE_COLUMNS: list[Column] = [
    Column(gettext_lazy("Reference"), lambda line: line.reference, width=18),
    Column(gettext_lazy("Initiative"), lambda line: line.initiative, width=44),
    Column(gettext_lazy("Reference of the initiative"), lambda line: line.initiative_reference, width=14),
    Column(gettext_lazy("Funder"), lambda line: line.funder, width=34),
    Column(gettext_lazy("Kind"), lambda line: line.kind, width=20),
    Column(gettext_lazy("State"), lambda line: line.state_label, width=16),
    Column(gettext_lazy("Decided on"), lambda line: line.decided_on, width=12),
    Column(gettext_lazy("Signed on"), lambda line: line.signed_on, width=12),
]


def columns(told: content.Told) -> list[Column]:
    """The columns of the frozen fundings; those of figures bear the names they had."""
    parts = [told.figure(key) for key in content.PARTS if key != "lines"]
    return LINE_COLUMNS + [Column(figure.label, _part(figure.key), width=16, number_format=EUROS) for figure in parts]


def _part(key: str) -> Any:
    def value(line: ToldLine) -> Any:
        return line.figures[key]

    return value
