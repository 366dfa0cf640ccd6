"""The things the rows are about: one space with its people, and sessions in every state."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from core import partial_dates
from core.files.kinds import IMAGES
from core.files.store import store
from core.files.validate import validate_upload
from core.imports.models import Import
from core.space import current_space
from members.invitations import services as invitations
from members.models import Competence, Organisation
from sessions_app.checklist import services as checklist
from sessions_app.date_polls import services as date_finding
from sessions_app.evaluations import services as evaluation
from sessions_app.follow_up.services import release_record
from sessions_app.materials import services as materials
from sessions_app.minutes import publication
from sessions_app.minutes.review import services as circulation
from sessions_app.models import Session
from tests import factories
from tests.funding.import_scene import imports
from tests.funding.scene import fund
from tests.governance.scene import govern
from tests.support.people import People
from tests.watch.scene import watch

WRITTEN_IMPORT = uuid.UUID(int=8)


@dataclass
class Scene:
    people: People
    sessions: dict[str, Session] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)  # what the tables of other apps need, by name

    def number(self, state: str) -> list[int]:
        return [self.sessions[state].number]


def build(people: People) -> Scene:
    with factories.cleaned_once("matrix"):
        return _build(people)


def _build(people: People) -> Scene:
    scene = Scene(people)
    factories.SpaceFactory()
    sessions = scene.sessions
    sessions["draft"] = factories.SessionFactory(draft=True, number=101)
    sessions["announced"] = factories.SessionFactory(announced=True, number=102)
    sessions["cancelled"] = factories.SessionFactory(cancelled=True, number=103)
    sessions["never announced"] = factories.SessionFactory(cancelled=True, never_announced=True, number=111)
    sessions["unwritten"] = factories.SessionFactory(number=104, items=1)
    sessions["written"] = factories.SessionFactory(number=105, items=2)
    factories.MinutesFactory(session=sessions["written"])
    sessions["published"] = factories.SessionFactory(number=106, items=2, date=partial_dates.month(2024, 11))
    factories.MinutesFactory(session=sessions["published"])
    scene.other["version"] = factories.MinutesVersionFactory(
        session=sessions["published"], author=people.animator, organisation=people.animating
    )
    scene.other["link"] = factories.MaterialFactory(session=sessions["published"])
    look_after_members(scene)
    circulate(scene)
    put_under_review(scene)
    expose(scene)
    propose_material(scene)
    prepare(scene)
    ask_for_dates(scene)
    evaluate(scene)
    item = sessions["written"].agenda.first()
    scene.other["proposal"] = factories.MinutesProposalFactory(item=item, author=people.former_animator)
    govern(scene)
    fund(scene)
    watch(scene)
    return scene


def look_after_members(scene: Scene) -> None:
    """The member's organisation runs a scheme; that of the former animators shows a logo."""
    own = Organisation.objects.get(positions__user=scene.people.member)
    scene.other["scheme"] = factories.SchemeFactory(organisation=own)
    scene.other["membership"] = own.memberships.get()
    kept = store(file=validate_upload(factories.picture(), IMAGES), by=scene.people.former_animator, now=timezone.now())
    Organisation.objects.filter(slug="le-rameau").update(logo=kept)
    scene.other["access_request"] = factories.AccessRequestFactory()
    space = imports(current_space(), scene.people.animator, "Atelier", kind="members.directory", key="name")
    Import.objects.filter(pk=space["import written"].pk).update(public_id=WRITTEN_IMPORT)
    space["import written"].public_id = WRITTEN_IMPORT
    scene.other["member_imports"] = space
    scene.other["breach"] = factories.BreachFactory()
    scene.other["rights_request"] = factories.RightsRequestFactory()
    scene.other["competence"] = Competence.objects.create(name="Évaluation")
    own.competences.add(scene.other["competence"])
    scene.other["invited"] = invited = factories.UserFactory(last_name="Invitée")
    factories.PositionFactory(user=invited, organisation=own)
    scene.other["former"] = factories.PositionFactory(organisation=own, ended=True)
    now = timezone.now()
    link = invitations.copy_link(person=invited, by=scene.people.animator, now=now)
    scene.other["invitation"] = link.rstrip("/").rpartition("/")[2]


def circulate(scene: Scene) -> None:
    """A decision and an action of the member's organisation, in a record that is out."""
    session, people = scene.sessions["written"], scene.people
    organisation = Organisation.objects.get(positions__user=people.member)
    scene.other["decision"] = factories.DecisionFactory(session=session, responsible=organisation)
    scene.other["action"] = factories.ActionItemFactory(session=session, responsible=organisation)
    scene.other["record"] = release_record(session=session, by=people.animator, based_on=0, now=timezone.now())


def put_under_review(scene: Scene) -> None:
    """Minutes that the member's organisation, present, reviews; it has asked for something."""
    people = scene.people
    scene.sessions["reviewed"] = session = factories.SessionFactory(number=107, items=2)
    factories.MinutesFactory(session=session)
    organisation = Organisation.objects.get(positions__user=people.member)
    factories.AttendanceFactory(session=session, organisation=organisation)
    review = circulation.circulate(session=session, by=people.animator, days=8, now=timezone.now())
    scene.other["amendment"] = circulation.ask(
        circulation=review,
        item=session.agenda.first(),
        by=people.member,
        wish="Dire « peut-être ».",
        now=timezone.now(),
    )


def expose(scene: Scene) -> None:
    """Minutes that everybody reads, and minutes that were withdrawn."""
    people, now = scene.people, timezone.now()
    for number, name in ((108, "public"), (109, "withdrawn")):
        scene.sessions[name] = session = factories.SessionFactory(number=number, items=2)
        factories.MinutesFactory(session=session)
        factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    publication.make_public(session=scene.sessions["public"], by=people.animator, now=now)
    publication.withdraw(session=scene.sessions["withdrawn"], by=people.animator, reason="Une erreur", now=now)


def propose_material(scene: Scene) -> None:
    scene.other["proposed_material"] = materials.propose(
        session=scene.sessions["announced"],
        by=scene.people.member,
        title="Une note",
        link="https://exemple.example/note",
        now=timezone.now(),
    )


def prepare(scene: Scene) -> None:
    """Two tasks around the announced session; one of them is taken out by the rows."""
    for name in ("task", "removable_task"):
        scene.other[name] = checklist.add(
            session=scene.sessions["announced"], by=scene.people.animator, title="Réserver", now=timezone.now()
        )


def ask_for_dates(scene: Scene) -> None:
    """A draft known to a month, and the dates its members are asked about."""
    scene.sessions["asked"] = factories.SessionFactory(draft=True, number=110, date=partial_dates.month(2027, 6))
    poll = date_finding.open_search(
        session=scene.sessions["asked"],
        by=scene.people.animator,
        slots=[(factories.moment(day), factories.moment(day + 0.1)) for day in (60, 67, 74)],
        closes_at=factories.moment(10),
        note="",
        now=timezone.now(),
    )
    scene.other["date"], scene.other["removable_date"], _third = poll.dates.all()


def evaluate(scene: Scene) -> None:
    """The session under review, at which the member's organisation was present, is being evaluated."""
    scene.other["evaluation"] = evaluation.open_evaluation(
        session=scene.sessions["reviewed"],
        by=scene.people.animator,
        closes_at=factories.moment(10),
        now=timezone.now(),
    )
