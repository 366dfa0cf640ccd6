"""What people asked about their data: one request that waits, one answered; and one breach, notified in time."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from core.accounts.models import User
from core.personal_data.models import Answer, Breach, Right, RightsRequest, Risk
from portal.demo import source
from portal.demo.context import DemoContext, identifier


def loaded(context: DemoContext) -> bool:
    return RightsRequest.objects.exists()


def load(context: DemoContext) -> None:
    asked = context.now - dt.timedelta(days=9)
    _request(
        context,
        1,
        right=Right.RECTIFICATION,
        name="Capucine Vasseur",
        email="capucine.vasseur@halles-du-midi.example",
        words=source.french(
            "Je suis intervenue à une session comme invitée. Mon nom s'écrit avec deux s ; pouvez-vous le corriger ?"
        ),
        asked_at=asked,
        confirmed_at=asked + dt.timedelta(hours=2),
    )
    _request(
        context,
        2,
        right=Right.ACCESS,
        name="Honoré Lestrade",
        email="honore.lestrade@tiers-lieu-des-halles.example",
        words=source.french("Que savez-vous de moi ? J'ai demandé un accès l'an dernier."),
        asked_at=asked - dt.timedelta(days=60),
        confirmed_at=asked - dt.timedelta(days=60),
        answer=Answer.DONE,
        answer_words=source.french(
            "Votre demande d'accès (nom, adresse, motif) et notre réponse : les voici ci-dessous. Rien d'autre n'est détenu sur vous."
        ),
        answered_at=asked - dt.timedelta(days=48),
        answered_by=User.objects.get(email="admin@portail.example"),
    )
    _breach(context, known=asked - dt.timedelta(days=120))


def _breach(context: DemoContext, *, known: dt.datetime) -> None:
    context.add(
        Breach,
        {"public_id": identifier("breach", 1)},
        title=source.french("Liste de présence envoyée à une mauvaise adresse"),
        discovered_at=known,
        happened=source.french("La veille, en fin d'après-midi"),
        confidentiality=True,
        nature=source.french(
            "Une faute de frappe dans l'adresse : la liste est partie à un tiers, sans lien avec l'espace."
        ),
        people_concerned=source.french("Personnes présentes à une session"),
        people_count=34,
        data_concerned=source.french("Noms, organisations, adresses électroniques"),
        records_count=34,
        consequences=source.french("Courriels non sollicités ; hameçonnage au nom de l'espace."),
        measures=source.french(
            "Effacement demandé au destinataire, confirmé par écrit. Les listes ne partent plus par courriel : elles se lisent sur le portail."
        ),
        risk=Risk.RISK,
        notified_at=known + dt.timedelta(hours=26),
        recorded_at=known + dt.timedelta(hours=2),
        recorded_by=User.objects.get(email="admin@portail.example"),
    )


def _request(context: DemoContext, number: int, **values: object) -> None:
    """Its link was never told to anybody."""
    digest = hashlib.sha256(secrets.token_bytes()).hexdigest()
    context.add(RightsRequest, {"public_id": identifier("rights request", number)}, token_hash=digest, **values)
