"""The register of governance: events, responsibilities, the handover of 2024, two fictional consultations.

The handover is entered after the fact, as an animator would enter it: its unknown date stays unknown. The
consultations are written as rows, because opening one would write to everybody.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from governance.consultations import clock
from governance.enums import ConsultationState, Stance
from governance.handovers import completion
from governance.models import (
    Ballot,
    Consultation,
    ConsultationDocument,
    Handover,
    LegalIdentity,
    Mandate,
    PackLine,
    Proxy,
    Responsibility,
    SpaceEvent,
    Voter,
)
from members.enums import ACTING_ROLES
from members.models import Membership, Position
from portal.demo import documents, source
from portal.demo.context import DemoContext, identifier, moment, partial
from portal.demo.stored import store

NOTE = source.french("Document fictif de démonstration.")


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
    for row in table["legal_identities"]:
        _legal_identity(context, dict(row))
    for row in table["consultations"]:
        _consultation(context, row)


def _handover(context: DemoContext, row: dict[str, Any]) -> None:
    public_id = identifier("handover", row["receiver"])
    if Handover.objects.filter(public_id=public_id).exists():
        return
    handover = completion.record_past(
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
    for line in row["pack"]:
        context.add(PackLine, {"handover": handover, "key": line["key"]}, note=line["note"])


def _legal_identity(context: DemoContext, row: dict[str, Any]) -> None:
    organisation = context.organisations[row.pop("organisation")]
    period = DateRange(row.pop("from"), row.pop("until", None))
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
        session=context.sessions.get(row.get("session", 0)),
    )
    if consultation.voters.exists():
        return
    members = Membership.objects.on(opened.date()).select_related("organisation").order_by("organisation__slug")
    voters = [Voter(consultation=consultation, organisation=member.organisation) for member in members]
    context.add_all(Voter, voters)
    _document(context, consultation, row, opened)
    proxies = _proxies(context, row, voters, opened)
    context.add_all(Ballot, _ballots(context, row, voters, opened, proxies))
    if closes <= context.now:
        result = clock.count(consultation)
        consultation.state, consultation.closed_at = ConsultationState.CLOSED, closes
        consultation.result, consultation.outcome = result.as_json(), result.outcome
        consultation.statement = row["statement"]
        consultation.full_clean()
        consultation.save()


def _document(context: DemoContext, consultation: Consultation, row: dict[str, Any], at: dt.datetime) -> None:
    title = row["document"]
    stored = store(
        context,
        identifier("consultation file", title),
        content=documents.pdf(title, row["pages"], NOTE),
        content_type=documents.PDF,
        name=f"{slugify(title)}.pdf",
        by=_speakers(at)[Mandate.objects.organisation_at(at).pk].user,
        at=at,
    )
    context.add(ConsultationDocument, {"consultation": consultation, "title": title}, file=stored, added_at=at)


def _speakers(moment: dt.datetime) -> dict[int, Position]:
    """Who speaks for each organisation, by its number: its representative, else a substitute."""
    positions = Position.objects.on(moment.date()).filter(role__in=ACTING_ROLES).order_by("-role", "-pk")
    return {position.organisation_id: position for position in positions.select_related("user")}


def _proxies(
    context: DemoContext, row: dict[str, Any], voters: list[Voter], opened: dt.datetime
) -> dict[int, tuple[Proxy, Position]]:
    """The pouvoirs given, by the number of the organisation that gave one, each with who speaks by it."""
    seats = {voter.organisation.slug: voter for voter in voters}
    speakers = _speakers(opened)
    given = {}
    for giver, holder in ((seats[giver], seats[holder]) for giver, holder in row.get("proxies", [])):
        by = speakers[giver.organisation_id].user
        proxy = context.add(Proxy, {"giver": giver}, holder=holder, given_by=by, given_at=opened)
        given[giver.organisation_id] = (proxy, speakers[holder.organisation_id])
    return given


def _ballots(
    context: DemoContext,
    row: dict[str, Any],
    voters: list[Voter],
    opened: dt.datetime,
    proxies: dict[int, tuple[Proxy, Position]],
) -> list[Ballot]:
    """Most consent, a few say a reservation or abstain, every so many are silent: always the same ones."""
    speakers = _speakers(opened)
    reasons = list(row["reasons"])
    ballots = []
    for place, voter in enumerate(voters):
        proxy, speaker = proxies.get(voter.organisation_id, (None, speakers.get(voter.organisation_id)))
        if speaker is None or place % row["silent_every"] == 1 or voter.organisation.slug in row.get("without", []):
            continue
        stance, reason = Stance.CONSENT, ""
        if reasons and place % 11 == 3:
            stance, reason = Stance.RESERVATION, reasons.pop(0)
        elif place % 13 == 5:
            stance = Stance.ABSTENTION
        given_at = opened + dt.timedelta(hours=2 + place)
        ballots.append(
            Ballot(voter=voter, stance=stance, reason=reason, by=speaker.user, given_at=given_at, proxy=proxy)
        )
    return ballots
