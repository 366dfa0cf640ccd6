"""The review shows exactly what will be frozen, and nothing else is adopted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from core.notifications.models import Notification
from members.models import Organisation
from sessions_app.follow_up import services as follow_up
from sessions_app.minutes import snapshot
from sessions_app.minutes.review import services
from sessions_app.models import Attendance, Circulation, Decision, Session, Speaker
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/sessions/22/compte-rendu/relecture/"


@pytest.fixture
def session(people: Any) -> Session:
    """The member's organisation took part, the former animators' is cited in the second item."""
    session = factories.SessionFactory(number=22)
    first = factories.AgendaItemFactory(session=session)
    second = factories.AgendaItemFactory(session=session)
    factories.MinutesFactory(session=session, entries="<p>Un texte.</p>")
    second.entry.body = "<p>Selon Le RAMEAU, oui.</p>"
    second.entry.save()
    organisation = Organisation.objects.get(positions__user=people.member)
    row = factories.AttendanceFactory(session=session, organisation=organisation)
    factories.AttendeeFactory(attendance=row, user=None, name="Paule Présente")
    Speaker.objects.create(item=first, guest_name="Gaston Invité", came=True)
    decision = factories.DecisionFactory(session=session, item=first, text="Acheter une presse", released_at=None)
    factories.ActionItemFactory(session=session, text="Choisir la presse", decision=decision, released_at=None)
    factories.MaterialFactory(session=session, title="Devis de la presse")
    return session


@pytest.fixture
def review(session: Session, people: Any) -> Circulation:
    return services.circulate(session=session, by=people.animator, days=8, now=timezone.now())


def the_period_is_over() -> None:
    now = timezone.now()
    Circulation.objects.update(opened_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(minutes=1))


def test_those_who_took_part_read_all_that_is_frozen_and_the_cited_their_passage(review, people, signed_in):
    page = signed_in(people.member).get(PAGE).content.decode()
    for shown in ("Un texte.", "Acheter une presse", "Choisir la presse", "Paule Présente", "Devis de la presse"):
        assert shown in page
    assert "<b>Invités présents</b>" in page
    cited = signed_in(people.former_animator).get(PAGE).content.decode()
    for hidden in ("Un texte.", "Acheter une presse", "Choisir la presse", "Paule Présente", "Devis de la presse"):
        assert hidden not in cited


def test_what_was_shown_is_what_is_adopted(review, session, people):
    shown = review.shown
    asked = services.ask(
        circulation=review, item=session.agenda.first(), by=people.member, wish="Mieux", now=timezone.now()
    )
    services.accept(request=asked, by=people.animator, body="<p>Mieux.</p>", based_on=1, now=timezone.now())
    follow_up.set_status(row=Decision.objects.get(), status="done", by=people.animator, now=timezone.now())
    the_period_is_over()
    review.refresh_from_db()
    assert {part for part in shown if shown[part] != review.shown[part]} == {"agenda"}
    version = services.adopt(circulation=review, by=people.animator, now=timezone.now())
    assert snapshot.hashes_of(version.snapshot) == review.shown


CHANGES = {
    "décisions": lambda session, people: Decision.objects.update(text="Vendre la presse"),
    "présences": lambda session, people: Attendance.objects.update(presence="excused"),
    "invités": lambda session, people: Speaker.objects.update(came=False),
    "supports": lambda session, people: factories.MaterialFactory(session=session, title="Un autre devis"),
    "ordre du jour et textes": lambda session, people: session.agenda.filter(position=1).update(title="Autrement"),
    "titre, date et lieu de la session": lambda session, people: Session.objects.update(title="Autre"),
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_change_after_circulation_is_shown_again_before_it_is_adopted(review, session, people, signed_in, part):
    CHANGES[part](session, people)
    the_period_is_over()
    animator, end = signed_in(people.animator), f"{PAGE}conclure/"
    assert f"que les relecteurs l’ont vu\u00a0: {part}. Ce qui" in animator.get(end).content.decode()
    refused = animator.post(end, {"issue": "adopter"})
    assert (refused.status_code, f"{part}." in refused.content.decode()) == (422, True)
    assert not session.versions.exists()
    assert animator.post(end, {"issue": "remontrer", "days": "3"}).status_code == 302
    told = Notification.objects.filter(kind="sessions_app.review_changed").values_list("recipient", flat=True)
    assert (people.member.pk in told) == (part != "présences")  # who no longer took part is not concerned
    review.refresh_from_db()
    assert review.closes_at > timezone.now()
    the_period_is_over()
    assert animator.post(end, {"issue": "adopter"}).status_code == 302
    assert snapshot.hashes_of(session.versions.get().snapshot) == review.shown
