"""What people are told of fundings and initiatives: the kinds of notification, and to whom each goes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.notifications import kinds, services
from core.partial_dates.text import full_day
from funding.models import FinancialReport, Initiative, Instalment, LineChange, Update
from members.people import acting_people


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "day": full_day(dt.date.fromisoformat(values["day"]))}


def _update(values: Mapping[str, Any]) -> str:
    return reverse("funding:update", args=[values["slug"], values["update"]])


def _line(values: Mapping[str, Any]) -> str:
    return reverse("funding:line", args=[values["line"]])


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for name, label, text, address in (
        (
            "update_expected",
            _("Update expected"),
            _("An update of “%(title)s” is expected on %(day)s."),
            _update,
        ),
        (
            "update_received",
            _("Update received"),
            _("The update of “%(title)s” expected on %(day)s has come."),
            _update,
        ),
        (
            "update_late",
            _("Update late"),
            _("The update of “%(title)s” expected on %(day)s has not come."),
            _update,
        ),
        (
            "instalment_due",
            _("Instalment to pay"),
            _("An instalment of “%(title)s” is to be paid on %(day)s."),
            _line,
        ),
        (
            "report_late",
            _("Financial report late"),
            _("The financial report of “%(title)s” expected on %(day)s has not come."),
            _line,
        ),
    ):
        kinds.register(kinds.Kind(f"funding.{name}", label=label, text=text, address=address, prepare=_in_words))
    kinds.register(
        kinds.Kind(
            "funding.line_corrected",
            label=_("Funding set back"),
            text=_("The funding %(reference)s of “%(title)s” was set back: %(reason)s"),
            address=_line,
        )
    )
    kinds.register(
        kinds.Kind(
            "funding.update_given_back",
            label=_("Update given back"),
            text=_("Your update of “%(title)s” is given back to you: %(reason)s"),
            address=_update,
            prepare=_in_words,
        )
    )


def of_update(update: Update) -> dict[str, Any]:
    """Values of the kinds about an update."""
    initiative: Initiative = update.initiative
    return {
        "slug": initiative.slug,
        "title": initiative.title,
        "update": str(update.public_id),
        "day": update.due_on.isoformat(),
    }


def notify_keepers(name: str, update: Update, *, now: dt.datetime, besides: User | None = None) -> None:
    """Tells the people of the funder who keeps the initiative."""
    keepers = acting_people([update.initiative.prepared_by_id], now)
    people = [user for user in keepers if besides is None or user.pk != besides.pk]
    notify(name, people, of_update(update), about=("update", update.public_id), now=now)


def notify_funder(name: str, row: Instalment | FinancialReport, *, now: dt.datetime) -> None:
    """Tells the people of the funder of a line about one of its instalments or reports."""
    line = row.line
    values = {
        "line": str(line.public_id),
        "title": line.initiative.title,
        "day": row.due_on.isoformat(),
    }
    notify(name, acting_people([line.funder_id], now), values, about=("funding_line", line.public_id), now=now)


def notify_colleagues(change: LineChange, *, now: dt.datetime) -> None:
    """Tells the other people of the funder that a funding was set back, and why."""
    line = change.line
    people = [user for user in acting_people([line.funder_id], now) if user.pk != change.by_id]
    values = {
        "line": str(line.public_id),
        "reference": line.reference,
        "title": line.initiative.title,
        "reason": change.reason,
    }
    notify("line_corrected", people, values, about=("funding_line", line.public_id), now=now)


def notify(
    name: str, users: Iterable[User], values: Mapping[str, Any], *, about: tuple[str, uuid.UUID], now: dt.datetime
) -> None:
    services.notify(kind=f"funding.{name}", users=users, values=values, now=now, about=about)
