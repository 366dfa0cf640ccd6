"""The pack for incoming animators as a document: checklist and every part, as they stand when it is made."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from core import canonical, slots
from core.reports.registry import ModelReportKind
from core.space import current_space, printed_space
from governance.models import Handover
from governance.pack.lines import OUTSIDE
from governance.pack.parts import SLOT

PACK = "animator-pack"


class AnimatorPack(ModelReportKind):
    """Its subject is a `Handover` that was accepted; only both sides may ask for it."""

    name = PACK
    label = gettext_lazy("pack for the incoming animators")
    template = "governance/print/pack.html"
    stylesheet = "print/governance.css"
    subject_kind = "handover"
    model = Handover

    def rows(self) -> QuerySet:
        return Handover.objects.with_names().filter(accepted_at__isnull=False)

    def right_to_request(self, subject: Handover) -> tuple[str, Handover]:
        return "governance.use_pack", subject

    def title(self, subject: Handover) -> str:
        return _("Pack for the animators of %(receiver)s") % {"receiver": subject.receiver.name}

    def parts(self, subject: Handover) -> dict[str, Any]:
        return {"pack": canonical.sha256(_contents(subject)), "space": printed_space()}

    def context(self, subject: Handover) -> dict[str, Any]:
        return {"space": current_space(), "handover": subject, **_contents(subject)}

    def created(self, subject: Handover) -> dt.datetime:
        return subject.accepted_at


def _contents(handover: Handover) -> dict[str, Any]:
    parts = [filling.fetch(handover, None) for filling in slots.fillings(SLOT)]
    parts = [
        {
            "key": part["key"],
            "title": str(part["title"]),
            "hint": str(part["hint"]),
            "columns": [str(column) for column in part["columns"]],
            "rows": [[str(value) for value in row] for row in part["rows"]],
        }
        for part in parts
        if part is not None
    ]
    lines = {line.key: line for line in handover.pack.all()}
    keys = [(part["key"], part["title"]) for part in parts] + [(item.key, str(item.title)) for item in OUTSIDE]
    return {"parts": parts, "checklist": [_line(title, lines.get(key)) for key, title in keys]}


def _line(title: str, line: Any) -> dict[str, str]:
    return {
        "title": title,
        "note": line.note if line else "",
        "given": _day(line.given_at) if line else "",
        "received": _day(line.received_at) if line else "",
    }


def _day(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%d/%m/%Y") if moment else ""
