"""Calendars and feeds, read by icalendar's neighbour vobject: what stands in them, for whom, and by which key."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
import vobject
from django.urls import reverse
from django.utils import timezone

from core import partial_dates
from sessions_app.models import FeedKey, Session
from sessions_app.responses.enums import AnswerChoice
from sessions_app.responses.services import answer, take_back as take_answer_back
from sessions_app.sessions import services, transitions
from sessions_app.sessions.transitions import Move
from tests import factories

pytestmark = pytest.mark.django_db
PAGE, FEED, ATOM = (reverse(f"sessions:{name}") for name in ("calendar", "calendar-feed", "atom"))
NAMESPACE = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def session(people):
    factories.SpaceFactory()
    start = dt.datetime(2027, 3, 28, 0, 30, tzinfo=dt.UTC)  # half past one; at two the clocks go forward to three
    return factories.SessionFactory(
        announced=True,
        number=23,
        title="Été : « lire, relier » ; et 🌱",
        date=partial_dates.day(dt.date(2027, 3, 28)),
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        video_link="https://visio.example/23",
        items=1,
    )


def events(response):
    """UID → event, as vobject reads them."""
    assert response["Content-Type"].startswith("text/calendar")
    calendar = vobject.readOne(response.content.decode())
    return {event.uid.value: event for event in calendar.vevent_list} if "vevent" in calendar.contents else {}


def utc(line):
    return line.value.astimezone(dt.UTC)


def one(client, session):
    return next(iter(events(client.get(reverse("sessions:calendar-one", args=[session.number]))).values()))


def test_one_session_with_its_zone_alarm_and_link(session, people, signed_in):
    response = signed_in(people.member).get(reverse("sessions:calendar-one", args=[23]))
    calendar = vobject.readOne(response.content.decode())
    assert calendar.vtimezone.tzid.value == "Europe/Paris"
    event = calendar.vevent
    assert event.uid.value == f"session-{session.public_id}"
    assert event.dtstart.value.utcoffset() == dt.timedelta(hours=1)
    assert event.dtend.value.utcoffset() == dt.timedelta(hours=2)
    assert utc(event.dtend) - utc(event.dtstart) == dt.timedelta(hours=2)
    assert event.summary.value.endswith(session.title)
    assert event.status.value == "CONFIRMED"
    assert event.url.value.endswith("/sessions/23/")
    assert "https://visio.example/23" in event.description.value
    assert event.location.value == "Paris"
    assert event.valarm.action.value == "DISPLAY"
    assert event.valarm.trigger.value == dt.timedelta(days=-1)
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75


def test_every_change_raises_the_sequence_and_keeps_the_uid(session, people, signed_in):
    client = signed_in(people.member)
    before = one(client, session)
    session.starts_at += dt.timedelta(days=7)
    session.ends_at += dt.timedelta(days=7)
    session.date = partial_dates.day(dt.date(2027, 4, 4))
    services.save_session(session=session, by=people.animator, now=timezone.now())
    after = one(client, session)
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert utc(after.dtstart) - utc(before.dtstart) == dt.timedelta(days=7)
    assert after.dtstart.value.hour == 2  # the clocks went forward in between
    transitions.move(session=session, move=Move.CANCEL, by=people.animator, now=timezone.now(), reason="Salle fermée.")
    cancelled = one(client, session)
    assert cancelled.status.value == "CANCELLED"
    assert int(cancelled.sequence.value) > int(after.sequence.value)
    assert "Salle fermée." in cancelled.description.value
    assert not hasattr(cancelled, "valarm")


def test_whatever_it_shows_moves_sequence_and_stamp(people, signed_in):
    """A calendar program keeps the entry it has where SEQUENCE and DTSTAMP stay."""
    factories.SpaceFactory()
    session = factories.SessionFactory(announced=True, number=24, ends_at=None, items=2)
    client, organisation = signed_in(people.member), people.member.positions.get().organisation

    def lengthen():
        items = [(item, None) for item in session.agenda.all()]
        items[0][0].minutes_long += 30
        services.save_agenda(session=session, items=items, by=people.animator, now=timezone.now())

    def shorten():
        first, last = session.agenda.all()
        services.save_agenda(
            session=session, items=[(first, None)], removed=[last], by=people.animator, now=timezone.now()
        )

    def rename_the_cycle():
        session.cycle.theme = "Un autre thème"
        session.cycle.save()

    def say_yes():
        answer(
            session=session, by=people.member, organisation=organisation, choice=AnswerChoice.YES, now=timezone.now()
        )

    def take_back():
        take_answer_back(answer=session.answers.get(), by=people.member, now=timezone.now())

    before = one(client, session)
    for change, shown in (
        (lengthen, "dtend"),
        (shorten, "dtend"),
        (rename_the_cycle, "categories"),
        (say_yes, "attendee"),
        (take_back, "attendee"),
    ):
        change()
        after = one(client, session)
        assert getattr(after, shown).serialize() != getattr(before, shown).serialize()
        assert int(after.sequence.value) > int(before.sequence.value), change.__name__
        assert utc(after.dtstamp) >= utc(before.dtstamp), change.__name__
        assert utc(after.last_modified) == utc(after.dtstamp)
        before = after


@pytest.mark.parametrize(
    ("choice", "partstat"),
    [(AnswerChoice.YES, "ACCEPTED"), (AnswerChoice.MAYBE, "TENTATIVE"), (AnswerChoice.NO, "DECLINED")],
)
def test_ones_own_answer_stands_in_it(session, people, signed_in, choice, partstat):
    client = signed_in(people.member)
    assert one(client, session).attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]
    organisation = people.member.positions.get().organisation
    answer(session=session, by=people.member, organisation=organisation, choice=choice, now=timezone.now())
    event = one(client, session)
    assert event.attendee.params["PARTSTAT"] == [partstat]
    assert hasattr(event, "valarm") is (choice != AnswerChoice.NO)
    assert one(signed_in(people.funder), session).attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]


def test_a_day_without_an_hour_is_a_whole_day(people, signed_in):
    session = factories.SessionFactory(announced=True, starts_at=None, ends_at=None)
    event = one(signed_in(people.member), session)
    assert event.dtstart.value == session.date.lower
    assert event.dtend.value == session.date.lower + dt.timedelta(days=1)


def test_an_end_that_nobody_set_follows_from_the_agenda(people, signed_in):
    session = factories.SessionFactory(announced=True, ends_at=None, items=3)
    event = one(signed_in(people.member), session)
    assert event.dtend.value - event.dtstart.value == dt.timedelta(minutes=45)


def test_a_session_known_to_the_month_has_none(session, people, signed_in):
    vague = factories.SessionFactory(number=21, date=partial_dates.month(2024, 11))
    client = signed_in(people.member)
    assert client.get(reverse("sessions:calendar-one", args=[21])).status_code == 404
    assert f"session-{vague.public_id}" not in events(client.get(FEED))


def test_drafts_are_in_no_feed_not_even_the_animators(session, people, signed_in):
    draft = factories.SessionFactory(draft=True, number=24, title="Secrète", date=partial_dates.day(factories.days(9)))
    client = signed_in(people.animator)
    assert client.get(reverse("sessions:calendar-one", args=[24])).status_code == 404
    assert f"session-{draft.public_id}" not in events(client.get(FEED))
    assert "Secrète" not in client.get(ATOM).content.decode()


def key_of(client):
    return urlsplit(client.post(PAGE).context["addresses"]["https"]).query


def test_a_key_opens_the_feeds_to_a_program_and_can_be_renewed(session, people, signed_in, client):
    owner = signed_in(people.member)
    query = key_of(owner)
    assert query.partition("=")[2] not in FeedKey.objects.get().key_hash
    for address in (FEED, ATOM, reverse("sessions:calendar-one", args=[23])):
        assert client.get(f"{address}?{query}").status_code == 200
        assert client.get(address).status_code == 302
        assert client.get(f"{address}?jeton=faux").status_code == 404
        assert client.get(f"{address}?jeton=").status_code == 404
    assert query.partition("=")[2] not in owner.get(PAGE).content.decode()
    renewed = key_of(owner)
    assert client.get(f"{FEED}?{query}").status_code == 404
    assert client.get(f"{FEED}?{renewed}").status_code == 200
    owner.post(PAGE, {"couper": "1"})
    assert client.get(f"{FEED}?{renewed}").status_code == 404


def test_a_key_reads_only_what_its_owner_may_read_today(session, people, signed_in, client):
    query = key_of(signed_in(people.member))
    people.member.positions.update(period=factories.since(factories.days(-100), factories.days(0)))
    assert client.get(f"{FEED}?{query}").status_code == 403
    people.member.is_active = False
    people.member.save()
    assert client.get(f"{FEED}?{query}").status_code == 404


def test_an_unchanged_calendar_is_not_sent_again(session, people, signed_in):
    client = signed_in(people.member)
    first = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_atom_feed_tells_sessions_and_published_minutes(session, people, signed_in):
    held = factories.SessionFactory(number=20, items=1)
    factories.MinutesFactory(session=held)
    version = factories.MinutesVersionFactory(session=held, author=people.animator, organisation=people.animating)
    root = ET.fromstring(signed_in(people.member).get(ATOM).content)
    found = {entry.findtext(f"{NAMESPACE}id") for entry in root.iter(f"{NAMESPACE}entry")}
    assert found == {f"urn:uuid:{one.public_id}" for one in (session, held, version)}
    updated = [entry.findtext(f"{NAMESPACE}updated") for entry in root.iter(f"{NAMESPACE}entry")]
    assert updated == sorted(updated, reverse=True)


def test_feeds_ask_the_same_number_of_queries(session, people, signed_in, assert_constant_queries):
    def add():
        factories.SessionFactory(date=partial_dates.day(dt.date(2024, 4, 18)), number=100 + Session.objects.count())

    for address in (FEED, ATOM):
        assert_constant_queries(signed_in(people.member), address, add)
