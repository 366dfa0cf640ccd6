"""The result of a consultation: one pure function over the electorate, the voices and the rules.

Knows nothing of the database, so that the same numbers come out wherever and whenever it is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from governance.enums import DecisionRule, Outcome, Stance


@dataclass(frozen=True)
class Rules:
    """`quorum_percent` (0 to 100) is a share of the electorate; a proxy's voice may or may not count for it."""

    quorum_percent: int
    quorum_counts_proxies: bool
    decision: DecisionRule


@dataclass(frozen=True)
class Given:
    """The voice of one organisation of the electorate, by its identifier."""

    organisation: str
    stance: Stance
    by_proxy: bool = False


@dataclass(frozen=True)
class Result:
    """Counts of organisations. `present` are the voices that count for the quorum, of which `quorum` are needed."""

    electorate: int
    consent: int
    reservation: int
    objection: int
    abstention: int
    silent: int
    by_proxy: int
    present: int
    quorum: int
    quorum_percent: int
    quorum_counts_proxies: bool
    decision_rule: str
    outcome: str

    @property
    def expressed(self) -> int:
        """Voices given, abstentions included."""
        return self.electorate - self.silent

    @property
    def quorum_reached(self) -> bool:
        return self.present >= self.quorum

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compute(*, electorate: Collection[str], ballots: Iterable[Given], rules: Rules) -> Result:
    """Counts `ballots` of `electorate` by `rules`.

    An abstention is a voice: it counts for the quorum, not for the decision. The quorum is rounded up to whole
    organisations and is at least one. Raises `ValueError` where an organisation has no voice or gave two.
    """
    members = set(electorate)
    counts = dict.fromkeys(Stance, 0)
    heard: set[str] = set()
    by_proxy = 0
    for ballot in ballots:
        if ballot.organisation not in members:
            raise ValueError(f"{ballot.organisation} has no voice here.")
        if ballot.organisation in heard:
            raise ValueError(f"{ballot.organisation} has one voice only.")
        heard.add(ballot.organisation)
        counts[ballot.stance] += 1
        by_proxy += ballot.by_proxy
    present = len(heard) if rules.quorum_counts_proxies else len(heard) - by_proxy
    quorum = max(1, -(-len(members) * rules.quorum_percent // 100))
    return Result(
        electorate=len(members),
        consent=counts[Stance.CONSENT],
        reservation=counts[Stance.RESERVATION],
        objection=counts[Stance.OBJECTION],
        abstention=counts[Stance.ABSTENTION],
        silent=len(members) - len(heard),
        by_proxy=by_proxy,
        present=present,
        quorum=quorum,
        quorum_percent=rules.quorum_percent,
        quorum_counts_proxies=rules.quorum_counts_proxies,
        decision_rule=str(rules.decision.value),
        outcome=str(_outcome(counts, present >= quorum, rules.decision).value),
    )


def _outcome(counts: dict[Stance, int], quorum_reached: bool, decision: DecisionRule) -> Outcome:
    """Without a quorum nothing is decided. A reservation is a yes that says what worries it."""
    if not quorum_reached:
        return Outcome.NO_QUORUM
    objections, reservations = counts[Stance.OBJECTION], counts[Stance.RESERVATION]
    favourable = counts[Stance.CONSENT] + reservations
    if decision == DecisionRule.CONSENT:
        adopted = favourable > 0 and not objections
    else:
        adopted = favourable > objections
    if not adopted:
        return Outcome.REJECTED
    return Outcome.ADOPTED_WITH_RESERVATIONS if reservations else Outcome.ADOPTED
