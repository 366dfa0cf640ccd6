"""What governance holds about a person: voices given for an organisation, steps of handovers, texts put by."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from governance import models
from governance.rescued_forms import rescue

_REGISTER = "The register of the space, which members read on its pages."
_HANDOVER = ("handover__holder", "handover__receiver")


def forget_rescued_forms(before: dt.datetime, now: dt.datetime) -> int:
    return rescue.forget_old(before=before)


RESCUED_FORMS = Holding(
    key="rescued_forms",
    what=_("Forms sent once the mandate had passed on, with their files"),
    whose=_("Those who animated the space"),
    why=_("So that nothing written is lost."),
    basis=retention.INTEREST,
    readers=_("The people who animate the space."),
    until=_("%(period)s after they were put aside."),
    order=67,
    days=retention.YEAR,
    purge=forget_rescued_forms,
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    retention.register(RESCUED_FORMS)
    erasure.remove(models.RescuedForm, by=("author",), texts=("passages",), first=rescue.remove_files_of)
    erasure.keep(
        *(
            f"governance.{name}"
            for name in (
                "Consultation.created_by",
                "Proxy.given_by",
                "Ballot.by",
                "HandoverStep.by",
                "InterimRequest.by",
                "PackLine.given_by",
                "PackLine.received_by",
            )
        ),
        ground=_("Voices and steps of handovers prove who may animate: the act stays, the name goes."),
    )
    export.register(
        models.Consultation,
        by=("created_by",),
        without={"result": "What organisations answered together."},
        following=_HANDOVER,
    )
    export.register(models.Proxy, by=("given_by",), following=("giver__organisation", "holder__organisation"))
    export.register(
        models.Ballot,
        by=("by",),
        following=("voter__organisation", "proxy__giver__organisation", "proxy__holder__organisation"),
    )
    export.register(models.HandoverStep, by=("by",), without={"changes": _REGISTER}, following=_HANDOVER)
    export.register(models.InterimRequest, by=("by",), following=_HANDOVER)
    export.register(
        models.PackLine,
        did={"given_by": ("handover", "key", "note", "given_at"), "received_by": ("handover", "key", "received_at")},
        following=_HANDOVER,
    )
    export.register(models.RescuedForm, by=("author",))
    export.leave_out(
        *(
            f"governance.{name}"
            for name in (
                "ConsultationDocument",
                "Handover",
                "HandoverDocument",
                "LegalIdentity",
                "Mandate",
                "SpaceEvent",
                "Responsibility",
            )
        ),
        why=_REGISTER,
    )
    export.leave_out("governance.RescuedFile", why="The files themselves are given back.")
