"""What imports hold about the person who sent a table."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.imports import services
from core.imports.models import Import, ImportFile
from core.lifecycle import erasure, export, retention
from core.lifecycle.export import OwnFile
from core.lifecycle.retention import Holding

_TABLE = "Of the organisations in the table, not of who sent it; the file itself is given back."


def forget(before: dt.datetime, now: dt.datetime) -> int:
    return services.forget_old(before=before)


IMPORTS = Holding(
    key="imports",
    what=_("Tables that were sent in, with their rows"),
    whose=_("Who sends a table, and the people it names"),
    why=_("To compare them with what is known, and to give them back corrected."),
    basis=retention.INTEREST,
    readers=_("Who sent them, and who may write what they hold."),
    until=_("%(period)s after they were sent; what came of them stays."),
    order=120,
    days=retention.MONTH,
    most=retention.YEAR,
    purge=forget,
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    erasure.remove(ImportFile, by=("of__by",))
    erasure.keep("imports.Import.by", ground=_("What came of a table that was sent is part of the record."))
    retention.register(IMPORTS)
    export.register(
        Import,
        by=("by",),
        without={"mapping": _TABLE, "answers": _TABLE, "layout": _TABLE, "counts": _TABLE, "problems": _TABLE},
    )
    export.leave_out("imports.ImportFile", "imports.ImportRow", why=_TABLE)
    export.register_files(files_sent)


def files_sent(user: Any) -> Iterator[OwnFile]:
    for file in ImportFile.objects.filter(of__by=user).select_related("of").order_by("pk").iterator(chunk_size=1):
        yield OwnFile(file.of.file_name, partial(io.BytesIO, bytes(file.content)))
