"""What services raise beside `ValidationError`, `PermissionRefused` and `core.transitions.MoveRefused`."""

from __future__ import annotations

from core.transitions import Refusal


class ChangedMeanwhile(Refusal):
    """Somebody else saved the row since it was read; nothing was written."""

    code = "changed_meanwhile"
