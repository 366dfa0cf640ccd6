"""Every pair of writes on one funding and its initiative at once, on a real PostgreSQL.

None deadlocks, no text is lost without its writer being told, no row is doubled, and the trace reads as one chain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone

from core.accounts.models import User
from core.partial_dates import day
from core.transitions import ChangedMeanwhile, MoveRefused
from funding.enums import LineState, PaymentKind, Stage
from funding.follow_up import services as follow_up_services
from funding.grants import parts, services as grants_services
from funding.grants.transitions import LineMove
from funding.initiatives import services, transitions
from funding.models import (
    Amendment,
    FinancialReport,
    FundingLine,
    FundingLineFact,
    Indicator,
    Initiative,
    Instalment,
    Payment,
    Update,
    UpdatePlan,
)
from members.models import Organisation
from tests import factories
from tests.funding import rows
from tests.support.races import together

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
REFUSED = (MoveRefused, ChangedMeanwhile, ValidationError)
Act = Callable[[FundingLine, User], Any]


def fresh(line: FundingLine) -> FundingLine:
    """As each request reads it."""
    return FundingLine.objects.select_related("initiative").get(pk=line.pk)


def purpose(text: str) -> Act:
    def act(line: FundingLine, by: User) -> Any:
        found = FundingLine.objects.get(pk=line.pk)
        found.purpose = text
        return grants_services.save_line(line=found, by=by, now=NOW, read_version=1)

    return act


def move(which: LineMove, **values: Any) -> Act:
    return lambda line, by: grants_services.move(line=fresh(line), move=which, by=by, now=NOW, **values)


def summary(text: str) -> Act:
    def act(line: FundingLine, by: User) -> Any:
        found = Initiative.objects.get(pk=line.initiative_id)
        found.summary = text
        return services.save_initiative(initiative=found, by=by, now=NOW, read_version=1)

    return act


def plan_of(line: FundingLine) -> UpdatePlan:
    return UpdatePlan.objects.select_related("initiative").get(initiative=line.initiative_id)


def set_plan(line: FundingLine, by: User) -> Any:
    plan = plan_of(line)
    plan.every_months = 3
    return follow_up_services.set_plan(plan=plan, by=by, now=NOW)


def update_of(line: FundingLine) -> Update:
    return Update.objects.select_related("initiative").get(initiative=line.initiative_id, due_on=dt.date(2025, 6, 30))


def write_update(line: FundingLine, by: User) -> Any:
    indicator = Indicator.objects.get(initiative=line.initiative_id)
    news = follow_up_services.News("Tout avance.", "", "funders", {indicator.pk: Decimal(3)})
    return follow_up_services.write(update=update_of(line), news=news, by=by, now=NOW, submit=True)


def payment_of(line: FundingLine) -> Payment:
    return Payment.objects.select_related("line").get(line=line, reference="V-0")


def correct_payment(line: FundingLine, by: User) -> Any:
    payment = payment_of(line)
    payment.amount = Decimal(2000)
    return parts.pay(line=fresh(line), payment=payment, by=by, now=NOW)


ACTS: dict[str, Act] = {
    "edit": purpose("Un premier objet"),
    "edit otherwise": purpose("Un second objet"),
    "settle": move(LineMove.SETTLE, closed_on=dt.date(2025, 1, 31)),
    "take the contract back": move(LineMove.UNSIGN, correction="Erreur"),
    "amend": lambda line, by: parts.amend(
        line=fresh(line), amendment=Amendment(signed_on=dt.date(2024, 8, 1), change=Decimal(500)), by=by, now=NOW
    ),
    "plan": lambda line, by: parts.plan(
        line=fresh(line), instalment=Instalment(due_on=dt.date(2024, 9, 1), amount=Decimal(6000)), by=by, now=NOW
    ),
    "call": lambda line, by: parts.call(
        instalment=Instalment.objects.select_related("line").get(line=line, amount=1000),
        called_on=dt.date(2024, 7, 1), reference="A", by=by, now=NOW,
    ),
    "pay": lambda line, by: parts.pay(
        line=fresh(line), payment=Payment(paid_on=dt.date(2024, 9, 1), amount=Decimal(6000), reference="V-1"),
        by=by, now=NOW,
    ),
    "correct a payment": correct_payment,
    "take a payment away": lambda line, by: parts.withdraw(part=payment_of(line), by=by, now=NOW),
    "expect a report": lambda line, by: parts.expect_report(
        line=fresh(line), report=FinancialReport(due_on=dt.date(2025, 3, 1)), by=by, now=NOW
    ),
    "edit the initiative": summary("Une première phrase"),
    "edit the initiative otherwise": summary("Une seconde phrase"),
    "stage": lambda line, by: transitions.move(
        initiative=line.initiative, target=Stage.COMPLETED, changed_on=day(dt.date(2025, 1, 1)), by=by, now=NOW
    ),
    "rhythm": set_plan,
    "ask": lambda line, by: follow_up_services.ask(plan=plan_of(line), now=NOW),
    "write news": write_update,
    "skip news": lambda line, by: follow_up_services.skip(update=update_of(line), reason="Rien de neuf", by=by, now=NOW),
}  # fmt: skip


def ground(funder: Organisation) -> FundingLine:
    line = rows.line(of=rows.initiative(prepared_by=funder), by=funder)
    Payment.objects.create(line=line, paid_on=dt.date(2024, 8, 1), amount=Decimal(1500), reference="V-0")
    UpdatePlan.objects.create(initiative=line.initiative, every_months=6, next_on=timezone.localdate())
    Update.objects.create(initiative=line.initiative, due_on=dt.date(2025, 6, 30), changed_at=NOW)
    Indicator.objects.create(initiative=line.initiative, name="Personnes accueillies")
    return line


def at_once(name: str, line: FundingLine, officer: User) -> Any:
    """With a person read anew, as each request does."""
    return ACTS[name](line, User.objects.get(pk=officer.pk))


def is_whole(line: FundingLine) -> None:
    """What stands fits together, whichever of the two came first."""
    line = FundingLine.objects.get(pk=line.pk)
    paid = line.payments.filter(kind=PaymentKind.PAYMENT).aggregate(total=Sum("amount"))["total"] or 0
    assert (line.amount_paid, line.amount_paid <= line.total) == (paid, True)
    assert line.amount_amended == (line.amendments.aggregate(total=Sum("change"))["total"] or 0)
    assert (line.instalments.aggregate(total=Sum("amount"))["total"] or 0) <= line.total
    numbers = list(line.instalments.values_list("number", flat=True))
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    chain = list(line.changes.order_by("pk").values_list("source", "target"))
    assert all(before[1] == after[0] for before, after in pairwise(chain))
    assert line.state == (chain[-1][1] if chain else LineState.CONTRACTED)
    kept = FundingLineFact.objects.filter(line=line).values_list("state", "amount_paid", "stage").get()
    assert kept == (line.state, line.amount_paid, line.initiative.stage)


@pytest.mark.parametrize("first", ACTS)
def test_every_pair_of_writes_at_once(first):
    names = list(ACTS)
    funder = rows.funder(member=True, siret="")
    officer = factories.PositionFactory(organisation=funder).user
    for second in names[names.index(first) :]:
        line = ground(funder)
        results = together(*(partial(at_once, name, line, officer) for name in (first, second)), refusals=REFUSED)
        refused = [result for result in results if isinstance(result, REFUSED)]
        assert len(refused) < 2, (first, second, results)
        if {first, second} in ({"edit", "edit otherwise"}, {"edit the initiative", "edit the initiative otherwise"}):
            assert [type(result) for result in refused] == [ChangedMeanwhile], (first, second)
        is_whole(line)


def test_a_payment_sent_twice_at_once_stands_once():
    funder = rows.funder(member=True, siret="")
    officer = factories.PositionFactory(organisation=funder).user
    line = ground(funder)
    results = together(*[partial(at_once, "pay", line, officer)] * 3, refusals=REFUSED)
    assert sum(isinstance(result, ValidationError) for result in results) == 2
    assert line.payments.filter(reference="V-1").count() == 1
    is_whole(line)
