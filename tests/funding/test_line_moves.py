"""Every state of a funding × every move × every role, through the page: no dead end, no way round, each undoing told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from core.notifications.models import Notification
from funding.enums import LineState, PaymentKind
from funding.grants.transitions import TABLE, LineMove
from funding.models import FundingLine, Instalment, LineChange, Payment
from tests import factories
from tests.funding import rows

pytestmark = pytest.mark.django_db

D, R, N, A, C, S, X = (
    LineState.DRAFT,
    LineState.REQUESTED,
    LineState.REFUSED,
    LineState.AGREED,
    LineState.CONTRACTED,
    LineState.SETTLED,
    LineState.CANCELLED,
)
_NONE = {"amount_agreed": None, "decided_on": None, "signed_on": None}
_ASKED = {"amount_requested": Decimal(9000), "requested_on": dt.date(2024, 1, 8)}
# The plainest funding of each state; a settled and a cancelled one stand once with and once without a contract.
STATES = {
    "draft": {"state": D, **_NONE},
    "requested": {"state": R, **_NONE, **_ASKED},
    "refused": {"state": N, **_NONE, **_ASKED, "decided_on": dt.date(2024, 2, 8), "reason": "Hors champ"},
    "agreed": {"state": A, "signed_on": None, **_ASKED},
    "contracted": {"state": C},
    "settled": {"state": S, "closed_on": dt.date(2025, 1, 31)},
    "settled, no contract": {"state": S, "signed_on": None, "closed_on": dt.date(2025, 1, 31)},
    "cancelled": {"state": X, "closed_on": dt.date(2025, 1, 31), "reason": "Renoncement"},
    "cancelled request": {"state": X, **_NONE, **_ASKED, "closed_on": dt.date(2024, 3, 1), "reason": "Retirée"},
}
# state → move → where it leads; a move that is not here is refused, and changes nothing.
LEADS: dict[str, dict[LineMove, LineState]] = {
    "draft": {LineMove.REQUEST: R, LineMove.AGREE: A},
    "requested": {LineMove.AGREE: A, LineMove.REFUSE: N, LineMove.CANCEL: X, LineMove.UNREQUEST: D},
    "refused": {LineMove.AGREE: A, LineMove.UNDECIDE: R},
    "agreed": {LineMove.CONTRACT: C, LineMove.SETTLE: S, LineMove.CANCEL: X, LineMove.UNDECIDE: R},
    "contracted": {LineMove.SETTLE: S, LineMove.CANCEL: X, LineMove.UNSIGN: A},
    "settled": {LineMove.REOPEN: C},
    "settled, no contract": {LineMove.REOPEN: A},
    "cancelled": {LineMove.REOPEN: C},
    "cancelled request": {LineMove.REOPEN: R},
}
SENT = {
    LineMove.REQUEST: {"amount_requested": "9000", "requested_on": "2024-01-08"},
    LineMove.AGREE: {"amount_agreed": "8000", "decided_on": "2024-05-02"},
    LineMove.REFUSE: {"decided_on": "2024-05-02", "reason": "Hors champ"},
    LineMove.CONTRACT: {"signed_on": "2024-06-03", "contract_number": "C-1"},
    LineMove.SETTLE: {"closed_on": "2025-01-31"},
    LineMove.CANCEL: {"closed_on": "2025-01-31", "reason": "Renoncement"},
}
CORRECTIONS = [move for move, transition in TABLE.items() if transition.is_correction]


def sent(move: LineMove, **more: str) -> dict[str, str]:
    values = SENT.get(move, {"correction": "Erreur de saisie"}) | more
    return {f"{move.value}-{name}": value for name, value in values.items()}


def address(line: FundingLine, move: LineMove) -> str:
    return reverse("funding:line-move", args=[line.public_id, move.value])


def make(state: str, funder) -> FundingLine:
    return rows.line(of=rows.initiative(prepared_by=funder), by=funder, due=(), **STATES[state])


@pytest.mark.parametrize("state", STATES)
def test_every_move_from_every_state(state, funder, officer, signed_in):
    client = signed_in(officer)
    for move in LineMove:
        line = make(state, funder)
        answer = client.post(address(line, move), sent(move))
        before, line = line.state, FundingLine.objects.get(pk=line.pk)
        if move in LEADS[state]:
            assert (move, answer.status_code, line.state) == (move, 302, LEADS[state][move])
            change = line.changes.get()
            assert (change.source, change.target, change.by) == (before, line.state, officer)
            assert bool(change.reason) == (move in CORRECTIONS or move in (LineMove.REFUSE, LineMove.CANCEL))
            page = client.get(reverse("funding:line", args=[line.public_id]))
            assert list(page.context["line"].changes.all()) == [change]
        else:
            assert (move, answer.status_code, line.state) == (move, 422, before)
            assert answer.context["refused"]
            assert not line.changes.exists()


def test_no_state_is_a_dead_end():
    assert set(STATES) == set(LEADS)
    assert {values["state"] for values in STATES.values()} == set(LineState)
    assert all(LEADS.values())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ["visitor", "member", "another funder", "observer", "animator", "administrator"])
def test_nobody_else_moves_a_funding(state, who, funder, people, signed_in, client):
    line = make(state, funder)
    if who == "another funder":
        client = signed_in(factories.PositionFactory(organisation=rows.funder(member=True)).user)
    elif who == "observer":
        client = signed_in(factories.PositionFactory(organisation=funder, observer=True).user)
    elif who != "visitor":
        client = signed_in(people.role(who))
    for move in LineMove:
        answer = client.post(address(line, move), sent(move))
        assert answer.status_code in ((302,) if who == "visitor" else (403, 404))
    assert FundingLine.objects.get(pk=line.pk).state == STATES[state]["state"]
    assert not LineChange.objects.exists()


@pytest.mark.parametrize("state", STATES)
def test_a_correction_says_why_and_colleagues_hear_of_it(state, funder, officer, signed_in):
    client = signed_in(officer)
    colleague = factories.PositionFactory(organisation=funder).user
    for move in [move for move in LEADS[state] if move in CORRECTIONS]:
        line = make(state, funder)
        answer = client.post(address(line, move), sent(move, correction="  "))
        assert answer.status_code == 422
        assert dict(answer.context["moves"][_place(answer, move)][1].errors).keys() == {"correction"}
        assert client.post(address(line, move), sent(move)).status_code == 302
        told = Notification.objects.get(kind="funding.line_corrected")
        assert (told.recipient, told.values["reason"]) == (colleague, "Erreur de saisie")
        told.delete()


def _place(answer, move: LineMove) -> int:
    return [shown for shown, _form, _obstacles in answer.context["moves"]].index(move)


def test_what_is_taken_back_leaves_nothing_hanging(funder, officer, signed_in):
    client = signed_in(officer)
    signed = make("contracted", funder)
    signed.amendments.create(number=1, signed_on=dt.date(2024, 7, 1), change=Decimal(100))
    agreed = make("agreed", funder)
    Instalment.objects.create(line=agreed, number=1, due_on=dt.date(2024, 7, 1), amount=Decimal(100))
    paid = make("agreed", funder)
    Payment.objects.create(line=paid, paid_on=dt.date(2024, 7, 1), amount=Decimal(100))
    for line, move in ((signed, LineMove.UNSIGN), (agreed, LineMove.UNDECIDE), (paid, LineMove.UNDECIDE)):
        answer = client.post(address(line, move), sent(move))
        assert (answer.status_code, len(answer.context["refused"])) == (422, 1)


def test_a_grant_paid_without_a_contract_is_settled_and_is_not_under_contract(funder, officer, signed_in):
    client = signed_in(officer)
    line = make("agreed", funder)
    Payment.objects.create(line=line, paid_on=dt.date(2024, 7, 1), amount=line.amount_agreed)
    assert client.post(address(line, LineMove.SETTLE), sent(LineMove.SETTLE)).status_code == 302
    rows.line(of=line.initiative, by=funder, due=(), amount_agreed=Decimal(700))
    kpis = {kpi.key: kpi for kpi in client.get(reverse("funding:dashboard")).context["board"].kpis}
    assert {key: kpi.value.replace("\xa0", " ").replace("\u202f", " ") for key, kpi in kpis.items()} | {
        "contracted": "700 €",
        "agreed": "10 700 €",
    } == {key: kpi.value.replace("\xa0", " ").replace("\u202f", " ") for key, kpi in kpis.items()}
    assert client.get(kpis["contracted"].url).context["totals"]["agreed"] == 700


def test_a_draft_entered_by_mistake_is_taken_away(funder, officer, signed_in):
    client = signed_in(officer)
    line = make("draft", funder)
    assert client.post(reverse("funding:line-remove", args=[line.public_id])).status_code == 302
    assert not FundingLine.objects.filter(pk=line.pk).exists()
    back = make("requested", funder)
    client.post(address(back, LineMove.UNREQUEST), sent(LineMove.UNREQUEST))
    assert client.post(reverse("funding:line-remove", args=[back.public_id])).status_code == 422
    assert FundingLine.objects.get(pk=back.pk).state == D


# --- days in their order, told at the field -----------------------------------------------------------------------------


def parts(line: FundingLine) -> dict[str, str]:
    return {name: reverse(f"funding:line-{name}", args=[line.public_id]) for name in ("amend", "plan", "pay", "report")}


@pytest.mark.parametrize(
    ("part", "data", "field"),
    [
        ("amend", {"avenant-signed_on": "2024-06-02", "avenant-change": "1"}, "signed_on"),
        (
            "amend",
            {"avenant-signed_on": "2024-08-01", "avenant-change": "0", "avenant-expires_on": "2024-07-31"},
            "expires_on",
        ),
        ("amend", {"avenant-signed_on": "2999-08-01", "avenant-change": "1"}, "signed_on"),
        ("plan", {"echeance-due_on": "2024-05-01", "echeance-amount": "1"}, "due_on"),
        ("pay", {"versement-kind": "payment", "versement-paid_on": "2024-05-01", "versement-amount": "1"}, "paid_on"),
        ("pay", {"versement-kind": "return", "versement-paid_on": "2024-06-30", "versement-amount": "1"}, "paid_on"),
        ("report", {"bilan-due_on": "2024-05-01"}, "due_on"),
    ],
)
def test_a_day_out_of_order_is_told_at_its_field(part, data, field, line, officer, signed_in):
    Payment.objects.create(line=line, paid_on=dt.date(2024, 7, 1), amount=Decimal(100))
    answer = signed_in(officer).post(parts(line)[part], data)
    form = {"amend": "amendment", "plan": "instalment", "pay": "payment", "report": "report"}[part]
    assert answer.status_code == 422
    assert list(answer.context[f"{form}_form"].errors) == [field]


def test_nothing_is_closed_before_its_last_payment_or_amendment(line, officer, signed_in):
    client = signed_in(officer)
    Payment.objects.create(line=line, paid_on=dt.date(2024, 9, 1), amount=Decimal(100))
    Payment.objects.create(line=line, paid_on=dt.date(2025, 9, 1), amount=Decimal(10), kind=PaymentKind.RETURN)
    line.amendments.create(number=1, signed_on=dt.date(2024, 10, 1), change=Decimal(100))
    for day, status in (("2024-08-31", 422), ("2024-09-30", 422), ("2024-10-01", 302)):
        answer = client.post(address(line, LineMove.SETTLE), sent(LineMove.SETTLE, closed_on=day))
        assert (day, answer.status_code) == (day, status)
        if status == 422:
            assert list(answer.context["moves"][_place(answer, LineMove.SETTLE)][1].errors) == ["closed_on"]


def test_a_decision_is_not_set_after_what_rests_on_it(line, officer, signed_in):
    Instalment.objects.create(line=line, number=1, due_on=dt.date(2024, 5, 10), amount=Decimal(100))
    edit = reverse("funding:line-edit", args=[line.public_id])
    client = signed_in(officer)
    form = client.get(edit).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    answer = client.post(edit, data | {"decided_on": "2024-05-20"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["decided_on"])
    answer = client.post(edit, data | {"amount_agreed": "50"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["amount_agreed"])
    assert client.post(edit, data | {"decided_on": "2024-05-10"}).status_code == 302


def test_a_payment_like_another_is_asked_about(line, officer, signed_in):
    client = signed_in(officer)
    data = {"versement-kind": "payment", "versement-paid_on": "2024-07-01", "versement-amount": "1 200,50"}
    assert client.post(parts(line)["pay"], data).status_code == 302
    answer = client.post(parts(line)["pay"], data)
    assert (answer.status_code, list(answer.context["payment_form"].errors)) == (422, ["again"])
    assert 'type="checkbox" name="versement-again"' in answer.text
    assert line.payments.count() == 1
    assert client.post(parts(line)["pay"], data | {"versement-again": "on"}).status_code == 302
    assert client.post(parts(line)["pay"], data | {"versement-reference": "V-2"}).status_code == 302
    line.refresh_from_db()
    assert (line.payments.count(), line.amount_paid) == (3, Decimal("3601.50"))
