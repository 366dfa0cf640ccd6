"""Tags of the governance pages: steps in words, corrections before and after, kinds of files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _, pgettext

from core.formatting.dates import ordinal_text
from core.models import StoredFile
from core.partial_dates import PartialDate, display, phrases
from governance.consultations.page import BADGES, OUTCOME_BADGES
from governance.enums import ConsultationState, DecisionRule, Outcome, Step
from governance.handovers.views.steps import title_of
from governance.models import Consultation, Handover, HandoverStep

register = template.Library()


@register.filter
def step_verb(step: Step, handover: Handover) -> Any:
    """The words on the button that leads to the step's page."""
    return title_of(step, handover)


@register.filter
def step_taken(row: HandoverStep, handover: Handover) -> str:
    """What was done; the first to ask for an interim opened no draft."""
    if handover.is_interim and row.step == Step.DRAFT:
        return _("Interim asked for")
    return str(row.get_step_display())


@register.filter
def translated(text: str) -> str:
    """A stored sentence of the portal's own (written by `gettext_noop`) in the reader's language; others as they are."""
    return _(text) if text else ""


@register.filter
def extension(stored: StoredFile) -> str:
    """ "PDF", "ODT" …, from the file's name."""
    return stored.original_name.rpartition(".")[2].upper()[:5]


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@register.filter
def changes(row: HandoverStep) -> list[Change]:
    """What a correction changed, in words."""
    found = []
    for name, (before, after) in row.changes.items():
        label = str(Handover._meta.get_field(name).verbose_name)
        found.append(Change(label[:1].upper() + label[1:], _worded(name, before), _worded(name, after)))
    return found


def _worded(name: str, value: str) -> str:
    """A value as `governance.handovers.corrections.plain` kept it, as people read it."""
    if not value:
        return ""
    if name.endswith("_on"):
        first, _slash, end = value.partition("/")
        return display(PartialDate(dt.date.fromisoformat(first), dt.date.fromisoformat(end)))
    if name == "validation_session":
        return pgettext("number of a session", "%(nth)s session") % {"nth": ordinal_text(int(value))}
    return value


@register.filter
def outcome_label(value: str) -> str:
    return str(Outcome(value).label)


@register.filter
def consultation_badge(consultation: Consultation) -> str:
    """The kind of badge of the state a consultation is in."""
    return BADGES[ConsultationState(consultation.state)]


@register.filter
def outcome_badge(value: str) -> str:
    """The kind of badge (templates/components/state.html) of an outcome."""
    return OUTCOME_BADGES[Outcome(value)]


@register.filter
def rule_label(value: str) -> str:
    return str(DecisionRule(value).label)


@register.filter
def since(value: PartialDate | None) -> str:
    """ "Depuis le 20 mars 2020", "Depuis l’été 2020", "Depuis novembre 2024"; "Since 20 March 2020" in English."""
    return capfirst(phrases.since(value)) if value is not None else _("Since a date not known")
