"""What was entered wrong is set right by whoever may write, and nothing can be set right into nonsense."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.transitions import MoveRefused
from funding.enums import LineState, PaymentKind, Stage
from funding.grants import parts, services
from funding.grants.transitions import LineMove
from funding.models import Amendment, FundingLine, Instalment, Payment
from tests import factories
from tests.funding import rows

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def address(part, kind):
    return reverse("funding:line-part", args=[part.line.public_id, kind, part.public_id])


def paid(line, amount, **options):
    return Payment.objects.create(line=line, paid_on=dt.date(2024, 7, 1), amount=Decimal(amount), **options)


def test_a_payment_is_set_right_and_the_sums_follow(line, officer, signed_in):
    payment = paid(line, 6000)
    client = signed_in(officer)
    data = {"kind": "payment", "paid_on": "2024-07-02", "amount": "7 500,50 €", "reference": "V-1"}
    assert client.post(address(payment, "versements"), data).status_code == 302
    line.refresh_from_db()
    assert line.amount_paid == Decimal("7500.50")
    too_much = client.post(address(payment, "versements"), data | {"amount": "10 000,01"})
    assert too_much.status_code == 422
    assert "amount" in too_much.context["form"].errors
    assert "10 000,01" in too_much.content.decode()


def test_a_payment_is_taken_away_unless_money_came_back_of_it(line, officer, signed_in):
    payment = paid(line, 6000)
    back = paid(line, 6000, kind=PaymentKind.RETURN)
    client = signed_in(officer)
    refused = client.post(address(payment, "versements"), {"remove": "1"})
    assert refused.status_code == 422
    assert refused.context["refused"]
    for part in (back, payment):
        assert client.post(address(part, "versements"), {"remove": "1"}).status_code == 302
    line.refresh_from_db()
    assert (line.amount_paid, line.amount_returned) == (0, 0)


def test_an_instalment_that_was_paid_is_not_taken_away(line, officer):
    instalment = Instalment.objects.create(line=line, number=1, due_on=dt.date(2024, 7, 1), amount=Decimal(4000))
    payment = paid(line, 4000, instalment=instalment)
    with pytest.raises(ValidationError):
        parts.withdraw(part=instalment, by=officer, now=NOW)
    parts.withdraw(part=payment, by=officer, now=NOW)
    parts.withdraw(part=instalment, by=officer, now=NOW)
    assert not Instalment.objects.exists()


def test_an_amendment_is_changed_by_the_difference_and_carries_what_rests_on_it(line, officer):
    amendment = Amendment(signed_on=dt.date(2024, 8, 1), change=Decimal(2000))
    amendment = parts.amend(line=line, amendment=amendment, by=officer, now=NOW)
    paid(line, 11_000)
    amendment.change = Decimal(1000)
    parts.amend(line=line, amendment=amendment, by=officer, now=NOW)
    line.refresh_from_db()
    assert line.total == 11_000
    amendment.change = Decimal("999.99")
    with pytest.raises(ValidationError) as refused:
        parts.amend(line=line, amendment=amendment, by=officer, now=NOW)
    assert "change" in refused.value.error_dict
    with pytest.raises(ValidationError):
        parts.withdraw(part=amendment, by=officer, now=NOW)


def test_the_contract_runs_until_what_the_last_amendment_says_and_as_before_without_it(line, officer, signed_in):
    FundingLine.objects.filter(pk=line.pk).update(expires_on=dt.date(2025, 12, 31))
    for day in (dt.date(2026, 6, 30), dt.date(2026, 12, 31)):
        amendment = Amendment(signed_on=dt.date(2024, 8, 1), expires_on=day)
        parts.amend(line=line, amendment=amendment, by=officer, now=NOW)
    read = FundingLine.objects.get(pk=line.pk)
    assert (read.runs_until, read.expires_on) == (dt.date(2026, 12, 31), dt.date(2025, 12, 31))
    page = signed_in(officer).get(f"/financements/lignes/{line.public_id}/").text.replace("\xa0", " ")
    assert "signée le 3 juin 2024, jusqu’au 31 décembre 2026" in page
    for until in (dt.date(2026, 6, 30), dt.date(2025, 12, 31)):
        parts.withdraw(part=line.amendments.last(), by=officer, now=NOW)
        assert FundingLine.objects.get(pk=line.pk).runs_until == until


def test_what_a_settled_funding_rests_on_stays(line, officer):
    amendment = parts.amend(
        line=line, amendment=Amendment(signed_on=dt.date(2024, 8, 1), change=Decimal(5)), by=officer, now=NOW
    )
    due = parts.plan(
        line=line, instalment=Instalment(due_on=dt.date(2024, 9, 1), amount=Decimal(10)), by=officer, now=NOW
    )
    services.move(line=line, move=LineMove.SETTLE, by=officer, now=NOW, closed_on=dt.date(2025, 1, 31))
    for part in (amendment, due):
        with pytest.raises(MoveRefused):
            parts.withdraw(part=part, by=officer, now=NOW)
    assert (line.amendments.count(), line.instalments.count()) == (1, 1)


def test_an_instalment_does_not_come_before_the_decision(line, officer):
    early = Instalment(due_on=line.decided_on - dt.timedelta(days=1), amount=Decimal(10))
    with pytest.raises(ValidationError) as refused:
        parts.plan(line=line, instalment=early, by=officer, now=NOW)
    assert "due_on" in refused.value.error_dict


def test_a_funding_is_not_settled_before_its_contract(line, officer, signed_in):
    client = signed_in(officer)
    day = line.signed_on - dt.timedelta(days=1)
    address = reverse("funding:line-move", args=[line.public_id, LineMove.SETTLE.value])
    refused = client.post(address, {"solder-closed_on": day.isoformat()})
    assert refused.status_code == 422
    [form] = [form for move, form, _obstacles in refused.context["moves"] if move == LineMove.SETTLE]
    assert list(form.errors) == ["closed_on"]
    line.refresh_from_db()
    assert line.state == LineState.CONTRACTED


def test_what_the_moves_have_set_can_be_set_right(line, officer, signed_in):
    client = signed_in(officer)
    page = client.get(reverse("funding:line-edit", args=[line.public_id]))
    form = page.context["form"]
    assert {"amount_agreed", "decided_on", "signed_on"} <= set(form.fields)
    assert "closed_on" not in form.fields
    assert "funder" not in form.fields
    standing = {name: "" if value is None else value for name, value in form.initial.items()}
    data = standing | {"amount_agreed": "9 000", "read_version": line.version}
    assert client.post(page.request["PATH_INFO"], data).status_code == 302
    line.refresh_from_db()
    assert line.amount_agreed == 9000
    tomorrow = factories.days(1).isoformat()
    ahead = data | {"read_version": line.version, "decided_on": tomorrow, "signed_on": tomorrow, "expires_on": ""}
    refused = client.post(page.request["PATH_INFO"], ahead)
    assert refused.status_code == 422
    assert "decided_on" in refused.context["form"].errors


def test_a_draft_can_be_set_right_in_what_it_is_alone(funder):
    draft = FundingLine(funder=funder, reference="B-1", state=LineState.DRAFT)
    assert services.facts(draft) == services.FACTS


def test_an_initiative_of_earlier_years_keeps_its_dates(officer, funder, signed_in):
    draft = rows.initiative(prepared_by=funder, draft_of=funder, stage=Stage.SPOTTED)
    client = signed_in(officer)
    address = reverse("funding:share", args=[draft.slug])
    ahead = client.post(address, {"spotted_on": str(factories.days(1).year + 1)})
    assert ahead.status_code == 422
    assert list(ahead.context["form"].errors) == ["spotted_on"]
    assert client.post(address, {"spotted_on": "mars 2023"}).status_code == 302
    [first] = draft.stage_changes.all()
    assert first.changed_on.lower == dt.date(2023, 3, 1)
    early = client.post(
        reverse("funding:stage", args=[draft.slug]), {"target": "reviewed", "changed_on": "2022", "reason": "Essai"}
    )
    assert early.status_code == 422
    assert list(early.context["form"].errors) == ["changed_on"]
    assert "Essai" in early.content.decode()


def test_a_profile_says_that_amounts_are_hidden_and_links_those_it_shows(funder, line, officer, signed_in):
    hidden = rows.line(of=line.initiative, by=rows.funder(member=True), due=(), audience="funder")
    client = signed_in(officer)
    page = client.get(reverse("funding:funder", args=[hidden.funder.slug])).content.decode()
    assert "n’est pas communiqué" in page
    assert "<dd>0" not in page
    own = client.get(reverse("funding:funder", args=[funder.slug])).content.decode()
    behind = f"{reverse('funding:detail')}?financeur={funder.slug}"
    assert f'href="{behind}"' in own
    assert client.get(behind).context["totals"]["agreed"] == 10_000
