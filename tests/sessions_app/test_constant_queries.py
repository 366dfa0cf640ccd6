"""Pages around one session that list something ask the database as often for three rows as for one.

Lists with pages of their own stand in `tests/test_growth.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from core.files import validate_upload
from core.files.kinds import PDF
from members.models import Organisation
from sessions_app.attendance import services as attendance
from sessions_app.materials import services as materials
from sessions_app.messages import services as messages
from sessions_app.messages.enums import Recipients
from sessions_app.minutes.review import services as circulation
from sessions_app.models import Circulation, Message, Session
from tests import factories
from tests.core.files import makers

pytestmark = pytest.mark.django_db

Grow = Callable[[Session, Any], Any]


def decision(session: Session, people: Any) -> None:
    factories.DecisionFactory(session=session, responsible=factories.OrganisationFactory())
    factories.ActionItemFactory(session=session, responsible=factories.OrganisationFactory(), person=people.member)


def amendment(session: Session, people: Any) -> None:
    review = Circulation.objects.filter(session=session).first()
    if review is None:
        factories.MinutesFactory(session=session)
        member = Organisation.objects.get(positions__user=people.member)
        factories.AttendanceFactory(session=session, organisation=member)
        review = circulation.circulate(session=session, by=people.animator, days=8, now=timezone.now())
    item = session.agenda.first()
    circulation.ask(circulation=review, item=item, by=people.member, wish="Préciser.", now=timezone.now())


def recipient(session: Session, people: Any) -> None:
    factories.PositionFactory(organisation=factories.OrganisationFactory(member=True))
    Message.objects.all().delete()
    said = messages.Draft(subject="Bonjour", body="Texte", invites=False, recipients=Recipients.ALL, key=KEY)
    messages.confirm(session=session, draft=said, by=people.animator, now=timezone.now())
    Message.objects.update(written_at=timezone.now() - messages.RECALL_WITHIN * 2, send_at=timezone.now())
    messages.hand_over_due(now=timezone.now())


def proposal(session: Session, people: Any) -> None:
    link = "https://exemple.example/note"
    materials.propose(session=session, by=people.member, title="Une note", link=link, now=timezone.now())


def answering(session: Session, people: Any) -> None:
    place = factories.PositionFactory(organisation=factories.OrganisationFactory(member=True))
    factories.AttendanceFactory(session=session, organisation=place.organisation)


def scan(session: Session, people: Any) -> None:
    file = validate_upload(makers.upload("feuille.pdf", makers.PDF), allowed={PDF})
    attendance.keep_scan(session=session, file=file, by=people.animator, now=timezone.now())


KEY = "8c7d3a52-1f0e-4b7e-9d4a-6f1a3a1f5f10"
PAGES: dict[str, tuple[str, Grow, str]] = {
    "decisions and actions": ("suites/", decision, "animator"),
    "state": ("etat/", decision, "animator"),
    "record before it goes out": ("releve/diffuser/", decision, "animator"),
    "review, for the animators": ("compte-rendu/relecture/", amendment, "animator"),
    "review, for a member": ("compte-rendu/relecture/", amendment, "member"),
    "end of a review": ("compte-rendu/relecture/conclure/", amendment, "animator"),
    "one message": (f"messages/{KEY}/", recipient, "animator"),
    "writing a message": ("messages/nouveau/", answering, "animator"),
    "materials and proposals": ("supports/", proposal, "animator"),
    "one’s own proposals": ("supports/proposer/", proposal, "member"),
    "agenda": ("ordre-du-jour/", lambda session, people: factories.AgendaItemFactory(session=session), "animator"),
    "attendance": ("presences/", answering, "animator"),
    "sheet to sign": ("presences/feuille/", scan, "animator"),
}


# these show all that will be frozen, part by part; the end of a review also what publishing brings about
MOST = {"review, for the animators": 29, "end of a review": 29}


@pytest.mark.parametrize("name", PAGES)
def test_more_rows_ask_no_more(people, signed_in, assert_constant_queries, name):
    path, grow, role = PAGES[name]
    session = factories.SessionFactory(number=22, items=1)
    assert_constant_queries(
        signed_in(people.role(role)), f"/sessions/22/{path}", lambda: grow(session, people), most=MOST.get(name, 24)
    )
