"""The result of a consultation: a table of cases for the one pure function."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from governance.consultations.result import Given, Result, Rules, compute
from governance.enums import DecisionRule, Outcome, Stance

CONSENT, MAJORITY = DecisionRule.CONSENT, DecisionRule.MAJORITY
LETTERS = {"c": Stance.CONSENT, "r": Stance.RESERVATION, "o": Stance.OBJECTION, "a": Stance.ABSTENTION}


def result(
    ballots: str, *, electorate: int = 10, quorum: int = 50, proxies: bool = True, rule: DecisionRule = CONSENT
) -> Result:
    """`ballots`: one letter an organisation, a capital where it spoke by proxy."""
    members = [f"org{number}" for number in range(electorate)]
    heard = [
        Given(member, LETTERS[letter.lower()], by_proxy=letter.isupper())
        for member, letter in zip(members, ballots, strict=False)
    ]
    return compute(electorate=members, ballots=heard, rules=Rules(quorum, proxies, rule))


@pytest.mark.parametrize(
    ("ballots", "options", "outcome"),
    [
        # the rule of consent
        ("ccccc", {}, Outcome.ADOPTED),
        ("ccccr", {}, Outcome.ADOPTED_WITH_RESERVATIONS),
        ("rrrrr", {}, Outcome.ADOPTED_WITH_RESERVATIONS),
        ("cccco", {}, Outcome.REJECTED),
        ("cccccccc" + "o", {}, Outcome.REJECTED),
        ("caaaa", {}, Outcome.ADOPTED),
        ("aaaaa", {}, Outcome.REJECTED),
        ("ooooo", {}, Outcome.REJECTED),
        # the rule of majority
        ("cccoo", {"rule": MAJORITY}, Outcome.ADOPTED),
        ("crooo", {"rule": MAJORITY}, Outcome.REJECTED),
        ("ccooa", {"rule": MAJORITY}, Outcome.REJECTED),  # level: not adopted
        ("crooa", {"rule": MAJORITY}, Outcome.REJECTED),
        ("ccroo", {"rule": MAJORITY}, Outcome.ADOPTED_WITH_RESERVATIONS),
        ("aaaaa", {"rule": MAJORITY}, Outcome.REJECTED),
        # the quorum
        ("", {}, Outcome.NO_QUORUM),
        ("cccc", {}, Outcome.NO_QUORUM),
        ("cccca", {}, Outcome.ADOPTED),  # an abstention is a voice
        ("oooo", {}, Outcome.NO_QUORUM),
        ("ccccc", {"electorate": 11}, Outcome.NO_QUORUM),  # 5.5 is six organisations
        ("cccccc", {"electorate": 11}, Outcome.ADOPTED),
        ("", {"quorum": 0}, Outcome.NO_QUORUM),  # at least one voice
        ("c", {"quorum": 0}, Outcome.ADOPTED),
        ("ccccccccc", {"quorum": 100}, Outcome.NO_QUORUM),
        ("cccccccccc", {"quorum": 100}, Outcome.ADOPTED),
        ("c", {"electorate": 1, "quorum": 100}, Outcome.ADOPTED),
        # pouvoirs
        ("cccCC", {}, Outcome.ADOPTED),
        ("cccCC", {"proxies": False}, Outcome.NO_QUORUM),
        (
            "ccccc" + "OO",
            {"proxies": False},
            Outcome.REJECTED,
        ),  # they decide, even where they do not count for the quorum
        ("CCCCC", {"proxies": False}, Outcome.NO_QUORUM),
    ],
)
def test_outcome(ballots: str, options: dict, outcome: Outcome) -> None:
    assert result(ballots, **options).outcome == outcome


def test_all_that_is_printed() -> None:
    assert result("ccRoA", electorate=12, quorum=33, proxies=False) == Result(
        electorate=12,
        consent=2,
        reservation=1,
        objection=1,
        abstention=1,
        silent=7,
        by_proxy=2,
        present=3,
        quorum=4,
        quorum_percent=33,
        quorum_counts_proxies=False,
        decision_rule="consent",
        outcome="no_quorum",
    )


def test_one_voice_an_organisation_and_only_of_the_electorate() -> None:
    rules = Rules(50, quorum_counts_proxies=True, decision=CONSENT)
    with pytest.raises(ValueError, match="one voice"):
        compute(electorate=["a"], ballots=[Given("a", Stance.CONSENT)] * 2, rules=rules)
    with pytest.raises(ValueError, match="no voice"):
        compute(electorate=["a"], ballots=[Given("b", Stance.CONSENT)], rules=rules)


@given(
    stances=st.lists(st.sampled_from(Stance), max_size=30),
    more=st.integers(0, 20),
    percent=st.integers(0, 100),
    rule=st.sampled_from(DecisionRule),
)
def test_properties(stances: list[Stance], more: int, percent: int, rule: DecisionRule) -> None:
    members = [str(number) for number in range(len(stances) + more)]
    ballots = [Given(member, stance) for member, stance in zip(members, stances, strict=False)]
    rules = Rules(percent, quorum_counts_proxies=True, decision=rule)
    found = compute(electorate=members, ballots=ballots, rules=rules)
    assert found == compute(electorate=members, ballots=list(reversed(ballots)), rules=rules)
    assert found.expressed == len(stances)
    assert 1 <= found.quorum <= max(1, len(members))
    adopted = found.outcome in (Outcome.ADOPTED, Outcome.ADOPTED_WITH_RESERVATIONS)
    assert not (adopted and found.objection and rule == CONSENT)
    assert not (adopted and not found.quorum_reached)
