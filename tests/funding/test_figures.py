"""Every figure against a data set worked out by hand, and totals that add up whatever the fundings are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.django import TestCase

from funding import figures
from funding.enums import AmountAudience, FundingKind, LineState, PaymentKind, Stage
from funding.models import Amendment, FundingLine, Initiative, Payment
from funding.models.initiative import SEVERAL
from funding.visibility import PUBLIC, Sight
from tests.funding import rows

MEMBER = Sight(inside=True)


def told(sight=MEMBER):
    return FundingLine.objects.amounts_seen_by(sight).of(Initiative.objects.seen_by(sight))


@pytest.fixture
def by_hand(db):
    """Three funders, four initiatives, seven fundings; the expected values below were added up on paper.

    A (84, goal 2): F1 10 000 contracted, paid 4 000; F2 6 000 + amendment 1 000, paid 5 000, 500 of it back.
    B (84 and 11, goal 11): F1 20 000 settled, paid 18 000.
    C (whole country): F2 asked 3 000; F3 8 000 agreed, shown to nobody else.
    D (no region): F1 2 500 cancelled; F3 refused 1 200.
    """
    one, two, three = rows.funder(), rows.funder(), rows.funder()
    a = rows.initiative(regions=["84"], sdgs=[2, 11])
    b = rows.initiative(regions=["84", "11"], sdgs=[11], stage=Stage.COMPLETED)
    c = rows.initiative(is_national=True, stage=Stage.REVIEWED)
    d = rows.initiative(stage=Stage.DROPPED)
    open_ = {"due": (), "signed_on": None}
    a1 = rows.line(of=a, by=one, due=(), amount_requested=Decimal(12000), requested_on=dt.date(2023, 12, 1))
    a2 = rows.line(
        of=a, by=two, due=(), amount_agreed=Decimal(6000), kind=FundingKind.LOAN, audience=AmountAudience.MEMBERS
    )
    b1 = rows.line(
        of=b,
        by=one,
        due=(),
        amount_agreed=Decimal(20000),
        decided_on=dt.date(2022, 3, 1),
        signed_on=dt.date(2022, 4, 1),
        state=LineState.SETTLED,
        closed_on=dt.date(2024, 1, 31),
    )
    rows.line(
        of=c, by=two, state=LineState.REQUESTED, amount_agreed=None, decided_on=None,
        amount_requested=Decimal(3000), **open_,
    )  # fmt: skip
    rows.line(
        of=c, by=three, state=LineState.AGREED, amount_agreed=Decimal(8000), audience=AmountAudience.FUNDER, **open_
    )
    rows.line(
        of=d, by=one, state=LineState.CANCELLED, amount_agreed=Decimal(2500), closed_on=dt.date(2024, 9, 1),
        reason="Renoncement", **open_,
    )  # fmt: skip
    rows.line(
        of=d, by=three, state=LineState.REFUSED, amount_agreed=None, amount_requested=Decimal(1200),
        reason="Hors champ", **open_,
    )  # fmt: skip
    Amendment.objects.create(line=a2, number=1, signed_on=dt.date(2024, 9, 1), change=Decimal(1000))
    for line, day, amount in (
        (a1, dt.date(2024, 7, 1), 4000),
        (a2, dt.date(2024, 8, 1), 3000),
        (a2, dt.date(2025, 1, 10), 2000),
        (b1, dt.date(2022, 5, 1), 10000),
        (b1, dt.date(2023, 11, 30), 8000),
    ):
        Payment.objects.create(line=line, paid_on=day, amount=Decimal(amount))
    Payment.objects.create(line=a2, paid_on=dt.date(2025, 3, 1), amount=Decimal(500), kind=PaymentKind.RETURN)
    return {"one": one, "two": two, "three": three}


def test_every_figure_has_the_value_worked_out_by_hand(by_hand):
    assert figures.compute(told()) == {
        "requested": Decimal(15000),  # 12 000 + 3 000; the refusal is its funder's alone
        "agreed": Decimal(37000),  # 10 000 + 7 000 + 20 000
        "contracted": Decimal(37000),
        "paid": Decimal(27000),  # 4 000 + 5 000 + 18 000
        "returned": Decimal(500),
        "remaining": Decimal(8000),  # 6 000 + 2 000; nothing of the settled one
        "released": Decimal(2000),
        "lines": 3,
        "backed": 2,
        "funders": 2,
        "mean": Decimal("12333.33"),
        "median": Decimal(10000),
        "largest": Decimal(20000),
    }


def test_everybody_sees_only_what_is_public(by_hand):
    found = figures.compute(told(PUBLIC), ("agreed", "lines"))
    assert found == {"agreed": Decimal(30000), "lines": 2}


def test_a_funder_sees_its_own_amounts_and_no_hidden_one_of_others(by_hand):
    own = Sight(frozenset({by_hand["three"].pk}), inside=True)
    assert figures.compute(told(own), ("agreed", "requested")) == {
        "agreed": Decimal(45000),
        "requested": Decimal(16200),
    }
    seen = FundingLine.objects.seen_by(MEMBER)
    assert figures.untold(seen, told()) == 1


def test_by_year_each_figure_has_its_own_date(by_hand):
    assert figures.by_year(told(), "agreed") == {2022: Decimal(20000), 2024: Decimal(17000)}
    assert figures.by_year(told(), "paid") == {
        2022: Decimal(10000), 2023: Decimal(8000), 2024: Decimal(7000), 2025: Decimal(2000),
    }  # fmt: skip
    assert figures.by_year(told(), "returned") == {2025: Decimal(500)}
    assert figures.by_year(told(), "requested") == {2023: Decimal(12000), None: Decimal(3000)}


def test_a_financial_year_from_september_moves_what_came_before(by_hand):
    assert figures.by_year(told(), "paid", fiscal_month=9) == {
        2021: Decimal(10000), 2023: Decimal(15000), 2024: Decimal(2000),
    }  # fmt: skip
    assert figures.fiscal_label(2023, 9) == "2023-2024"


def test_what_is_of_today_has_no_year(by_hand):
    with pytest.raises(ValueError, match="remaining"):
        figures.by_year(told(), "remaining")


def test_an_initiative_in_two_regions_stands_in_a_row_of_its_own(by_hand):
    found = {row.value: row.figures["agreed"] for row in figures.breakdown(told(), "region")}
    assert found == {"84": Decimal(17000), SEVERAL: Decimal(20000), "": Decimal(0), "FR": Decimal(0)}
    assert figures.count_touching(Initiative.objects.all()) == {"11": 1, "84": 2}


def test_leverage_counts_others_on_the_initiatives_of_the_funder(by_hand):
    assert figures.leverage(told(), by_hand["one"]) == Decimal("0.23")  # 7 000 of others for 30 000
    assert figures.leverage(told(), by_hand["three"]) is None


def test_every_figure_says_what_it_is():
    for figure in figures.DEFINITIONS.values():
        assert all(str(part) for part in (figure.label, figure.definition, figure.basis, figure.source)), figure.key


FUNDING = st.fixed_dictionaries(
    {
        "initiative": st.integers(0, 3),
        "funder": st.integers(0, 2),
        "kind": st.sampled_from(FundingKind.values),
        "state": st.sampled_from([LineState.AGREED, LineState.CONTRACTED, LineState.SETTLED, LineState.REQUESTED]),
        "cents": st.integers(1, 5_000_000),
        "paid": st.integers(0, 100),
        "year": st.integers(2020, 2025),
    }
)


class TotalsAddUp(TestCase):
    """Whatever the fundings are, the rows of each dimension and the years add up to the whole."""

    @settings(max_examples=20, deadline=None)
    @given(st.lists(FUNDING, max_size=7))
    def test_by_any_dimension(self, drawn):
        places = ({"regions": ["84"]}, {"regions": ["11", "84"]}, {"is_national": True}, {})
        initiatives = [rows.initiative(sdgs=[goal][:goal], **place) for goal, place in enumerate(places)]
        funders = [rows.funder() for _ in range(3)]
        for one in drawn:
            self.make(one, initiatives, funders)
        lines = told()
        whole = figures.compute(lines)
        assert whole["agreed"] == whole["paid"] + whole["remaining"] + whole["released"]
        for dimension in figures.DIMENSIONS:
            parts = figures.breakdown(lines, dimension)
            for key in figures.SUMS:
                assert sum(row.figures[key] for row in parts) == whole[key], (dimension, key)
        for key in ("requested", "agreed", "contracted", "paid", "returned", "lines"):
            assert sum(figures.by_year(lines, key).values()) == whole[key], key
        self.kept_sums_equal_the_raw_ones(lines)

    def make(self, one, initiatives, funders):
        amount, day = Decimal(one["cents"]) / 100, dt.date(one["year"], 6, 1)
        granted, signed = one["state"] != LineState.REQUESTED, one["state"] in (LineState.CONTRACTED, LineState.SETTLED)
        line = rows.line(
            of=initiatives[one["initiative"]],
            by=funders[one["funder"]],
            due=(),
            kind=one["kind"],
            state=one["state"],
            amount_requested=amount,
            amount_agreed=amount if granted else None,
            decided_on=day if granted else None,
            signed_on=day if signed else None,
            closed_on=day if one["state"] == LineState.SETTLED else None,
        )
        paid = (amount * one["paid"] / 100).quantize(Decimal("0.01"))
        if granted and paid:
            Payment.objects.create(line=line, paid_on=day, amount=min(paid, amount))

    def kept_sums_equal_the_raw_ones(self, lines):
        for line in lines:
            assert line.amount_paid == sum(payment.amount for payment in line.payments.all())
