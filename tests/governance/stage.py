"""A space at the moment before its animation passes on: who holds it, who may receive it, who looks on.

Services are called as the portal calls them; every step has a shortcut that goes as far as it says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from core.accounts.models import User
from core.models import StoredFile
from core.partial_dates import day, season
from governance.handovers import completion, services
from governance.handovers.evidence import Evidence
from governance.models import Handover, LegalIdentity, Mandate
from members.models import Organisation
from sessions_app.models import Session
from tests import factories
from tests.factories import days, since
from tests.support.replay import made_once

IDENTITY = {
    "publisher": "Association fictive",
    "publisher_status": "Association loi 1901, RNA W751234567",
    "publisher_address": "1 rue de l’Exemple, 75000 Paris",
    "publisher_contact": "contact@exemple.example",
    "publication_director": "Dominique Exemple",
    "host": "Hébergeur fictif",
    "host_address": "2 rue de l’Exemple, 75000 Paris",
    "host_contact": "01 00 00 00 00",
    "privacy_contact": "Camille Exemple",
    "privacy_email": "rgpd@exemple.example",
}


@dataclass
class Stage:
    holder: Organisation
    receiver: Organisation
    others: list[Organisation]
    mandate: Mandate
    people: dict[str, User] = field(default_factory=dict)

    def document(self) -> Evidence:
        stored = StoredFile(
            original_name="releve.pdf",
            content_type="application/pdf",
            size=5,
            sha256="0" * 64,
            uploaded_at=timezone.now(),
        )
        stored.file.save("releve.pdf", ContentFile(b"%PDF-"), save=False)
        stored.save()
        return Evidence("Relevé de décisions", stored)

    def session(self, *, attended: bool = True, **traits: Any) -> Session:
        """A session held today; of one that was held, the receiver is recorded as present."""
        session = factories.SessionFactory(**{"date": day(days(0)), **traits})
        if attended and session.is_past:
            factories.AttendanceFactory(session=session, organisation=self.receiver)
        return session

    def supply_identity(self, organisation: Organisation | None = None) -> LegalIdentity:
        identity = LegalIdentity(organisation=organisation or self.receiver, period=since(days(-10)), **IDENTITY)
        identity.full_clean()
        identity.save()
        return identity

    def drafted(self, **given: Any) -> Handover:
        given = {"receiver": self.receiver, "purpose": "Un acteur légitime.", **given}
        return services.open_draft(by=self.people["holder"], now=timezone.now(), **given)

    def proposed(self, **given: Any) -> Handover:
        return services.propose(handover=self.drafted(**given), by=self.people["holder"], now=timezone.now())

    def accepted(self, **given: Any) -> Handover:
        return services.accept(
            handover=self.proposed(**given),
            by=self.people["receiver"],
            body="Comité exécutif",
            accepted_on=day(days(0)),
            documents=[self.document()],
            now=timezone.now(),
        )

    def validated(self, **given: Any) -> Handover:
        return services.validate(
            handover=self.accepted(**given),
            by=self.people["holder"],
            session=self.session(),
            statement="Les membres en valident la pertinence.",
            now=timezone.now(),
        )

    def completed(self, at: dt.datetime | None = None, **given: Any) -> Handover:
        handover = self.validated(**given)
        if not LegalIdentity.objects.filter(organisation=self.receiver).exists():
            self.supply_identity()
        return completion.complete(handover=handover, by=self.people["holder"], at=at, now=timezone.now())

    def running(self) -> Organisation | None:
        return Mandate.objects.organisation_at(timezone.now())


def set_stage(others: int = 4) -> Stage:
    """One representative each: `holder`, `receiver`, `other0`…; also `substitute`, `observer` (of the holder),
    `receiving_substitute`, `administrator`, `outsider`."""
    return made_once(f"stage with {others} others", lambda: _make(others))


def _make(others: int) -> Stage:
    holder = factories.OrganisationFactory(name="Le RAMEAU", slug="le-rameau", member=True)
    receiver = factories.OrganisationFactory(name="Fondation des Territoires", slug="fondation", member=True)
    rest = factories.OrganisationFactory.create_batch(others, member=True)
    mandate = factories.MandateFactory(
        organisation=holder, starts_at=dt.datetime(2020, 3, 20, 8, tzinfo=dt.UTC), started_on=season("summer", 2020)
    )
    stage = Stage(holder, receiver, rest, mandate)

    def person(name: str, organisation: Organisation | None, **traits: Any) -> None:
        user = factories.UserFactory(
            email=f"{name.replace('_', '-')}@exemple.example",
            last_name=name.replace("_", "-").title(),
            signs_in=True,
            administrator=name == "administrator",
        )
        if organisation:
            factories.PositionFactory(user=user, organisation=organisation, **traits)
        stage.people[name] = user

    person("holder", holder)
    person("substitute", holder, substitute=True)
    person("observer", holder, observer=True)
    person("receiver", receiver)
    person("receiving_substitute", receiver, substitute=True)
    for number, organisation in enumerate(rest):
        person(f"other{number}", organisation)
    person("administrator", None)
    person("outsider", None)
    return stage
