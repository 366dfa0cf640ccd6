"""What the services refuse in words, what the database refuses whoever writes, and who sees which amount."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.partial_dates import day, month
from core.transitions import ChangedMeanwhile, MoveRefused
from funding.enums import AmountAudience, LineState, PaymentKind, Stage
from funding.grants import parts, services as grants_services
from funding.grants.transitions import LineMove
from funding.initiatives import services, transitions
from funding.models import Amendment, Commitment, FundingLine, Initiative, Instalment, Payment, Programme
from funding.programmes.progress import progress_of
from funding.visibility import Visibility
from tests import factories
from tests.funding import rows

pytestmark = pytest.mark.django_db

NOW = timezone.now()


# --- the database, whoever writes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("paid_before", [0, 6000], ids=["at once", "in two steps"])
def test_the_database_refuses_more_paid_than_agreed(line, paid_before):
    if paid_before:
        Payment.objects.create(line=line, paid_on=dt.date(2024, 7, 1), amount=Decimal(paid_before))
    too_much = Decimal(10_000) - paid_before + Decimal("0.01")
    with pytest.raises(IntegrityError, match="line_paid_at_most_agreed"):
        Payment.objects.create(line=line, paid_on=dt.date(2024, 7, 1), amount=too_much)


def test_kept_sums_follow_every_change(line):
    payment = Payment.objects.create(line=line, paid_on=dt.date(2024, 7, 1), amount=Decimal(4000))
    Amendment.objects.create(line=line, number=1, signed_on=dt.date(2024, 7, 1), change=Decimal(-1000))
    payment.amount = Decimal(3000)
    payment.save()
    line.refresh_from_db()
    assert (line.amount_paid, line.amount_amended, line.total, line.remaining) == (3000, -1000, 9000, 6000)
    payment.delete()
    line.refresh_from_db()
    assert line.amount_paid == 0


def test_an_instalment_is_not_overpaid(line):
    instalment = Instalment.objects.create(line=line, number=1, due_on=dt.date(2024, 7, 1), amount=Decimal(1000))
    with pytest.raises(IntegrityError, match="instalment_paid_at_most_due"):
        Payment.objects.create(line=line, instalment=instalment, paid_on=dt.date(2024, 7, 1), amount=Decimal(1001))


@pytest.mark.parametrize("codes", [["1"], ["84", "xx"]])
def test_an_unknown_region_code_is_refused_in_words_and_by_the_database(codes):
    with pytest.raises(ValidationError, match="INSEE"):
        rows.initiative(regions=codes)
    made = rows.initiative()
    with pytest.raises(IntegrityError):
        Initiative.objects.filter(pk=made.pk).update(regions=codes)


def test_the_history_of_stages_stays(officer, funder):
    made = rows.initiative(draft_of=funder)
    services.share(initiative=made, by=officer, now=NOW)
    change = made.stage_changes.get()
    with pytest.raises(Exception, match=r"permission denied|immutable"), transaction.atomic():
        made.stage_changes.filter(pk=change.pk).update(reason="autre")


@pytest.mark.parametrize(
    ("problem", "options"),
    [
        ("negative", {"amount_agreed": Decimal(-5)}),
        ("huge", {"amount_agreed": Decimal("1000000000.01")}),
        ("signed before decided", {"signed_on": dt.date(2024, 5, 1)}),
        ("expired before signed", {"expires_on": dt.date(2024, 6, 1)}),
        ("refused without reason", {"state": LineState.REFUSED}),
        ("settled without date", {"state": LineState.SETTLED}),
        ("agreed without amount", {"amount_agreed": None}),
    ],
)
def test_what_a_funding_cannot_be(funder, problem, options):
    with pytest.raises(ValidationError):
        rows.line(of=rows.initiative(), by=funder, **options)


def test_a_reference_stands_once_for_a_funder(line, funder):
    with pytest.raises(ValidationError, match=r"déjà|already"):
        rows.line(of=line.initiative, by=funder, reference=line.reference)


def test_nothing_comes_before_the_programme(funder):
    programme = Programme.objects.create(name="P", slug="p", lead=funder, starts_on=month(2024, 6))
    with pytest.raises(ValidationError):
        rows.initiative(programme=programme, starts_on=month(2024, 5))
    with pytest.raises(ValidationError):
        rows.line(of=rows.initiative(programme=programme), by=funder)


# --- services: the life of a funding -----------------------------------------------------------------------------------


def test_a_funding_lives_from_draft_to_settled(officer, funder):
    made = FundingLine(initiative=rows.initiative(), funder=funder, reference="V-1", state=LineState.DRAFT)
    made = grants_services.save_line(line=made, by=officer, now=NOW)

    def go(move, **values):
        return grants_services.move(line=made, move=move, by=officer, now=NOW, **values)

    go(LineMove.REQUEST, amount_requested=Decimal(9000), requested_on=dt.date(2024, 1, 8))
    go(LineMove.AGREE, amount_agreed=Decimal(8000), decided_on=dt.date(2024, 2, 8))
    go(LineMove.CONTRACT, signed_on=dt.date(2024, 3, 8), contract_number="C-1")
    instalment = Instalment(due_on=dt.date(2024, 4, 1), amount=Decimal(5000))
    instalment = parts.plan(line=made, instalment=instalment, by=officer, now=NOW)
    parts.call(instalment=instalment, called_on=dt.date(2024, 3, 20), reference="A-1", by=officer, now=NOW)
    payment = Payment(instalment=instalment, paid_on=dt.date(2024, 4, 2), amount=Decimal(5000))
    parts.pay(line=made, payment=payment, by=officer, now=NOW)
    back = Payment(kind=PaymentKind.RETURN, paid_on=dt.date(2024, 5, 2), amount=Decimal(200))
    parts.pay(line=made, payment=back, by=officer, now=NOW)
    settled = go(LineMove.SETTLE, closed_on=dt.date(2024, 6, 1))
    settled.refresh_from_db()
    assert (settled.state, settled.amount_paid, settled.amount_returned) == ("settled", 5000, 200)
    with pytest.raises(MoveRefused):
        go(LineMove.CANCEL, closed_on=dt.date(2024, 6, 2), reason="non")


def test_what_was_paid_cannot_be_cancelled(officer, line):
    Payment.objects.create(line=line, paid_on=dt.date(2024, 7, 1), amount=Decimal(100))
    with pytest.raises(ValidationError):
        grants_services.move(
            line=line, move=LineMove.CANCEL, by=officer, now=NOW, closed_on=dt.date(2024, 8, 1), reason="Renoncement"
        )


def test_services_refuse_in_words_what_the_database_would(officer, line):
    too_much = Payment(paid_on=dt.date(2024, 7, 1), amount=Decimal("10000.01"))
    with pytest.raises(ValidationError) as refused:
        parts.pay(line=line, payment=too_much, by=officer, now=NOW)
    assert "amount" in refused.value.error_dict
    tomorrow = Payment(paid_on=factories.days(1), amount=Decimal(1))
    with pytest.raises(ValidationError):
        parts.pay(line=line, payment=tomorrow, by=officer, now=NOW)
    Payment.objects.create(line=line, paid_on=dt.date(2024, 7, 1), amount=Decimal(6000))
    with pytest.raises(ValidationError):
        parts.amend(
            line=line, amendment=Amendment(signed_on=dt.date(2024, 8, 1), change=Decimal(-5000)), by=officer, now=NOW
        )


def test_only_its_own_people_change_a_funding(line):
    stranger = factories.PositionFactory(organisation=rows.funder(member=True)).user
    observer = factories.PositionFactory(organisation=line.funder, observer=True).user
    for person in (stranger, observer):
        with pytest.raises(PermissionRefused):
            parts.pay(line=line, payment=Payment(paid_on=dt.date(2024, 7, 1), amount=1), by=person, now=NOW)


def test_who_read_an_older_version_overwrites_nothing(officer, line):
    grants_services.save_line(line=FundingLine.objects.get(pk=line.pk), by=officer, now=NOW, read_version=1)
    with pytest.raises(ChangedMeanwhile):
        grants_services.save_line(line=FundingLine.objects.get(pk=line.pk), by=officer, now=NOW, read_version=1)
    kept = line.initiative
    services.save_initiative(initiative=kept, by=officer, now=NOW, read_version=1)
    with pytest.raises(ChangedMeanwhile):
        services.save_initiative(initiative=Initiative.objects.get(pk=kept.pk), by=officer, now=NOW, read_version=1)


# --- services: stages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", list(Stage))
@pytest.mark.parametrize("target", list(Stage))
def test_stages_move_by_the_table_alone(officer, funder, source, target):
    made = rows.initiative(prepared_by=funder, stage=source)
    rows.line(of=made, by=funder, due=())

    def go():
        return transitions.move(
            initiative=made, target=target, changed_on=day(dt.date(2024, 5, 5)), by=officer, now=NOW, reason="Motif"
        )

    if source in transitions.TABLE[target].sources:
        assert go().stage == target
        assert made.stage_changes.get().source == source
    else:
        with pytest.raises(MoveRefused):
            go()


@pytest.mark.parametrize(
    ("source", "target", "fundings", "reason"),
    [
        (Stage.RUNNING, Stage.FUNDED, 1, " "),
        (Stage.REVIEWED, Stage.DROPPED, 1, ""),
        (Stage.REVIEWED, Stage.FUNDED, 0, "Motif"),
    ],
    ids=["back without reason", "dropped without reason", "funded without funding"],
)
def test_a_move_that_lacks_something_is_refused(officer, funder, source, target, fundings, reason):
    made = rows.initiative(prepared_by=funder, stage=source)
    for _ in range(fundings):
        rows.line(of=made, by=funder, due=())
    with pytest.raises(MoveRefused):
        transitions.move(initiative=made, target=target, changed_on=month(2024, 5), by=officer, now=NOW, reason=reason)


# --- who sees what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(LineState))
@pytest.mark.parametrize("audience", list(AmountAudience))
@pytest.mark.parametrize("who", ["public", "member", "its funder", "another funder"])
def test_the_row_and_the_query_agree_on_who_sees(state, audience, who):
    given = rows.line(of=rows.initiative(), by=rows.funder(), due=(), audience=audience)
    given.state = state
    extra = {}
    if state in (LineState.DRAFT, LineState.REQUESTED):
        extra = {"amount_agreed": None, "decided_on": None, "signed_on": None}
    if state in (LineState.REFUSED, LineState.CANCELLED):
        extra = {"reason": "Motif"}
    if state in (LineState.SETTLED, LineState.CANCELLED):
        extra["closed_on"] = dt.date(2025, 1, 1)
    FundingLine.objects.filter(pk=given.pk).update(state=state, **extra)
    visibility = {
        "public": Visibility(),
        "member": Visibility(inside=True),
        "its funder": Visibility(frozenset({given.funder_id}), inside=True),
        "another funder": Visibility(frozenset({rows.funder().pk}), inside=True),
    }[who]
    assert FundingLine.objects.amounts_seen_by(visibility).exists() == visibility.sees_amount(given)
    assert FundingLine.objects.seen_by(visibility).exists() == visibility.sees_line(given)
    secret = state in (LineState.DRAFT, LineState.REFUSED) or audience == AmountAudience.FUNDER
    if who != "its funder" and secret:
        assert not visibility.sees_amount(given)


@pytest.mark.parametrize("path", ["/initiatives/", "/initiatives/?vue=tableau&tri=montant", "/initiatives/?format=csv"])
def test_no_list_tells_an_amount_that_is_not_shared(signed_in, path):
    hidden = rows.initiative(title="Secrète")
    rows.line(of=hidden, by=rows.funder(), amount_agreed=Decimal(77_123), audience=AmountAudience.FUNDER)
    reader = factories.PositionFactory(organisation=rows.funder(member=True)).user
    client = signed_in(reader)
    for address in (path, hidden.get_absolute_url()):
        response = client.get(address)
        text = (b"".join(response) if response.streaming else response.content).decode()
        assert "Secrète" in text
        assert "77" + "123" not in text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")


def test_a_list_does_not_ask_more_for_more_rows(signed_in, assert_constant_queries):
    factories.SpaceFactory()
    reader = factories.PositionFactory(organisation=rows.funder(member=True)).user

    def add_row():
        rows.line(of=rows.initiative(regions=["84"], sdgs=[2]), by=rows.funder())

    assert_constant_queries(signed_in(reader), "/initiatives/", add_row)


# --- progress ------------------------------------------------------------------------------------------------------------


def test_progress_counts_the_records_and_never_the_words(funder):
    programme = Programme.objects.create(name="P", slug="p", lead=funder)
    partner = rows.funder()
    wide = Commitment.objects.create(
        programme=programme, position=1, text="12 + 1", unit="territories", target=12, target_overseas=1
    )
    with_partner = Commitment.objects.create(programme=programme, position=2, text="7", unit="territories", target=7)
    with_partner.partners.add(partner)
    Commitment.objects.create(
        programme=programme, position=3, text="Une cinquantaine", unit="lines", approximate="une cinquantaine"
    )
    backed = rows.initiative(programme=programme, regions=["84", "11"])
    rows.initiative(programme=programme, regions=["04"], stage=Stage.FUNDED)
    rows.initiative(programme=programme, regions=["53"], stage=Stage.REVIEWED)
    rows.line(of=backed, by=partner)
    from core.models import Region

    found = progress_of(
        Programme.objects.for_page().get(), Visibility(inside=True), list(Region.objects.in_code_order())
    )
    assert [[(part.reached, part.target) for part in item.parts] for item in found] == [
        [(2, 12), (1, 1)],
        [(2, 7)],
        [(1, None)],
    ]
    assert [region.code for region in found[0].covered] == ["11", "84", "04"]
    wide.target, wide.approximate = 50, "une cinquantaine"
    with pytest.raises(ValidationError):
        wide.full_clean()
