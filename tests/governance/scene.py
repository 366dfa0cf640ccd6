"""What the matrix needs of governance: a past handover, one proposed, an interim asked for, consultations."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from core import partial_dates
from core.accounts import personal_links
from core.files import store, validate_upload
from governance.consultations import links, services
from governance.consultations.services import Question
from governance.enums import EventKind, ResponsibilityKind
from governance.handovers import completion, interim, services as handovers
from governance.models import Mandate, RescuedFile, RescuedForm, Responsibility, SpaceEvent
from members.models import Organisation

if TYPE_CHECKING:
    from tests.matrix.scene import Scene


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def govern(scene: Scene) -> None:
    """Fills `scene.other`; the receiver of the proposed handover is the member's organisation."""
    people, other, now = scene.people, scene.other, timezone.now()
    mandate = Mandate.objects.get(organisation=people.animating)
    receiver = Organisation.objects.get(positions__user=people.member)
    funding = Organisation.objects.get(positions__user=people.funder)
    other["mandate"], other["receiver"] = mandate, receiver
    other["past"] = completion.record_past(
        mandate=mandate,
        by=people.animator,
        body="Comité exécutif",
        session=scene.sessions["published"],
        statement="La session en valide la pertinence.",
        effective_on=partial_dates.month(2024, 11),
        now=now,
    )
    never = handovers.open_draft(by=people.animator, receiver=funding, purpose="Une idée.", now=now)
    other["never proposed"] = handovers.withdraw(handover=never, by=people.animator, reason="Trop tôt.", now=now)
    draft = handovers.open_draft(by=people.animator, receiver=receiver, purpose="Un acteur légitime.", now=now)
    other["proposed"] = handovers.propose(handover=draft, by=people.animator, now=now)
    other["interim"] = interim.request(
        by=people.former_animator,
        organisation=people.formerly_animating,
        receiver=funding,
        reason="Aucune réponse.",
        now=now,
    )
    other["event"] = SpaceEvent.objects.create(
        kind=EventKind.BIRTH, date=partial_dates.day(dt.date(2020, 3, 20)), title="Naissance"
    )
    other["responsibility"] = Responsibility.objects.create(
        organisation=funding, kind=ResponsibilityKind.TOOLS_FUNDING, since=partial_dates.season("summer", 2020)
    )
    other["left text"] = RescuedForm.objects.create(  # as it stands long after: the right to leave one has ended
        author=people.former_animator,
        organisation=people.formerly_animating,
        address="/gouvernance/evenements/nouveau/",
        page="/gouvernance/evenements/nouveau/",
        passages=[["Titre", "Une rencontre"]],
        left_at=now,
    )
    attached = validate_upload(ContentFile(PDF, name="note.pdf"))
    RescuedFile.objects.create(
        left=other["left text"], label="Document", file=store(file=attached, by=people.former_animator, now=now)
    )
    for name in ("draft", "open", "closed"):
        other[f"consultation {name}"] = consult(people.animator, name)
    other["consultation never opened"] = services.call_off(
        consultation=consult(people.animator, "draft"), by=people.animator, reason="Doublon.", now=now
    )
    other["voice link"] = personal_links.issue(
        user=people.member,
        scope=links.SCOPE,
        about=(links.KIND, other["consultation open"].public_id),
        expires_at=now + dt.timedelta(days=1),
        now=now,
    )


def consult(by: Any, state: str) -> Any:
    """A consultation of the animators in that state."""
    now = timezone.now()
    found = services.prepare(by=by, question=Question(title=f"Question {state}", question="D’accord ?"), now=now)
    if state != "draft":
        services.open_by_hand(consultation=found, by=by, now=now)
    if state == "closed":
        found = services.close_by_hand(consultation=found, by=by, now=now)
    return found
