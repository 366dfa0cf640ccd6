"""Guests on their way: from the agenda or an answer to the sheet, the attendance, the minutes, their snapshot and the report."""

from __future__ import annotations

import pytest
from django.utils import timezone

from core import partial_dates
from sessions_app.attendance.guests import guests_of
from sessions_app.attendance.signing import SigningSheet
from sessions_app.documents import content
from sessions_app.enums import Presence
from sessions_app.minutes import services as minutes
from sessions_app.minutes.publication import public_form
from sessions_app.minutes.snapshot import people_in, resolve_names
from sessions_app.models import Answer, Attendance, Guest, Speaker
from sessions_app.responses.enums import AnswerChoice
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/sessions/22/presences/"


@pytest.fixture
def session(people):
    factories.SpaceFactory()
    return factories.SessionFactory(number=22, date=partial_dates.day(factories.days(-1)), items=2)


@pytest.fixture
def client(people, signed_in):
    return signed_in(people.animator)


@pytest.fixture
def guests(session, people):
    """One announced, one speaking twice, one announced who speaks as well."""
    first, second = session.agenda.all()
    for name in ("Ada Loin", "Zoé Proche"):
        Guest.objects.create(
            session=session, organisation=people.animating, name=name, added_by=people.animator, added_at=timezone.now()
        )
    for item, name in ((first, "Paul Parle"), (second, "PAUL PARLE"), (second, "Zoe Proche")):
        Speaker.objects.create(item=item, guest_name=name)
    return {guest.name: guest.key for guest in guests_of(session)}


def test_each_guest_is_one_line_of_the_form_and_of_the_sheet(session, client, guests, people):
    assert list(guests) == ["Ada Loin", "Zoé Proche", "Paul Parle"]
    page = client.get(PAGE).content.decode()
    assert page.count('name="guests"') == 3
    assert [guest.name for guest in SigningSheet().context(session)["guests"]] == list(guests)


def test_a_tick_says_who_was_there_and_another_form_takes_it_back(session, client, guests):
    answer = client.post(f"{PAGE}invites/", {"guests": [guests["Ada Loin"], guests["Paul Parle"]]})
    assert answer["Location"] == f"{PAGE}#invites"
    assert [guest.name for guest in guests_of(session) if guest.came] == ["Ada Loin", "Paul Parle"]
    saved = client.post(f"{PAGE}invites/", {"guests": guests["Paul Parle"]}, HTTP_HX_REQUEST="true")
    assert "Enregistré" in saved.content.decode()
    assert [guest.name for guest in guests_of(session) if guest.came] == ["Paul Parle"]
    wrong = client.post(f"{PAGE}invites/", {"guests": "g999999"}, HTTP_HX_REQUEST="true")
    assert wrong.status_code == 422
    assert "rechargez la page" in wrong.content.decode()


def test_who_was_there_stands_in_the_minutes_and_the_report_and_never_in_public(session, client, guests, people):
    client.post(f"{PAGE}invites/", {"guests": [guests["Zoé Proche"], guests["Paul Parle"]]})
    factories.MinutesFactory(session=session)
    version = minutes.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    names = resolve_names(people_in(version.snapshot))
    printed = content.context(version.snapshot, names, content_sha256=version.content_sha256)
    assert printed["guests"] == [("Zoé Proche", people.animating.name), ("Paul Parle", "")]
    assert "Paul Parle" not in str(version.snapshot)  # people are named by their row alone
    page = client.get("/sessions/22/compte-rendu/").content.decode().replace("\xa0", " ")
    assert "Invités présents" in page
    assert f"Zoé Proche ({people.animating.name}), Paul Parle" in page
    assert "guests" not in public_form(version.snapshot)


def test_without_guests_a_snapshot_keeps_its_shape(session, people, guests):
    factories.MinutesFactory(session=session)
    version = minutes.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    assert "guests" not in version.snapshot


def test_all_others_were_absent_but_for_what_they_answered(session, client, people):
    excused, present, silent = (factories.MembershipFactory().organisation for _ in range(3))
    person = factories.PositionFactory(organisation=excused).user
    Answer.objects.create(
        session=session,
        organisation=excused,
        user=person,
        choice=AnswerChoice.NO,
        recorded_by=person,
        answered_at=timezone.now(),
    )
    assert "Toutes les autres" not in client.get(PAGE).content.decode()  # nothing is recorded yet: nobody is "other"
    Attendance.objects.create(session=session, organisation=present, presence=Presence.ON_SITE)
    before = client.get(PAGE)
    others = before.context["sheet"].tally.unrecorded
    assert f"Toutes les autres : absentes ({others})" in before.content.decode().replace("\xa0", " ")
    assert client.post(f"{PAGE}absentes/").status_code == 302
    found = {row.organisation_id: row.presence for row in Attendance.objects.filter(session=session)}
    assert (found[excused.pk], found[present.pk], found[silent.pk]) == ("excused", "onsite", "absent")
    assert client.get(PAGE).context["sheet"].tally.unrecorded == 0


def test_the_rate_stays_in_sight_on_a_desk(people, browsing):
    """More sessions than fit: names at the left and rates at the right stay where they are."""
    organisation = people.animator.positions.first().organisation
    for number in range(1, 41):
        session = factories.SessionFactory(number=number, date=partial_dates.day(factories.days(-200 + number)))
        Attendance.objects.create(session=session, organisation=organisation, presence=Presence.ON_SITE)
    page = browsing.open(people.animator)
    page.goto("/sessions/assiduite/")
    scroll = page.locator(".att-scroll")
    frame = scroll.bounding_box()
    for left in (0, 10_000):
        scroll.evaluate("(element, left) => { element.scrollLeft = left; }", left)
        rate, name = (page.locator(".att tbody tr").first.locator(one).bounding_box() for one in (".rate", "th"))
        assert rate["x"] + rate["width"] <= frame["x"] + frame["width"] + 1
        assert name["x"] >= frame["x"] - 1
