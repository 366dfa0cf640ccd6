"""Fictional follow-up of the initiatives that are under way: who is asked, updates, indicators, documents."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.accounts.models import User
from core.db.periods import months_later
from core.models import StoredFile, storage_name
from core.partial_dates.values import last_day
from funding.enums import Stage, UpdateAudience, UpdateState
from funding.models import BearerContact, Indicator, Initiative, InitiativeDocument, Measure, Update, UpdatePlan
from members.models import Position
from portal.demo import documents, source
from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_attendance import chance

NEWS = (
    "Le lieu a ouvert trois demi-journées par semaine. Deux partenaires de plus se sont engagés par écrit.",
    "Les ateliers avec les habitants ont commencé. La convention avec la commune est signée.",
    "L’équipe est complète. Le calendrier prend un mois de retard, sans effet sur le budget.",
    "Le premier bilan avec les partenaires est partagé. La suite se prépare avec l’intercommunalité.",
)
NEEDS = "Un appui juridique pour la convention d’occupation serait utile."
COUNTED = (
    ("Personnes accueillies", "personnes", 40, 240),
    ("Structures accompagnées", "structures", 3, 18),
    ("Emplois créés ou maintenus", "emplois", 1, 6),
)
PEOPLE = (("Inès", "Fictive"), ("Malo", "Inventé"), ("Rose", "Imaginaire"), ("Tom", "Supposé"))
FICTIONAL = "Contenu inventé pour la démonstration."


def loaded(context: DemoContext) -> bool:
    return UpdatePlan.objects.exists()


def load(context: DemoContext) -> None:
    followed = Initiative.objects.filter(stage__in=(Stage.RUNNING, Stage.COMPLETED, Stage.CAPITALISED), draft_of=None)
    for rank, initiative in enumerate(followed.order_by("reference")):
        _indicators(context, initiative)
        _updates(context, initiative, rank)
        if initiative.stage == Stage.RUNNING:
            _contact(context, initiative, rank)
        if rank % 3 == 0:
            _document(context, initiative)


def _indicators(context: DemoContext, initiative: Initiative) -> None:
    for position, (name, unit, least, most) in enumerate(COUNTED, start=1):
        if position > 1 and chance("counted", initiative.title, name) < 0.5:
            continue
        target = least + int((most - least) * chance("target", initiative.title, name))
        context.add(
            Indicator,
            {"initiative": initiative, "name": source.french(name)},
            public_id=identifier("indicator", initiative.reference, name),
            position=position,
            unit=unit,
            target=Decimal(target),
        )


def _updates(context: DemoContext, initiative: Initiative, rank: int) -> None:
    """Every half-year since the start; the last one is expected, late, a draft or skipped, as the rank has it."""
    start = initiative.starts_on.lower if initiative.starts_on else initiative.created_at.date()
    end = last_day(initiative.ends_on) if initiative.ends_on else context.today + dt.timedelta(days=21)
    indicators = list(initiative.indicators.order_by("position", "pk"))
    day, number = months_later(start, 6), 0
    while day <= end and number < 6:
        number += 1
        following = months_later(start, 6 * (number + 1))
        last = following > end and initiative.stage == Stage.RUNNING
        _update(context, initiative, day, number, state=_state(rank) if last else UpdateState.SUBMITTED)
        _measures(context, initiative, indicators, day, number)
        day = following
    if initiative.stage == Stage.RUNNING:
        context.add(UpdatePlan, {"initiative": initiative}, every_months=6, next_on=max(day, context.today), until=None)


def _state(rank: int) -> UpdateState:
    return (UpdateState.DUE, UpdateState.SUBMITTED, UpdateState.DRAFT, UpdateState.SUBMITTED, UpdateState.SKIPPED)[
        rank % 5
    ]


def _update(context: DemoContext, initiative: Initiative, day: dt.date, number: int, *, state: UpdateState) -> None:
    written = state in (UpdateState.SUBMITTED, UpdateState.DRAFT)
    sent = min(day + dt.timedelta(days=4), context.today)
    context.add(
        Update,
        {"initiative": initiative, "due_on": day},
        public_id=identifier("update", initiative.reference, number),
        state=state,
        text=source.french(NEWS[(number + len(initiative.title)) % len(NEWS)] + " " + FICTIONAL) if written else "",
        needs=source.french(NEEDS) if written and chance("needs", initiative.title, number) < 0.3 else "",
        audience=UpdateAudience.MEMBERS if chance("open", initiative.title, number) < 0.6 else UpdateAudience.FUNDERS,
        submitted_at=moment(sent, 9) if state == UpdateState.SUBMITTED else None,
        reason=source.french("La structure porteuse change de direction.") if state == UpdateState.SKIPPED else "",
        changed_at=moment(sent, 9),
    )


def _measures(
    context: DemoContext, initiative: Initiative, indicators: list[Indicator], day: dt.date, number: int
) -> None:
    update = Update.objects.get(initiative=initiative, due_on=day)
    if update.state != UpdateState.SUBMITTED:
        return
    for indicator in indicators:
        share = min(1.2, number * (0.2 + 0.15 * chance("pace", initiative.title, indicator.name)))
        context.add(
            Measure,
            {"indicator": indicator, "measured_on": day},
            public_id=identifier("measure", str(indicator.public_id), number),
            update=update,
            value=Decimal(int(indicator.target * Decimal(str(share)))),
        )


def _contact(context: DemoContext, initiative: Initiative, rank: int) -> None:
    """Somebody of the bearer who has no account; the address leads nowhere."""
    first, last = PEOPLE[rank % len(PEOPLE)]
    email = f"porteur-{initiative.reference.lower()}@portail.example"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email, first_name=first, last_name=last, public_id=identifier("contact’s person", initiative.reference)
        )
        context.added += 1
    context.add(
        BearerContact,
        {"initiative": initiative, "user": user},
        public_id=identifier("contact", initiative.reference),
        added_at=initiative.created_at,
    )


def _document(context: DemoContext, initiative: Initiative) -> None:
    keeper = Position.objects.filter(organisation=initiative.prepared_by).select_related("user").order_by("pk").first()
    if keeper is None:
        return
    title = source.french("Note de présentation")
    content = documents.pdf(initiative.title, [initiative.summary], FICTIONAL)
    public_id = identifier("initiative-file", initiative.reference)
    name = storage_name(StoredFile(public_id=public_id), "")
    if not StoredFile.objects.filter(public_id=public_id).exists() and default_storage.exists(name):
        default_storage.delete(name)  # left by a load that was undone
    stored = context.add(
        StoredFile,
        {"public_id": public_id},
        file=ContentFile(content, name=public_id.hex),
        original_name=f"note-{initiative.reference.lower()}.pdf",
        content_type=documents.PDF,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=keeper.user,
        uploaded_at=initiative.created_at,
    )
    context.add(
        InitiativeDocument,
        {"initiative": initiative, "title": title},
        public_id=identifier("document", initiative.reference),
        file=stored,
    )
    if initiative.stage == Stage.RUNNING:
        context.add(
            InitiativeDocument,
            {"initiative": initiative, "title": source.french("Fiche d’instruction")},
            public_id=identifier("reserved-document", initiative.reference),
            link="https://documents.example/fiche-instruction",
            is_reserved=True,
        )
