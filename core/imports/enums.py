"""States of an import, the one table of moves between them, and what becomes of a row."""

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy


class Outcome(models.TextChoices):
    CREATED = "created", gettext_lazy("to be created")
    CHANGED = "changed", gettext_lazy("to be changed")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    CONFLICT = "conflict", gettext_lazy("in conflict")
    WRONG = "wrong", gettext_lazy("wrong")


class ImportState(models.TextChoices):
    CHOOSING = "choosing", pgettext_lazy("import", "to be laid out")  # which sheet, which column is what
    TO_CHECK = "to_check", pgettext_lazy("import", "waiting to be read")
    CHECKING = "checking", pgettext_lazy("import", "being read")
    CHECKED = "checked", pgettext_lazy("import", "read, nothing written")
    TO_WRITE = "to_write", pgettext_lazy("import", "waiting to be written")
    WRITING = "writing", pgettext_lazy("import", "being written")
    DONE = "done", pgettext_lazy("import", "written")
    FAILED = "failed", pgettext_lazy("import", "failed")
    CANCELLED = "cancelled", pgettext_lazy("import", "called off")


class ImportStep(models.TextChoices):
    """What the worker is doing; while it reads nobody knows how many rows there are."""

    READING = "reading", pgettext_lazy("import step", "Reading the file")
    COMPARING = "comparing", pgettext_lazy("import step", "Comparing the rows with the portal")
    WRITING = "writing", pgettext_lazy("import step", "Writing the rows")


QUEUED = (ImportState.TO_CHECK, ImportState.TO_WRITE)
RUNNING = (ImportState.CHECKING, ImportState.WRITING)
ACTIVE = QUEUED + RUNNING
STARTS = {ImportState.TO_CHECK: ImportState.CHECKING, ImportState.TO_WRITE: ImportState.WRITING}
BACK = {ImportState.CHECKING: ImportState.TO_CHECK, ImportState.WRITING: ImportState.TO_WRITE}

MOVES: dict[ImportState, tuple[ImportState, ...]] = {
    ImportState.CHOOSING: (ImportState.TO_CHECK,),
    ImportState.TO_CHECK: (ImportState.CHECKING, ImportState.FAILED, ImportState.CANCELLED),
    ImportState.CHECKING: (ImportState.TO_CHECK, ImportState.CHECKED, ImportState.FAILED, ImportState.CANCELLED),
    ImportState.CHECKED: (ImportState.TO_CHECK, ImportState.TO_WRITE),
    ImportState.TO_WRITE: (ImportState.WRITING, ImportState.FAILED, ImportState.CHECKED),
    # what was shown would no longer be written: it is compared anew
    ImportState.WRITING: (
        ImportState.TO_WRITE, ImportState.TO_CHECK, ImportState.DONE, ImportState.FAILED, ImportState.CHECKED,
    ),
    ImportState.DONE: (),
    ImportState.FAILED: (ImportState.TO_CHECK,),
    ImportState.CANCELLED: (ImportState.TO_CHECK,),
}  # fmt: skip
