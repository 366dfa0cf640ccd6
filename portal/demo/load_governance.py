"""The register of governance: events, responsibilities, the handover of 2024, two fictional consultations.

The handover is entered after the fact, as an animator would enter it: its unknown date stays unknown. The
consultations are written as rows, because opening one would write to everybody.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from governance.consultations import clock
from governance.enums import ConsultationState, Stance
from governance.handovers import completion
from governance.models import (
    Consultation,
    Handover,
    LegalIdentity,
    Mandate,
    Responsibility,
    SpaceEvent,
    Voice,
    Voter,
)
from members.enums import ACTING_ROLES
from members.models import Membership, Position
from portal.demo import source
from portal.demo.context import DemoContext, identifier, moment, partial


def loaded(context: DemoContext) -> bool:
    return SpaceEvent.objects.exists()


def load(context: DemoContext) -> None:
    table = source.table("governance")
    for row in table["events"]:
        fields = {"kind": row["kind"], "date": partial(row["date"]), "text": row["text"]}
        context.add(SpaceEvent, {"public_id": identifier("event", row["title"])}, title=row["title"], **fields)
    for row in table["responsibilities"]:
        context.add(
            Responsibility,
            {"public_id": identifier("responsibility", row["organisation"], row["kind"])},
            organisation=context.organisations[row["organisation"]],
            kind=row["kind"],
            since=partial(row["since"]),
        )
    _handover(context, table["handover"])
    _legal_identity(context, dict(table["legal_identity"]))
    for row in table["consultations"]:
        _consultation(context, row)


def _handover(context: DemoContext, row: dict[str, Any]) -> None:
    public_id = identifier("handover", row["receiver"])
    if Handover.objects.filter(public_id=public_id).exists():
        return
    completion.record_past(
        mandate=Mandate.objects.get(organisation=context.organisations[row["receiver"]]),
        by=context.people[row["entered_by"]],
        body=row["body"],
        session=context.sessions[row["session"]],
        statement=row["statement"],
        purpose=row["purpose"],
        proposed_on=partial(row["proposed_on"]),
        accepted_on=partial(row["accepted_on"]),
        effective_on=partial(row["effective_on"]),
        comment=row["comment"],
        public_id=public_id,
        now=context.now,
    )
    context.added += 1


def _legal_identity(context: DemoContext, row: dict[str, Any]) -> None:
    organisation = context.organisations[row.pop("organisation")]
    period = DateRange(row.pop("from"), None)
    context.add(LegalIdentity, {"organisation": organisation}, period=period, is_fictional=True, **row)


def _consultation(context: DemoContext, row: dict[str, Any]) -> None:
    opened = moment(context.today + dt.timedelta(days=row["opened"]), 9)
    closes = moment(context.today + dt.timedelta(days=row["closes"]), 18)
    consultation = context.add(
        Consultation,
        {"public_id": identifier("consultation", row["title"])},
        title=row["title"],
        question=row["question"],
        context=row["context"],
        is_fictional=True,
        state=ConsultationState.OPEN,
        created_at=opened,
        opened_at=opened,
        closes_at=closes,
    )
    if consultation.voters.exists():
        return
    members = Membership.objects.on(opened.date()).select_related("organisation").order_by("organisation__slug")
    voters = [Voter(consultation=consultation, organisation=member.organisation) for member in members]
    context.add_all(Voter, voters)
    context.add_all(Voice, _voices(context, row, voters, opened))
    if closes <= context.now:
        result = clock.count(consultation)
        consultation.state, consultation.closed_at = ConsultationState.CLOSED, closes
        consultation.result, consultation.outcome = result.as_json(), result.outcome
        consultation.statement = row["statement"]
        consultation.full_clean()
        consultation.save()


def _voices(context: DemoContext, row: dict[str, Any], voters: list[Voter], opened: dt.datetime) -> list[Voice]:
    """Most consent, a few say a reservation or abstain, every so many are silent: always the same ones."""
    speakers: dict[int, Position] = {}
    positions = Position.objects.on(opened.date()).filter(role__in=ACTING_ROLES).order_by("-role", "-pk")
    for position in positions.select_related("user"):
        speakers[position.organisation_id] = position
    reasons = list(row["reasons"])
    voices = []
    for place, voter in enumerate(voters):
        speaker = speakers.get(voter.organisation_id)
        if speaker is None or place % row["silent_every"] == 1 or voter.organisation.slug in row.get("without", []):
            continue
        stance, reason = Stance.CONSENT, ""
        if reasons and place % 11 == 3:
            stance, reason = Stance.RESERVATION, reasons.pop(0)
        elif place % 13 == 5:
            stance = Stance.ABSTENTION
        given_at = opened + dt.timedelta(hours=2 + place)
        voices.append(Voice(voter=voter, stance=stance, reason=reason, by=speaker.user, given_at=given_at))
    return voices
