"""Whatever is entered: totals by any dimension add up to the whole, and kept sums equal the raw ones."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings, strategies as st

from core.models import Region
from funding.enums import AmountAudience, FundingKind, LineState, PaymentKind, Stage
from funding.figures import compute
from funding.models import Amendment, FundingLine, Initiative, Instalment, Payment, Programme
from funding.profiles.page import profile
from funding.visibility import PUBLIC, Visibility
from tests.funding import rows

pytestmark = pytest.mark.django_db
CODES = ["01", "11", "84", "94"]
numbers = itertools.count(1)

cents = st.integers(1, 10**8).map(lambda value: Decimal(value) / 100)
shares = st.integers(0, 100)
line_shapes = st.fixed_dictionaries(
    {
        "funder": st.integers(0, 2),
        "state": st.sampled_from(list(LineState)),
        "audience": st.sampled_from(list(AmountAudience)),
        "kind": st.sampled_from(list(FundingKind)),
        "amount": cents,
        "amended": st.one_of(st.none(), cents),
        "paid": shares,
        "returned": shares,
        "decided": st.dates(dt.date(2020, 3, 20), dt.date(2026, 6, 30)),
    }
)
initiative_shapes = st.fixed_dictionaries(
    {
        "regions": st.lists(st.sampled_from(CODES), max_size=3, unique=True),
        "national": st.booleans(),
        "sdgs": st.lists(st.integers(1, 17), max_size=3, unique=True),
        "stage": st.sampled_from(list(Stage)),
        "programme": st.booleans(),
        "lines": st.lists(line_shapes, max_size=4),
    }
)
worlds = st.lists(initiative_shapes, min_size=1, max_size=4)
slow = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def part(amount: Decimal, share: int) -> Decimal:
    return (amount * share / 100).quantize(Decimal("0.01"))


@pytest.fixture
def ground():
    """Funders, a programme and regions; each example fills and empties the rest."""
    for code in CODES:
        Region.objects.get_or_create(code=code, defaults={"name": f"Région {code}"})
    funders = [rows.funder(siret="") for _number in range(3)]
    return funders, Programme.objects.create(name="Programme", slug="programme", lead=funders[0])


def enter(ground, world) -> None:
    """Writes the world the way the portal does: payments and amendments row by row, sums by the database."""
    for model in (Payment, Instalment, Amendment, FundingLine, Initiative):
        model.objects.all().delete()
    funders, programme = ground
    for shape in world:
        made = rows.initiative(
            regions=[] if shape["national"] else shape["regions"],
            is_national=shape["national"],
            sdgs=shape["sdgs"],
            stage=shape["stage"],
            programme=programme if shape["programme"] else None,
        )
        for line in shape["lines"]:
            enter_line(made, funders[line["funder"]], line)


def enter_line(made, funder, shape) -> None:
    state, day = shape["state"], shape["decided"]
    granted = state in (LineState.AGREED, LineState.CONTRACTED, LineState.SETTLED, LineState.CANCELLED)
    signed = state in (LineState.CONTRACTED, LineState.SETTLED)
    closed = state in (LineState.SETTLED, LineState.CANCELLED)
    line = rows.line(
        of=made,
        by=funder,
        due=(),
        reference=f"H-{next(numbers)}",
        kind=shape["kind"],
        state=state,
        audience=shape["audience"],
        amount_requested=shape["amount"],
        requested_on=day,
        amount_agreed=shape["amount"] if granted else None,
        decided_on=day if granted or state == LineState.REFUSED else None,
        signed_on=day if signed else None,
        closed_on=day if closed else None,
        reason="Motif" if state in (LineState.REFUSED, LineState.CANCELLED) else "",
    )
    if not signed:
        return
    if shape["amended"]:
        Amendment.objects.create(line=line, number=1, signed_on=day, change=shape["amended"])
    paid = part(shape["amount"], shape["paid"])
    returned = part(paid, shape["returned"])
    for kind, amount in ((PaymentKind.PAYMENT, paid), (PaymentKind.RETURN, returned)):
        if amount:
            Payment.objects.create(line=line, kind=kind, paid_on=day, amount=amount)


def visibilities(ground) -> list[Visibility]:
    return [PUBLIC, Visibility(inside=True), Visibility(frozenset({ground[0][0].pk}), inside=True)]


@slow
@given(world=worlds)
def test_rows_of_every_dimension_add_up_to_the_whole(ground, world):
    enter(ground, world)
    for visibility in visibilities(ground):
        lines = FundingLine.objects.amounts_seen_by(visibility)
        whole = compute.compute(lines, compute.SUMS)
        for dimension in compute.DIMENSIONS:
            found = compute.breakdown(lines, dimension)
            for key in compute.SUMS:
                assert sum(row.figures[key] for row in found) == whole[key], (dimension, key)
        for key in ("requested", "agreed", "contracted", "paid", "returned", "lines"):
            for month in (1, 4, 9):
                assert sum(compute.by_year(lines, key, fiscal_month=month).values()) == whole[key], (key, month)
        assert whole["agreed"] == whole["paid"] + whole["remaining"] + whole["released"]


@slow
@given(world=worlds)
def test_kept_sums_equal_the_raw_ones(ground, world):
    enter(ground, world)
    for line in FundingLine.objects.all():
        raw = {kind: line.payments.filter(kind=kind).aggregate(it=Sum("amount"))["it"] or 0 for kind in PaymentKind}
        changed = line.amendments.aggregate(it=Sum("change"))["it"] or 0
        assert (line.amount_paid, line.amount_returned, line.amount_amended) == (
            raw[PaymentKind.PAYMENT],
            raw[PaymentKind.RETURN],
            changed,
        )


@slow
@given(world=worlds)
def test_initiatives_count_once_in_every_division(ground, world):
    enter(ground, world)
    initiatives = Initiative.objects.seen_by(Visibility(inside=True))
    for column in ("region_group", "main_sdg", "stage", "programme"):
        assert sum(compute.count_by(initiatives, column).values()) == len(world)


@slow
@given(world=worlds)
def test_a_profile_divides_what_it_adds_up(ground, world):
    enter(ground, world)
    for visibility in visibilities(ground):
        found = profile(Initiative.objects.seen_by(visibility), visibility)
        for shares_of in (found.funders, found.programmes, found.places):
            assert sum(share.agreed for share in shares_of) == found.values["agreed"]
        assert sum(share.backed for share in found.places) == sum(share.backed for share in found.programmes)
        assert sum(amount for _year, amount in found.years) == found.values["agreed"]
