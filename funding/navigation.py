"""What this app adds to every page's navigation and to what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from core import waiting
from core.db.periods import today
from core.web import navigation
from funding.backends import acting_funders
from funding.models import FinancialReport, Instalment, Update


def to_pay_or_chase(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For who acts for a funder: calls for money that fell due, and reports that are late."""
    funders = acting_funders(user)
    if not funders:
        return
    day = today(now)
    calls = Instalment.objects.filter(line__funder__in=funders, called_on__isnull=False).to_pay(until=day)
    due, first = _number_and_first(calls)
    if first:
        yield waiting.Task(
            title=ngettext("%(number)s call for funds to pay", "%(number)s calls for funds to pay", due)
            % {"number": due},
            note=_("Called and due, not paid in full."),
            url=reverse("funding:to-pay") + f"?avant={day.isoformat()}",
            action=_("See"),
            icon="hand-coins",
            due=waiting.end_of(first),
        )
    late, first = _number_and_first(FinancialReport.objects.filter(line__funder__in=funders).late(today=day))
    if first:
        yield waiting.Task(
            title=ngettext("%(number)s financial report to receive", "%(number)s financial reports to receive", late)
            % {"number": late},
            note=_("Expected before today and not received."),
            url=reverse("funding:late-reports"),
            action=_("See"),
            icon="hourglass-medium",
            due=waiting.end_of(first),
        )


def updates_to_chase(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For who acts for a funder: updates of the initiatives it keeps that are late."""
    funders = acting_funders(user)
    if not funders:
        return
    late, first = _number_and_first(Update.objects.kept_by(funders).awaited().filter(due_on__lt=today(now)))
    if first:
        yield waiting.Task(
            title=ngettext("%(number)s update to receive", "%(number)s updates to receive", late) % {"number": late},
            note=_("Asked of the bearers of your initiatives and not received."),
            url=reverse("funding:updates-expected"),
            action=_("See"),
            icon="hourglass-medium",
            due=waiting.end_of(first),
        )


def _number_and_first(rows: QuerySet) -> tuple[int, dt.date | None]:
    """How many rows there are, and the earliest day on which one of them fell due, in one query."""
    found = rows.order_by().aggregate(number=Count("pk", distinct=True), first=Min("due_on"))
    return found["number"], found["first"]


def register() -> None:
    navigation.register(_("Initiatives"), "funding:initiatives", permission="funding.view_initiative", order=40)
    navigation.register(_("Fundings"), "funding:dashboard", permission="funding.view_initiative", order=45)
    waiting.register(to_pay_or_chase)
    waiting.register(updates_to_chase)
