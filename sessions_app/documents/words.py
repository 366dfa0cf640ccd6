"""The sentences of a printed report: plain text in the document's language, set by the template."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from core.formatting.dates import clock
from core.formatting.typography import french
from core.partial_dates import display
from core.partial_dates.text import full_day
from sessions_app.minutes.procedure import in_words, review_in_words


@dataclass(frozen=True)
class Counts:
    """Organisations by how they took part; `total` are those expected or recorded."""

    present: int
    represented: int
    excused: int
    absent: int
    unrecorded: int

    @property
    def total(self) -> int:
        return self.present + self.represented + self.excused + self.absent + self.unrecorded

    @property
    def is_recorded(self) -> bool:
        return self.unrecorded < self.total


def sentences(context: dict[str, Any]) -> dict[str, str]:
    """Everything of the report that is neither typed by people nor a heading."""
    session, version = context["session"], context["version"]
    words = {
        "head": french(context["space"].short_name),
        "foot": foot(session, version),
        "round": _round(context["counts"]),
        "cycle": _("Cycle %(year)s, “%(theme)s”") % context["cycle"],
        "attendance": attendance(context["counts"]),
        "check": _(
            "Take a picture of the code, or type it on the portal’s page “Check a document”: it says whether this"
            " report is authentic and whether it is still the version in force."
        ),
    }
    if context["animation"]:
        # Translators: no preposition before the name, which may bring its own article
        words["animation"] = _("Session animated by: %(name)s") % {"name": context["animation"]}
    if version:
        words["edition"] = _("Session report, version %(number)s. Minutes: %(name)s") % {
            "number": version["number"],
            "name": context["organisation"],
        }
        words["publication"] = publication(version, context["organisation"])
        if review := review_in_words(version):
            words["review"] = review
        if version["reason"]:
            words["reason"] = _("What this version changes: %(reason)s") % {"reason": version["reason"]}
    return words


def not_published(changed_at: dt.datetime) -> str:
    """What a draft says of itself."""
    return _("Text of %(date)s at %(time)s, not published") % day_and_time(changed_at)


def foot(session: dict[str, Any], version: dict[str, Any] | None) -> str:
    """The foot of every page: which session, when, which version."""
    values = {"session": session["number"], "date": display(session["date"])}
    if version is None:
        return french(_("Session %(session)s, %(date)s, draft") % values)
    return french(
        _("Session %(session)s, %(date)s, report in version %(number)s") % {**values, "number": version["number"]}
    )


def attendance(counts: Counts) -> str:
    """ "33 organisations présentes, 7 représentées, 4 excusées, 5 absentes, 2 non renseignées, sur 51." """
    parts = [
        ngettext("%(n)s organisation present", "%(n)s organisations present", counts.present) % {"n": counts.present}
    ]
    others = (
        (counts.represented, ngettext("%(n)s represented", "%(n)s represented", counts.represented)),
        (counts.excused, ngettext("%(n)s excused", "%(n)s excused", counts.excused)),
        (counts.absent, ngettext("%(n)s absent", "%(n)s absent", counts.absent)),
        (counts.unrecorded, ngettext("%(n)s not recorded", "%(n)s not recorded", counts.unrecorded)),
    )
    parts += [text % {"n": number} for number, text in others if number]
    return _("%(list)s, of %(total)s.") % {"list": ", ".join(parts), "total": counts.total}


def publication(version: dict[str, Any], organisation: str) -> str:
    """How and when this version came to be published, by whom."""
    values = {**day_and_time(version["published_at"]), "number": version["number"]}
    values["who"] = ", ".join(filter(None, (version["author"], organisation)))
    published = _("Version %(number)s of the minutes, published on %(date)s at %(time)s. Written by: %(who)s.") % values
    procedure = in_words(version)
    return f"{published} {procedure[:1].upper()}{procedure[1:]}."


def follow_up(row: dict[str, Any]) -> str:
    """Under a decision: "Fonds ODD 17, échéance : 15 janvier 2025, en cours"."""
    parts = [row["responsible"]]
    if row["due"]:
        parts.append(_("due: %(date)s") % {"date": display(row["due"])})
    parts.append(str(row["status"]))
    text = ", ".join(filter(None, parts))
    return text[:1].upper() + text[1:]


def _round(counts: Counts) -> str:
    return french(_("The round of seats: %(attendance)s") % {"attendance": attendance(counts)})


def day_and_time(value: dt.datetime) -> dict[str, str]:
    return {"date": full_day(timezone.localdate(value)), "time": clock(value)}
