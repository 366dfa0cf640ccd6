"""No page dies with the state of its subject while a link of ours points at it.

Every link of every notification and mail is followed by whom it was sent to, after each later state of its subject: it
answers, or says what became of what it led to (410); never 403 or 404.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from core.notifications.models import Notification, OutboxMessage
from members.models import Organisation
from sessions_app.follow_up import services as follow_up
from sessions_app.minutes import publication, services as minutes
from sessions_app.minutes.review import services as reviews
from sessions_app.models import Circulation, MinutesEntry, Session
from tests import factories
from tests.matrix.scene import build

pytestmark = pytest.mark.django_db
ALIVE = (HTTPStatus.OK, HTTPStatus.GONE, HTTPStatus.ACCEPTED)  # accepted: a file that is still being made


def dead_links(signed_in: Any) -> set[tuple[str, str, int]]:
    """(kind, address, status) of each link that no longer answers the person to whom it was sent."""
    found: dict[tuple[int, str], str] = {}
    people = {}
    for row in Notification.objects.select_related("recipient"):
        found[(row.recipient_id, row.url.partition("#")[0])] = row.kind
        people[row.recipient_id] = row.recipient
    for mail in OutboxMessage.objects.exclude(recipient=None).select_related("recipient"):
        people[mail.recipient_id] = mail.recipient
        for address in re.findall(rf"{re.escape(settings.BASE_URL)}([^\s#]*)", mail.text):
            found[(mail.recipient_id, address or "/")] = mail.kind
    dead = set()
    clients = {key: signed_in(person) for key, person in people.items() if person.is_active}
    for (key, address), kind in sorted(found.items()):
        if key in clients:
            response = clients[key].get(address, follow=True)
            if response.streaming:
                response.getvalue()  # closes the file
            if response.status_code not in ALIVE:
                dead.add((kind, address, response.status_code))
    return dead


@pytest.fixture
def session(people: Any) -> Session:
    """Held, written, with a decision; the member's organisation took part, the former animators' is cited."""
    factories.SpaceFactory()
    session = factories.SessionFactory(number=22, items=2)
    factories.MinutesFactory(session=session, entries="<p>Un texte.</p>")
    MinutesEntry.objects.filter(item=session.agenda.last()).update(body="<p>Selon Le RAMEAU, oui.</p>")
    organisation = Organisation.objects.get(positions__user=people.member)
    factories.AttendanceFactory(session=session, organisation=organisation)
    factories.DecisionFactory(session=session, released_at=None)
    return session


def adopted(session: Session, people: Any) -> Circulation:
    now = timezone.now()
    review = reviews.circulate(session=session, by=people.animator, days=8, now=now)
    asked = [
        reviews.ask(circulation=review, item=item, by=people.member, wish="Autrement", now=now)
        for item in session.agenda.all()
    ]
    reviews.refuse(request=asked[0], by=people.animator, reason="Non", now=now)
    # the accepted request takes the name away by which an organisation was concerned
    reviews.accept(request=asked[1], by=people.animator, body="<p>Oui.</p>", based_on=1, now=now)
    return review


def publish_again(session: Session, people: Any) -> None:
    number = session.versions.count()
    minutes.open_amendment(session=session, by=people.animator, now=timezone.now())
    minutes.publish(session=session, by=people.animator, based_on=number, reason="Un mot", now=timezone.now())


Step = Callable[[Session, Any], Any]
LATER: dict[str, Step] = {
    "withdrawn": lambda session, people: publication.withdraw(
        session=session, by=people.animator, reason="Un nom", now=timezone.now()
    ),
    "corrected": publish_again,
    "restored": lambda session, people: publication.restore(
        document=session.versions.get(number=1), by=people.animator, reason="Vu", now=timezone.now()
    ),
    "replaced": publish_again,
}


def test_links_into_a_review_and_its_minutes_live_through_every_later_state(session, people, signed_in):
    review = adopted(session, people)
    assert dead_links(signed_in) == set()
    Circulation.objects.update(opened_at=timezone.now() - dt.timedelta(days=9), closes_at=timezone.now())
    reviews.adopt(circulation=review, by=people.animator, now=timezone.now())
    assert {row.kind for row in Notification.objects.all()} == {
        "sessions_app.review_opened",
        "sessions_app.request_answered",
        "sessions_app.minutes_published",
    }
    assert dead_links(signed_in) == set()
    for name, step in LATER.items():
        step(session, people)
        assert dead_links(signed_in) == set(), name


def test_links_into_a_review_that_was_stopped_live(session, people, signed_in):
    review = adopted(session, people)
    reviews.stop(circulation=review, by=people.animator, reason="Une page manquait", now=timezone.now())
    assert dead_links(signed_in) == set()
    MinutesEntry.objects.update(body="<p>Plus personne n’est cité.</p>")
    assert dead_links(signed_in) == set()


def test_links_to_a_record_live_when_it_is_withdrawn(session, people, signed_in):
    follow_up.release_record(session=session, by=people.animator, based_on=0, now=timezone.now())
    publication.withdraw(session=session, by=people.animator, reason="Un nom", now=timezone.now())
    assert dead_links(signed_in) == set()


def test_every_link_that_the_scene_of_all_states_has_sent_lives(people, signed_in):
    build(people)
    assert Notification.objects.exists()
    assert dead_links(signed_in) == set()
