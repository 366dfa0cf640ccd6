"""Which members can help: their competences, territories and Sustainable Development Goals against what is needed.

    match(competences=[…], regions=["53"], sdgs=[11], day=today)    # ranked, each with its reasons
    unmatched(rows, day=today, regions=…)                           # those of which it would find nobody

Higher apps say what an initiative or a study of needs asks for; this package knows organisations alone.
"""

from members.matching.match import Match, match
from members.matching.unmatched import unmatched

__all__ = ["Match", "match", "unmatched"]
