"""The result of a consultation as JSON and as a table; only once it is over."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.tables import Column
from governance.consultations.page import ConsultationPage
from governance.consultations.result import Result

COLUMNS = [
    Column(_("Organisation"), lambda ballot: ballot.voter.organisation.name, width=40),
    Column(_("Position"), lambda ballot: ballot.get_stance_display(), width=16),
    Column(_("Reason"), lambda ballot: ballot.reason, width=80),
    Column(_("By proxy of"), lambda ballot: ballot.proxy.holder.organisation.name if ballot.proxy else "", width=40),
    Column(_("Recorded by the animators"), lambda ballot: ballot.on_behalf),
    Column(_("Given at"), lambda ballot: ballot.given_at, width=20),
]


def as_json(shown: ConsultationPage) -> dict[str, Any]:
    """Organisations by name and identifier, never people. Moments in ISO 8601, UTC."""
    consultation = shown.consultation
    result: Result = shown.result
    return {
        "id": str(consultation.public_id),
        "title": consultation.title,
        "question": consultation.question,
        "opened_at": _iso(consultation.opened_at),
        "closed_at": _iso(consultation.closed_at or consultation.closes_at),
        "result": {**result.as_json(), "quorum_reached": result.quorum_reached},
        "statement": consultation.statement,
        "positions": [
            {
                "organisation": {
                    "id": str(ballot.voter.organisation.public_id),
                    "name": ballot.voter.organisation.name,
                },
                "stance": ballot.stance,
                "reason": ballot.reason,
                "by_proxy_of": ballot.proxy.holder.organisation.name if ballot.proxy else None,
                "recorded_by_animators": ballot.on_behalf,
                "given_at": _iso(ballot.given_at),
            }
            for ballot in shown.ballots
        ],
        "silent": [voter.organisation.name for voter in shown.silent],
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
