"""Writing down a step: its row in the log, and the documents that prove it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.models import StoredFile
from governance.enums import Step
from governance.models import Handover, HandoverDocument, HandoverStep
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User


@dataclass(frozen=True)
class Evidence:
    """A stored file and what it is."""

    title: str
    file: StoredFile


def log(
    handover: Handover,
    step: Step,
    *,
    by: User | None,
    now: dt.datetime,
    organisation: Organisation | None = None,
    comment: str = "",
    documents: Sequence[Evidence] = (),
    changes: dict[str, Any] | None = None,
) -> HandoverStep:
    """Adds the step to the log. `by` is None for what the clock did."""
    row = HandoverStep(
        handover=handover,
        step=step,
        by=by,
        organisation=organisation,
        comment=comment.strip(),
        changes=changes or {},
        recorded_at=now,
    )
    row.full_clean()
    row.save(force_insert=True)
    for document in documents:
        proof = HandoverDocument(
            handover=handover, step=step, title=document.title.strip(), file=document.file, added_at=now
        )
        proof.full_clean()
        proof.save(force_insert=True)
    return row
