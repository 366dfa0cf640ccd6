"""A correction as its page shows it: what it changes of the entry as it is today, and what has changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from watch.enums import CorrectionState
from watch.items.history import Change, changes
from watch.items.revisions import content_of
from watch.models import Correction


@dataclass(frozen=True)
class CorrectionPage:
    correction: Correction
    changes: list[Change]
    meanwhile: list[Change]  # of the fields that it corrects, since it was proposed
    is_open: bool


def page_of(correction: Correction) -> CorrectionPage:
    is_open = correction.state == CorrectionState.OPEN
    said = content_of(correction.item) if is_open else correction.before
    today = {name: said[name] for name in correction.after}
    meanwhile = changes(correction.before, today) if today != correction.after else []
    return CorrectionPage(correction, changes(today, correction.after), meanwhile, is_open)
