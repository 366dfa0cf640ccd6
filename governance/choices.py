"""Choices that offer what fits and take whatever was sent: what does not fit is refused by the service, which says why.

A page that stood open while a session was called off or an organisation left gets the reason, not "invalid choice".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from governance.models import Consultation, Handover
from members.models import Organisation
from sessions_app.enums import SessionState
from sessions_app.models import Session


class _OfferedRows(ModelChoiceIterator):
    """Reads what the field offers when the list is drawn, so that a form may set it at any time before."""

    @property
    def queryset(self) -> QuerySet:
        offered = self.field.offered
        return self.field.queryset if offered is None else offered() if callable(offered) else offered

    @queryset.setter
    def queryset(self, rows: QuerySet) -> None:
        """Django's own list would be all that is taken; ours is what is offered."""


class OfferedChoice(forms.ModelChoiceField):
    """`queryset`: what is taken, any row unless given; `offered`: what is listed, all that is taken unless given."""

    iterator = _OfferedRows
    model: type[Model]

    def __init__(self, *, offered: QuerySet | Callable[[], QuerySet] | None = None, **kwargs: Any) -> None:
        self.offered = offered
        empty = _("Choose") if kwargs.get("required", True) else pgettext_lazy("choice", "None")
        super().__init__(**{"queryset": self.model.objects.all(), "empty_label": empty, **kwargs})


class OrganisationChoice(OfferedChoice):
    model = Organisation

    def label_from_instance(self, organisation: Organisation) -> str:
        return organisation.name


class SessionChoice(OfferedChoice):
    model = Session

    def label_from_instance(self, session: Session) -> str:
        return f"{session.number} – {session.title} ({session.get_date_display()})"


class ConsultationChoice(OfferedChoice):
    model = Consultation


def held_sessions() -> QuerySet[Session]:
    return Session.objects.filter(state__in=(SessionState.HELD, SessionState.CLOSED)).order_by("-number")


def sessions_since(handover: Handover) -> QuerySet[Session]:
    """The held sessions that do not lie wholly before a step of `handover`: its members may have validated it there."""
    rows = held_sessions()
    for step in (handover.outgoing.started_on, handover.proposed_on, handover.accepted_on):
        if step is not None:
            rows = rows.exclude(date__fully_lt=step)
    return rows
