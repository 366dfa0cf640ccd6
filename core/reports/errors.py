"""Why a report failed, in plain words: a code in the row, a sentence for people."""

from __future__ import annotations

import errno
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    sentence: str | Promise
    remedy: str | Promise
    shows_detail: bool = False  # whether the detail is meant for readers, not only for administrators


_reasons: dict[str, Reason] = {}


def register(code: str, sentence: str | Promise, remedy: str | Promise, *, shows_detail: bool = False) -> str:
    """Adds a code; returns it. A code stands once."""
    if code in _reasons:
        raise ValueError(f"Error code {code} is registered twice.")
    _reasons[code] = Reason(sentence, remedy, shows_detail)
    return code


def reason(code: str) -> Reason:
    """The words for `code`; those of an unexpected failure where it is unknown (a newer worker wrote it)."""
    return _reasons.get(code, _reasons[UNEXPECTED])


_LATER = _("Try again in a few minutes; if it happens again, tell the administrators.")
_TELL = _("Tell the administrators: they find the details among the jobs.")

UNEXPECTED = register("unexpected", _("The report could not be made."), _LATER)
LAYOUT = register("layout", _("The layout reported a fault, so that the report would not have been right."), _TELL)
SIGNS = register(
    "signs",
    _("The text holds signs that the fonts of the report do not know:"),
    _("Replace them in the minutes, then try again."),
    shows_detail=True,
)
DISK_FULL = register(
    "disk_full",
    _("There is no room left on the server’s disk for the file. Nothing was kept of it."),
    _("Tell the administrators, and try again once they have made room."),
)
TOO_LARGE = register("too_large", _("The file is larger than this server allows. Nothing was kept of it."), _TELL)
NOT_ALLOWED = register(
    "not_allowed",
    _("The right to this report has ended since it was asked for."),
    _("Somebody who has the right can ask for it."),
)
GONE = register("gone", _("What the report is about no longer exists."), _("Go back to the page of the session."))
CHANGED = register(
    "changed",
    _("The content changed while the report was being made."),
    _("Try again: it is made from what is there now."),
)
TOO_LONG = register("too_long", _("The report took too long to make and was stopped."), _LATER)
WORKER_LOST = register(
    "worker_lost", _("The program that makes reports was interrupted several times in a row."), _LATER
)

_BY_ERRNO = {errno.ENOSPC: DISK_FULL, errno.EDQUOT: DISK_FULL, errno.EFBIG: TOO_LARGE}


def code_of(error: OSError) -> str:
    """The code for a file that could not be written."""
    return _BY_ERRNO.get(error.errno, UNEXPECTED)
