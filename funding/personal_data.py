"""What fundings hold about a person: changes in his or her name, news written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from core.reports import services as reports
from funding import models
from funding.exports.files import LIST_PRINT, LIST_TABLE

_FIGURES = "Figures of organisations; who may see them is asked on their pages."
_LISTS = (LIST_PRINT, LIST_TABLE)
_OF_ORGANISATIONS = "Says what organisations do and fund; it is about nobody."


def forget_files(before: dt.datetime, now: dt.datetime) -> int:
    """The file goes with its request; one that is being made stays until the next night."""
    removed = 0
    for found in models.ListFile.objects.filter(asked_at__lt=before):
        if reports.discard_files(kinds=_LISTS, subject_id=found.public_id):
            found.delete()
            removed += 1
    reports.discard_orphans(kinds=_LISTS, subjects=models.ListFile.objects.all())
    return removed


FILES = Holding(
    key="list_files",
    what=_("Filtered lists as files: who asked for which, and the file"),
    whose=retention.ACCOUNT,
    why=_("To make long files in the background, and to hand them out."),
    basis=retention.PARTICIPATION,
    readers=_("Who asked for it."),
    until=_("%(period)s after they were asked for."),
    order=130,
    days=retention.MONTH,
    most=retention.YEAR,
    purge=forget_files,
)


def discard_files(user: Any, now: dt.datetime) -> None:
    for found in models.ListFile.objects.filter(by=user):
        reports.discard_files(kinds=(LIST_PRINT, LIST_TABLE), subject_id=found.public_id)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    retention.register(FILES)
    erasure.remove(models.ListFile, by=("by",), first=discard_files)
    erasure.remove(models.BearerContact, by=("user",))
    erasure.keep(
        "funding.StageChange.by",
        "funding.Update.written_by",
        "funding.FrozenFigures.by",
        "funding.LineChange.by",
        ground=_("Who changed which figure proves the accounts: the act stays, the name goes."),
    )
    export.register(models.StageChange, by=("by",))
    export.register(models.Update, by=("written_by",))
    export.register(models.BearerContact, by=("user",))
    export.register(models.FrozenFigures, by=("by",), without={"content": _FIGURES})
    export.register(models.LineChange, by=("by",), following=("line__funder",))
    export.register(models.ListFile, by=("by",))
    export.leave_out(
        *(
            f"funding.{name}"
            for name in (
                "Programme",
                "Commitment",
                "Initiative",
                "InitiativeDocument",
                "Indicator",
                "Reminder",
                "Funder",
                "FundingLine",
                "Amendment",
                "Instalment",
                "Payment",
                "FinancialReport",
                "FundingLineFact",
                "InitiativeSearchIndex",
            )
        ),
        why=_OF_ORGANISATIONS,
    )
