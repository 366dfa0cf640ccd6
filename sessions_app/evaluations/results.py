"""Results of an evaluation, as pure functions: sums of the marks, and the texts without order or author.

    {"answers": 12, "marks": [[0, 1, 2, 5, 4], …], "words": ["…", …]}

`marks` holds for each question how often 1 … 5 was given. Fewer than `FEWEST` answers leave no result: of two
people each would know what the other said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.text import alphabetical
from sessions_app.models.evaluation import HIGHEST, LOWEST, RATED

FEWEST = 3
SCALE = range(LOWEST, HIGHEST + 1)

Given = tuple[Sequence[int | None], str]  # marks and words of one answer


def summed(answers: Sequence[Given]) -> dict[str, Any]:
    """What is kept of `answers`; of fewer than `FEWEST` only how many there were."""
    if len(answers) < FEWEST:
        return {"answers": len(answers), "marks": [], "words": []}
    marks = [[sum(given[place] == mark for given, _words in answers) for mark in SCALE] for place in range(RATED)]
    words = sorted((text for _marks, text in answers if text), key=alphabetical)
    return {"answers": len(answers), "marks": marks, "words": words}


@dataclass(frozen=True)
class Rating:
    """How one question was answered: how often each mark from 1 to 5 was given."""

    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        if not self.total:
            return None
        return sum(mark * number for mark, number in zip(SCALE, self.counts, strict=True)) / self.total


def ratings(results: dict[str, Any]) -> list[Rating]:
    return [Rating(counts) for counts in results["marks"]]
