"""Which date is best: a rule that can be said in a sentence, as a pure function."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sessions_app.date_polls.enums import Availability

Key = TypeVar("Key")


@dataclass(frozen=True)
class Tally:
    """How many organisations answered what for one date; `silent` of those that are asked did not."""

    yes: int
    if_needed: int
    no: int
    silent: int = 0

    @property
    def can_come(self) -> int:
        return self.yes + self.if_needed


def tally(answers: Iterable[str], *, asked: int) -> Tally:
    """Counts the answers to one date of `asked` organisations."""
    counted = Counter(answers)
    yes, if_needed, no = (counted[choice] for choice in Availability)
    return Tally(yes, if_needed, no, max(asked - yes - if_needed - no, 0))


def best(dates: Iterable[tuple[Key, dt.datetime, Tally]]) -> Key | None:
    """The best of (key, start, tally); None where no organisation can come on any.

    The most organisations that can come (yes or if need be); among those the most "yes"; then the fewest "no";
    then the earliest.
    """
    possible = [date for date in dates if date[2].can_come]
    if not possible:
        return None
    ranked = min(possible, key=lambda date: (-date[2].can_come, -date[2].yes, date[2].no, date[1]))
    return ranked[0]
