"""Every figure against a data set worked out by hand; that totals add up whatever is entered stands in test_whole."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from funding.enums import AmountAudience, FundingKind, LineState, PaymentKind, Stage
from funding.figures import compute
from funding.models import Amendment, FundingLine, Initiative, Payment
from funding.models.initiative import SEVERAL
from funding.profiles.page import profile
from funding.visibility import PUBLIC, Visibility
from tests.funding import rows

MEMBER = Visibility(inside=True)


def told(visibility=MEMBER):
    return FundingLine.objects.amounts_seen_by(visibility).of(Initiative.objects.seen_by(visibility))


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
    assert compute.compute(told()) == {
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
    found = compute.compute(told(PUBLIC), ("agreed", "lines"))
    assert found == {"agreed": Decimal(30000), "lines": 2}


def test_a_funder_sees_its_own_amounts_and_no_hidden_one_of_others(by_hand):
    own = Visibility(frozenset({by_hand["three"].pk}), inside=True)
    assert compute.compute(told(own), ("agreed", "requested")) == {
        "agreed": Decimal(45000),
        "requested": Decimal(16200),
    }
    seen = FundingLine.objects.seen_by(MEMBER)
    assert compute.undisclosed(seen, MEMBER) == 1


def test_by_year_each_figure_has_its_own_date(by_hand):
    assert compute.by_year(told(), "agreed") == {2022: Decimal(20000), 2024: Decimal(17000)}
    assert compute.by_year(told(), "paid") == {
        2022: Decimal(10000), 2023: Decimal(8000), 2024: Decimal(7000), 2025: Decimal(2000),
    }  # fmt: skip
    assert compute.by_year(told(), "returned") == {2025: Decimal(500)}
    assert compute.by_year(told(), "requested") == {2023: Decimal(12000), None: Decimal(3000)}


def test_a_financial_year_from_september_moves_what_came_before(by_hand):
    assert compute.by_year(told(), "paid", fiscal_month=9) == {
        2021: Decimal(10000), 2023: Decimal(15000), 2024: Decimal(2000),
    }  # fmt: skip
    assert compute.fiscal_label(2023, 9) == "2023-2024"


def test_what_is_of_today_has_no_year(by_hand):
    with pytest.raises(ValueError, match="remaining"):
        compute.by_year(told(), "remaining")


def test_an_initiative_in_two_regions_stands_in_a_row_of_its_own(by_hand):
    found = {row.value: row.figures["agreed"] for row in compute.breakdown(told(), "region")}
    assert found == {"84": Decimal(17000), SEVERAL: Decimal(20000), "": Decimal(0), "FR": Decimal(0)}
    assert compute.count_touching(Initiative.objects.all()) == {"11": 1, "84": 2}


def test_leverage_counts_others_on_the_initiatives_of_the_funder(by_hand):
    assert compute.leverage(told(), by_hand["one"]) == Decimal("0.23")  # 7 000 of others for 30 000
    assert compute.leverage(told(), by_hand["three"]) is None


def test_every_figure_says_what_it_is():
    for figure in compute.DEFINITIONS.values():
        assert all(str(part) for part in (figure.label, figure.definition, figure.basis, figure.source)), figure.key


def values(found):
    return {key: found.values[key] for key in ("lines", "agreed", "mean", "median", "largest")}


def test_a_region_holds_what_acts_there_also_among_others(by_hand):
    both = profile(Initiative.objects.seen_by(MEMBER).acting_in("84"), MEMBER)
    assert (both.number, both.undisclosed) == (2, 0)
    assert values(both) == {
        "lines": 3,
        "agreed": Decimal(37000),
        "mean": Decimal("12333.33"),
        "median": Decimal(10000),
        "largest": Decimal(20000),
    }
    assert both.years == [(2024, Decimal(17000)), (2022, Decimal(20000))]
    one = profile(Initiative.objects.seen_by(MEMBER).acting_in("11"), MEMBER)
    assert (one.number, one.values["agreed"], one.values["paid"]) == (1, Decimal(20000), Decimal(18000))


def test_a_funder_has_its_own_lines_alone(by_hand):
    two = by_hand["two"]
    found = profile(Initiative.objects.seen_by(MEMBER).funded_by(two), MEMBER, funder=two)
    assert (found.number, found.values["agreed"], found.values["remaining"]) == (1, Decimal(7000), Decimal(2000))
    assert [(share.of, share.agreed) for share in found.funders] == [(two, Decimal(7000))]


def test_a_hidden_amount_is_counted_and_not_told(by_hand):
    three = by_hand["three"]
    found = profile(Initiative.objects.seen_by(MEMBER).funded_by(three), MEMBER, funder=three)
    assert (found.number, found.undisclosed) == (1, 1)
    assert values(found) == {"lines": 0, "agreed": Decimal(0), "mean": None, "median": None, "largest": None}
    own = Visibility(frozenset({three.pk}), inside=True)
    assert profile(Initiative.objects.seen_by(own).funded_by(three), own, funder=three).values["agreed"] == 8000


def test_a_bearer_outside_the_directory_is_one_by_its_number_or_its_name(by_hand):
    first = Initiative.objects.get(sdgs=[2, 11])
    rows.initiative(bearer_name=first.bearer_name.upper())
    found = profile(Initiative.objects.seen_by(MEMBER).borne_outside(first.bearer_key), MEMBER)
    assert (found.number, found.values["agreed"]) == (2, Decimal(17000))
    numbered = rows.initiative(bearer_name="Autre nom", bearer_siren="900000027", bearer_siret="")
    assert numbered.bearer_key == "900000027"
