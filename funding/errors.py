"""What services raise beside `ValidationError` and `PermissionRefused`."""

from __future__ import annotations

from django.utils.functional import Promise

Text = str | Promise


class MoveRefused(Exception):
    """The move is not legal now; `reasons` are shown to people."""

    def __init__(self, reasons: list[Text]) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons


class ChangedMeanwhile(Exception):
    """Somebody else saved the row since it was read; nothing was written."""
