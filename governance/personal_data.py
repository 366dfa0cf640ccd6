"""What governance holds about a person: voices given for an organisation, steps of handovers, texts put by."""

from __future__ import annotations

from core.lifecycle import export
from governance import models

_REGISTER = "The register of the space, which members read on its pages."


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    export.register(
        models.Consultation, by=("created_by",), without={"result": "What organisations answered together."}
    )
    export.register(models.Proxy, by=("given_by",))
    export.register(models.Voice, by=("by",))
    export.register(models.HandoverStep, by=("by",), without={"changes": _REGISTER})
    export.register(models.InterimRequest, by=("by",))
    export.register(models.PackLine, by=("given_by", "received_by"))
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
