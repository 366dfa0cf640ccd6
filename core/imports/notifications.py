"""What the sender of a table is told once the worker is through with it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.imports import registry
from core.imports.enums import Outcome
from core.imports.models import Import
from core.notifications import kinds, services
from core.notifications.enums import Delivery


def _address(values: Mapping[str, Any]) -> str:
    return registry.kind(values["kind"]).address(uuid.UUID(values["import"]))


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for name, label, text in (
        (
            "compared",
            _("Table compared"),
            _(
                "The rows of “%(file)s” are compared with the portal: %(writes)s to be written, %(held)s to be corrected."
            ),
        ),
        ("written", _("Table imported"), _("“%(file)s” was imported: %(created)s created, %(changed)s changed.")),
        ("failed", _("Import failed"), _("The import of “%(file)s” failed. Nothing was written.")),
    ):
        kinds.register(kinds.Kind(f"imports.{name}", label=label, text=text, address=_address, delivery=Delivery.NEVER))


def compared(run: Import, *, now: dt.datetime) -> None:
    counts = run.counts
    _tell(
        "compared",
        run,
        now,
        writes=counts[Outcome.CREATED] + counts[Outcome.CHANGED],
        held=counts[Outcome.WRONG] + counts[Outcome.CONFLICT],
    )


def written(run: Import, *, now: dt.datetime) -> None:
    _tell("written", run, now, created=run.counts[Outcome.CREATED], changed=run.counts[Outcome.CHANGED])


def failed(run: Import, *, now: dt.datetime) -> None:
    _tell("failed", run, now)


def _tell(name: str, run: Import, now: dt.datetime, **values: Any) -> None:
    told = {"kind": run.kind, "import": str(run.public_id), "file": run.file_name, **values}
    services.notify(kind=f"imports.{name}", users=[run.by], values=told, now=now, about=("import", run.public_id))
