"""The documents of a handover that the portal asks for by itself, so that they are there when somebody wants them.

A refusal never stops the step: its page offers the document as well.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.accounts.rights import PermissionRefused
from core.reports.services import ReportRefusedError, request_report
from governance.documents import ACT, PACK
from governance.enums import HandoverState
from governance.models import Handover

if TYPE_CHECKING:
    from core.accounts.models import User


def print_pack(handover: Handover, *, by: User, now: dt.datetime) -> None:
    """With the acceptance, so that the ZIP holds a PDF from the start; both sides may have it made again."""
    _ask(PACK, handover, by=by, now=now)


def print_act(handover: Handover, *, by: User | None, now: dt.datetime) -> None:
    """Once it is effective, and anew with each correction of what it says. Unchanged content is not printed again."""
    if by is not None and handover.state == HandoverState.EFFECTIVE:
        _ask(ACT, handover, by=by, now=now)


def _ask(kind: str, handover: Handover, *, by: User, now: dt.datetime) -> None:
    try:
        request_report(kind=kind, subject_id=handover.public_id, by=by, now=now)
    except (ReportRefusedError, PermissionRefused):  # many within the hour, or somebody who has left the space
        return
