"""What changes in an announced session is told once, some minutes later, with what was and what is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from core import partial_dates
from core.notifications import services as services_of_notifications
from core.notifications.enums import Delivery
from core.notifications.models import Notification, OutboxMessage
from sessions_app.models import Session, SessionChange
from sessions_app.sessions import changes, services
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(people):
    factories.SpaceFactory()
    start = dt.datetime(2031, 3, 12, 13, tzinfo=dt.UTC)
    return factories.SessionFactory(
        announced=True,
        number=23,
        title="Mesurer autrement",
        date=partial_dates.day(dt.date(2031, 3, 12)),
        starts_at=start,
        ends_at=start + dt.timedelta(hours=3),
        place="Paris",
        items=2,
    )


@pytest.fixture
def client(people, signed_in):
    return signed_in(people.animator)


def edit(client, session, **typed):
    facts = {
        "number": session.number,
        "cycle": session.cycle_id,
        "title": "Mesurer autrement",
        "date": "12 mars 2031",
        "start": "14:00",
        "end": "17:00",
        "format": session.format,
        "mode": session.mode,
        "place": "Paris",
    }
    response = client.post(f"/sessions/{session.number}/modifier/", {**facts, **typed})
    assert response.status_code == 302, response.context["form"].errors


def later(minutes=11):
    return timezone.now() + dt.timedelta(minutes=minutes)


def lines():
    """What each person is told: the set has one element where all are told the same."""
    return {tuple(row.lines) for row in Notification.objects.all()}


def test_four_edits_are_one_mail_to_each_with_what_was_and_what_is(session, people, client):
    edit(client, session, place="Lyon")
    edit(client, session, place="Lyon, salle 2")
    edit(client, session, place="Lyon, salle 2", start="14:30")
    edit(client, session, place="Lyon, salle 2", start="14:30", video_link="https://visio.example/23")
    assert not Notification.objects.exists()
    assert changes.notify_due(now=later(9)) == 0
    assert changes.notify_due(now=later()) == 1
    assert changes.notify_due(now=later()) == 0
    told = {people.member, people.former_animator, people.funder}
    assert {row.recipient for row in Notification.objects.all()} == told
    assert Notification.objects.count() == OutboxMessage.objects.count() == len(told)
    assert {row.kind for row in Notification.objects.all()} == {"sessions_app.moved"}
    day, end = "12 mars 2031", "17\u00a0h\u00a000"
    assert lines() == {
        (
            f"Date et heure\u00a0: {day}, 14\u00a0h\u00a000 – {end} → {day}, 14\u00a0h\u00a030 – {end}",
            "Lieu\u00a0: Paris → Lyon, salle 2",
            "Lien de visioconférence\u00a0: non précisé → https://visio.example/23",
        )
    }
    for mail in OutboxMessage.objects.all():
        assert "Lieu\u00a0: Paris → Lyon, salle 2" in mail.text
        assert "Lieu\u00a0: Paris → Lyon, salle 2" in mail.html


def test_the_page_shows_them(session, people, client, signed_in):
    edit(client, session, place="Lyon")
    changes.notify_due(now=later())
    page = signed_in(people.member).get("/notifications/").content.decode()
    assert "Paris → Lyon" in page


def test_title_and_agenda_are_told_and_may_wait_for_the_digest(session, people, client):
    edit(client, session, title="Mesurer ensemble")
    first, last = session.agenda.all()
    new = session.agenda.model(title="Un invité", minutes_long=20)
    services.save_agenda(
        session=session, items=[(first, None), (new, None)], removed=[last], by=people.animator, now=timezone.now()
    )
    changes.notify_due(now=later())
    assert {row.kind for row in Notification.objects.all()} == {"sessions_app.changed"}
    assert lines() == {
        (
            "Titre\u00a0: Mesurer autrement → Mesurer ensemble",
            "Ajouté à l’ordre du jour\u00a0: Un invité",
            f"Retiré de l’ordre du jour\u00a0: {last.title}",
        )
    }


def test_what_is_changed_back_is_not_told(session, client):
    edit(client, session, place="Lyon")
    edit(client, session)
    assert changes.notify_due(now=later()) == 0
    assert not Notification.objects.exists()
    assert not SessionChange.objects.exists()


def test_shortly_before_the_session_it_goes_out_after_two_minutes(people, client):
    start = timezone.now() + dt.timedelta(hours=70)
    local = timezone.localtime(start)
    session = factories.SessionFactory(
        announced=True, number=24, date=partial_dates.day(local.date()), starts_at=start, ends_at=None, place="Paris"
    )
    session.place = "Lyon"
    services.save_session(session=session, by=people.animator, now=timezone.now())
    assert changes.notify_due(now=later(1)) == 0
    assert changes.notify_due(now=later(3)) == 1


def test_a_cancellation_says_why_at_once_and_stands_for_all_before(session, people, client):
    edit(client, session, place="Lyon")
    response = client.post("/sessions/23/etat/", {"move": "annuler", "reason": "La salle est inondée."})
    assert response.status_code == 302
    assert {row.kind for row in Notification.objects.all()} == {"sessions_app.cancelled"}
    assert lines() == {("Motif\u00a0: La salle est inondée.",)}
    assert "La salle est inondée." in OutboxMessage.objects.first().text
    assert changes.notify_due(now=later()) == 0
    assert not SessionChange.objects.exists()


def test_nobody_hears_of_a_draft(people, client):
    session = factories.SessionFactory(draft=True, number=25, items=1)
    edit(client, session, place="Lyon")
    assert not SessionChange.objects.exists()


def test_notifications_kept_from_before_have_no_lines(session, people):
    for kind in ("moved", "cancelled"):
        row = Notification(kind=f"sessions_app.{kind}", values={"number": 23, "date": None, "title": "x"})
        assert row.lines == []
        assert row.title
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "mails"),
    [
        (2, 1),  # within 72 hours
        (5, 1),  # the weekly mail would come when it is over: Wednesday to Monday
        (20, 0),
    ],
)
def test_what_is_told_of_a_session_that_is_near_waits_for_no_weekly_mail(
    session, people, signed_in, time_machine, days, mails
):
    now = dt.datetime(2031, 3, 12, 13, tzinfo=dt.UTC) - dt.timedelta(days=days)
    time_machine.move_to(now if days != 5 else dt.datetime(2031, 3, 4, 13, tzinfo=dt.UTC))
    if days == 5:  # from a Tuesday to the Sunday before the next mail
        start = dt.datetime(2031, 3, 9, 13, tzinfo=dt.UTC)
        Session.objects.filter(pk=session.pk).update(
            date=partial_dates.day(dt.date(2031, 3, 9)), starts_at=start, ends_at=start + dt.timedelta(hours=3)
        )
    for person in (people.member, people.observer):
        services_of_notifications.prefer(
            user=person,
            kind="sessions_app.changed",
            delivery=Delivery.WEEKLY if person == people.member else Delivery.NEVER,
        )
    edit(
        signed_in(people.animator), session, title="Mesurer ensemble", **({"date": "9 mars 2031"} if days == 5 else {})
    )
    changes.notify_due(now=later())
    told = Notification.objects.get(recipient=people.member)
    assert (told.kind, told.awaits_digest) == ("sessions_app.changed", not mails)
    assert OutboxMessage.objects.filter(recipient=people.member).count() == mails
    assert not OutboxMessage.objects.filter(recipient=people.observer).exists()  # who wants none gets none
    assert not Notification.objects.filter(recipient=people.animator).exists()  # who did it is not told
