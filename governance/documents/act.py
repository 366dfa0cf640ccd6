"""The act of a handover: one page that says who handed the animation to whom, when and on what ground.

Its content is canonical JSON without any person's name; a correction makes another content, and the copy before
it then says that it was replaced.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from core import canonical
from core.partial_dates.values import as_json, from_json
from core.reports.models import Report
from core.reports.printed_code import printed_code
from core.reports.registry import ModelReportKind
from core.reports.verification import Authenticity
from core.space import current_space, printed_space
from governance.enums import HandoverState, Step, ValidationMode
from governance.models import Handover

ACT = "handover-act"


def act_of(handover: Handover) -> dict[str, Any]:
    """What the act states, as canonical JSON: organisations by identifier and name, dates with their precision."""
    session = handover.validation_session
    consultation = handover.validation_consultation
    return {
        "handover": str(handover.public_id),
        "kind": handover.kind,
        "historical": handover.is_historical,
        "holder": _organisation(handover.holder),
        "receiver": _organisation(handover.receiver),
        "purpose": handover.purpose,
        "proposed_on": as_json(handover.proposed_on),
        "accepted_body": handover.accepted_body,
        "accepted_on": as_json(handover.accepted_on),
        "validated": {
            "mode": handover.validation_mode,
            "on": as_json(handover.validated_on),
            "session": session and {"number": session.number, "title": session.title},
            "statement": handover.validation_statement,
            "consultation": consultation and {"title": consultation.title, "result": consultation.result},
        },
        "effective_on": as_json(handover.effective_on),
        "documents": [
            {"title": proof.title, "sha256": proof.file.sha256}
            for proof in handover.documents.select_related("file").order_by("pk")
        ],
    }


def _organisation(organisation: Any) -> dict[str, str]:
    return {"id": str(organisation.public_id), "name": organisation.name}


class HandoverAct(ModelReportKind):
    """Its subject is a `Handover` that took effect."""

    name = ACT
    label = gettext_lazy("act of a handover")
    template = "governance/print/act.html"
    stylesheet = "print/governance.css"
    subject_kind = "handover"
    model = Handover

    def rows(self) -> QuerySet:
        return Handover.objects.with_names().filter(state=HandoverState.EFFECTIVE)

    def right_to_request(self, subject: Handover) -> tuple[str, Handover]:
        return "governance.view_handover", subject

    def title(self, subject: Handover) -> str:
        return _("Act of the handover to %(receiver)s") % {"receiver": subject.receiver.name}

    def content_sha256(self, subject: Handover) -> str:
        return canonical.sha256(act_of(subject))

    def parts(self, subject: Handover) -> dict[str, Any]:
        return {"space": printed_space()}

    def context(self, subject: Handover) -> dict[str, Any]:
        act = act_of(subject)
        return {
            "space": current_space(),
            "act": {
                **act,
                "proposed_on": from_json(act["proposed_on"]),
                "accepted_on": from_json(act["accepted_on"]),
                "effective_on": from_json(act["effective_on"]),
                "validated_on": from_json(act["validated"]["on"]),
                "by_consultation": act["validated"]["mode"] == ValidationMode.CONSULTATION,
            },
            "authenticity": printed_code(canonical.sha256(act)),
            "corrections": corrections(subject),
        }

    def created(self, subject: Handover) -> dt.datetime:
        return subject.completed_at


def corrections(handover: Handover) -> int:
    return handover.steps.filter(step=Step.CORRECT).count()


def verify(digits: str) -> Authenticity | None:
    """Answers `core.reports.verification` for acts: every content of which a copy was made is known."""
    made = Report.objects.done().filter(kind=ACT, content_sha256__startswith=digits).order_by("requested_at").first()
    handover = made and Handover.objects.with_names().filter(public_id=made.subject_id).first()
    if handover is None:
        return None
    in_force = 1 + corrections(handover)
    version = 1 + handover.steps.filter(step=Step.CORRECT, recorded_at__lt=made.requested_at).count()
    if canonical.sha256(act_of(handover)) == made.content_sha256:
        version = in_force  # a correction that was taken back leaves the first content in force
    return Authenticity(
        content_sha256=made.content_sha256,
        title=_("Act of the handover to %(receiver)s") % {"receiver": handover.receiver.name},
        version=version,
        published_at=handover.completed_at,
        in_force=in_force,
        url=handover.get_absolute_url(),
        right=("governance.view_handover", handover),
        file_is=gettext_lazy("This file is, byte for byte, the one that the portal made from the act in force."),
        code_is=gettext_lazy("This code belongs to the act in force."),
    )
