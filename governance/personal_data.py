"""What governance holds about a person: voices given for an organisation, steps of handovers, texts put by."""

from __future__ import annotations

from core.lifecycle import export
from governance import models

_REGISTER = "The register of the space, which members read on its pages."
_HANDOVER = ("handover__holder", "handover__receiver")


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    export.register(
        models.Consultation,
        by=("created_by",),
        without={"result": "What organisations answered together."},
        following=_HANDOVER,
    )
    export.register(models.Proxy, by=("given_by",), following=("giver__organisation", "holder__organisation"))
    export.register(
        models.Voice,
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
