"""Why an import failed, in plain words: a code in the row, a sentence for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.reports.errors import register
from core.transitions import Refusal

_AGAIN = _("Try again in a few minutes; if it happens again, tell the administrators.")

UNREADABLE = register(
    "import_unreadable",
    _("The file could not be read to its end."),
    _("Correct the file, then send it again."),
    shows_detail=True,
)
UNEXPECTED = register("import_unexpected", _("The import met with a fault. Nothing was written."), _AGAIN)
NOT_ALLOWED = register(
    "import_not_allowed",
    _("The right to this import has ended since it was asked for. Nothing was written."),
    _("Somebody who has the right can send the file."),
)
TOO_LONG = register("import_too_long", _("The import took too long and was stopped. Nothing was written."), _AGAIN)
WORKER_LOST = register(
    "import_worker_lost",
    _("The program that imports was interrupted several times in a row. Nothing was written."),
    _AGAIN,
)


class ChangedMeanwhile(Refusal):
    """What was shown would no longer be written, or the import is no longer where it was; nothing was written."""

    message = _("This import has moved on meanwhile. Nothing was written.")
    code = "changed"
