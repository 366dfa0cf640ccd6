"""What this subject adds to the portal: the file of a copy, and what the ground itself holds about a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.lifecycle import erasure, export, retention
from core.lifecycle.export import OwnFile
from core.lifecycle.retention import Holding
from core.models import StoredFile
from core.personal_data.export import services
from core.personal_data.export.documents import PersonalDataFile
from core.personal_data.models import Erasure, PersonalExport
from core.reports import registry, services as reports
from core.web import one_time_keys


def forget_copies(before: dt.datetime, now: dt.datetime) -> int:
    return services.forget_old(before=before, now=now)


COPIES = Holding(
    key="own_data",
    what=_("Copies of one’s data"),
    whose=retention.ACCOUNT,
    why=_("To hand out what you asked for."),
    basis=retention.DUTY,
    readers=_("You alone."),
    until=_("%(period)s after you asked for it, or until you ask for another."),
    order=140,
    days=services.KEPT,
    most=retention.MONTH,
    purge=forget_copies,
)


def forget_keys(before: dt.datetime, now: dt.datetime) -> int:
    return one_time_keys.forget_old(before=before)


TRACES = Holding(
    key="sent_forms",
    what=_("Technical traces: that a form was sent, as a digest"),
    whose=_("Who sends a form"),
    why=_("So that what is sent twice is done once."),
    basis=retention.INTEREST,
    readers=_("Nobody."),
    until=_("%(period)s after the form was sent."),
    order=150,
    days=one_time_keys.KEPT,
    most=retention.YEAR,
    purge=forget_keys,
)


def discard_copies(user: Any, now: dt.datetime) -> None:
    for copy in PersonalExport.objects.filter(user=user, removed_at=None):
        reports.discard_files(kinds=[services.KIND], subject_id=copy.public_id)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    registry.register(PersonalDataFile())
    retention.register(COPIES)
    retention.register(TRACES)
    export.register(PersonalExport, by=("user",))
    erasure.remove(PersonalExport, by=("user",), first=discard_copies)
    erasure.keep(
        "core.StoredFile.uploaded_by",
        ground=_("Documents of the sessions and of organisations are theirs; who sent them loses the name."),
    )
    erasure.keep(
        "personal_data.RightsRequest.person",
        "personal_data.RightsRequest.answered_by",
        "personal_data.Erasure.by",
        ground=_("That rights were answered has to be shown; the name goes."),
    )
    export.register(
        Erasure, by=("by",), without={"redacted": "Tables of the machine.", "removed": "Tables of the machine."}
    )
    export.register(StoredFile, by=("uploaded_by",), without={"file": "Where the machine keeps it."})
    export.register_files(files_sent)
    export.leave_out("core.Region", why="A reference list.")
    export.leave_out("personal_data.RetentionPeriod", why="Settings of the space.")
    export.leave_out("core.Space", why="What the space says of itself.")
    export.leave_out("core.SentForm", why="Digests of one-time keys, which name nobody.")


def files_sent(user: Any) -> Iterator[OwnFile]:
    for stored in StoredFile.objects.filter(uploaded_by=user).order_by("pk").iterator():
        yield OwnFile(stored.original_name, partial(stored.file.storage.open, stored.file.name, "rb"))
