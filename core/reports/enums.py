"""States of a report and the one table of moves between them."""

from django.db import models
from django.utils.translation import pgettext_lazy

LANGUAGE = "fr"  # what the space publishes is French, and so are its documents


class ReportState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("report", "queued")
    RUNNING = "running", pgettext_lazy("report", "being made")
    DONE = "done", pgettext_lazy("report", "ready")
    FAILED = "failed", pgettext_lazy("report", "failed")
    CANCELLED = "cancelled", pgettext_lazy("report", "called off")


class Step(models.TextChoices):
    """What the worker is doing; only drawing knows beforehand how much there is to do."""

    READING = "reading", pgettext_lazy("report step", "Reading the content")
    LAYOUT = "layout", pgettext_lazy("report step", "Laying out the pages")
    DRAWING = "drawing", pgettext_lazy("report step", "Drawing the pages")
    WRITING = "writing", pgettext_lazy("report step", "Writing the file")


WAITING = (ReportState.QUEUED, ReportState.RUNNING)
# A row that stands for its content: asking for the same again gives this row.
LIVE = (ReportState.QUEUED, ReportState.RUNNING, ReportState.DONE)

MOVES: dict[ReportState, tuple[ReportState, ...]] = {
    ReportState.QUEUED: (ReportState.RUNNING, ReportState.CANCELLED, ReportState.FAILED),
    ReportState.RUNNING: (ReportState.QUEUED, ReportState.DONE, ReportState.FAILED, ReportState.CANCELLED),
    ReportState.DONE: (),
    ReportState.FAILED: (),
    ReportState.CANCELLED: (),
}
