"""All acts of governance on one list: handovers, wherever they led, and consultations that ended; newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.db.periods import today
from core.formatting import names as formatting_names
from core.partial_dates import PartialDate, day, display
from core.reports.cards import newest_files
from core.reports.models import Report
from governance.consultations.page import OUTCOME_BADGES
from governance.documents import ACT
from governance.enums import ConsultationState, HandoverState, Outcome
from governance.handovers.page import BADGES
from governance.models import Consultation, Handover


@dataclass(frozen=True)
class Act:
    """`date` is what is known of the day, None where nobody knows it; `pdf` the newest printed copy."""

    title: str
    url: str
    date: PartialDate | None
    label: str
    badge: str
    pdf: Report | None = None
    handover: Handover | None = None

    @property
    def when(self) -> str:
        return display(self.date) if self.date else _("date not known")


def acts(handovers: Iterable[Handover], consultations: Iterable[Consultation], now: dt.datetime) -> list[Act]:
    """What has ended of both; handovers come with their names. One query, for the printed copies."""
    over = [row for row in handovers if row.state_at(now) in _ENDS]
    printed = newest_files(ACT, [row.public_id for row in over])
    found = [_of_handover(row, now, printed.get(row.public_id)) for row in over]
    found += [_of_consultation(row) for row in consultations if row.state == ConsultationState.CLOSED]
    return sorted(found, key=lambda act: (act.date is not None, act.date and act.date.upper, act.title), reverse=True)


_ENDS = (HandoverState.EFFECTIVE, HandoverState.DECLINED, HandoverState.WITHDRAWN)


def _of_handover(handover: Handover, now: dt.datetime, pdf: Report | None) -> Act:
    names = {"holder": handover.holder.label, "receiver": handover.receiver.label}
    state = handover.state_at(now)
    if handover.is_interim:
        title = _("Interim animation by %(receiver)s") % formatting_names.in_sentence(receiver=handover.receiver.label)
    else:
        title = _("Handover: %(holder)s → %(receiver)s") % names
    ended = day(today(handover.ended_at)) if handover.ended_at else None
    return Act(
        title,
        handover.get_absolute_url(),
        ended or handover.effective_on,
        capfirst(str(state.label)),
        BADGES[state],
        pdf=pdf,
        handover=handover if state == HandoverState.EFFECTIVE else None,
    )


def _of_consultation(consultation: Consultation) -> Act:
    title = _("Consultation: %(title)s") % {"title": consultation.title}
    if consultation.is_fictional:
        title = _("%(title)s (fictional)") % {"title": title}
    return Act(
        title,
        consultation.get_absolute_url(),
        day(today(consultation.closed_at)),
        capfirst(str(consultation.get_outcome_display())),
        OUTCOME_BADGES[Outcome(consultation.outcome)],
    )
