"""The home page of each role."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from core import partial_dates, waiting
from core.notifications import outbox
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from funding.models import Instalment
from governance.models import SpaceEvent
from portal import home
from tests import factories
from tests.matrix import scene as matrix
from tests.support.queries import counted

pytestmark = pytest.mark.django_db


def page(client):
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def announced():
    return factories.SessionFactory(announced=True, number=23, title="Des besoins aux engagements")


def test_a_visitor_learns_what_the_space_is_and_nothing_confidential(client, people, announced):
    factories.SpaceFactory()
    factories.SessionFactory(number=22)
    SpaceEvent.objects.create(kind="birth", date=partial_dates.season("summer", 2020), title="Décision de continuer")
    shown = page(client)
    assert "Espace d’articulation des ingénieries" in shown
    assert "Décision de continuer" in shown
    assert 'href="/contact/"' in shown
    assert announced.title not in shown
    assert "/sessions/" not in shown


def test_figures_come_from_the_records(people):
    scheme_runner = factories.OrganisationFactory(member=True, with_scheme=True)
    factories.OrganisationFactory(with_scheme=True)  # no member
    held = factories.SessionFactory()
    factories.DecisionFactory(session=held)
    draft = factories.SessionFactory()
    factories.DecisionFactory(session=draft)
    factories.SessionFactory(announced=True)
    factories.MinutesVersionFactory(session=held, organisation=people.animating)
    members = home.members(timezone.now())
    figures = home.figures(members)
    assert scheme_runner.pk in {pk for pk, _runs in members.rows}
    assert (figures.members, figures.with_scheme) == (5, 1)
    assert (figures.held, figures.decisions, figures.decisions_open) == (2, 1, 1)


def test_somebody_without_a_place_in_the_space_learns_why(people, signed_in, announced):
    shown = page(signed_in(people.outsider))
    assert "alert-warning" in shown
    assert announced.title not in shown


@pytest.mark.parametrize("role", ["member", "animator", "administrator", "funder"])
def test_people_of_the_space_see_what_comes_next(people, signed_in, announced, role):
    session = factories.SessionFactory(number=21, title="Cofinancer")
    factories.MinutesVersionFactory(session=session, organisation=people.animating)
    shown = page(signed_in(people.role(role)))
    assert announced.title in shown
    assert "Cofinancer" in shown


def test_only_animators_are_asked_to_write_minutes(people, signed_in):
    factories.SessionFactory(number=22)
    assert "/sessions/22/compte-rendu/modifier/" in page(signed_in(people.animator))
    assert "/sessions/22/compte-rendu/modifier/" not in page(signed_in(people.member))


def test_without_an_announced_session_the_page_says_so(people, signed_in):
    factories.SessionFactory(draft=True, title="En préparation", date=None)
    assert "En préparation" not in page(signed_in(people.member))


def test_the_next_session_is_the_first_that_is_not_over():
    now = timezone.now()
    day = timezone.localdate()

    def announce(number, date, starts=None, ends=None):
        factories.SessionFactory(announced=True, number=number, date=date, starts_at=starts, ends_at=ends)

    announce(1, partial_dates.day(day), now - dt.timedelta(hours=3), now - dt.timedelta(hours=1))
    announce(2, partial_dates.day(day - dt.timedelta(days=1)))
    announce(4, partial_dates.day(day + dt.timedelta(days=20)))
    announce(3, partial_dates.day(day), now - dt.timedelta(hours=1), now + dt.timedelta(hours=1))
    assert home.next_session(now).number == 3


def test_latest_minutes_are_those_in_force(people):
    for number in (19, 20, 21, 22):
        session = factories.SessionFactory(number=number)
        factories.MinutesVersionFactory(session=session, published_at=factories.moment(number - 30))
    amended = factories.SessionFactory._meta.model.objects.get(number=19)
    factories.MinutesVersionFactory(session=amended, published_at=factories.moment(-1))
    found = home.latest_minutes()
    assert [(version.session.number, version.number) for version in found] == [(19, 2), (22, 1), (21, 1)]


def test_the_round_marks_the_own_organisation(people):
    figure = home.seats(home.members(timezone.now()), people.member)
    assert figure.number == 4
    assert sum(seat.css == "s-m" for seat in figure.seats) == 1


@pytest.mark.parametrize("role", ["visitor", "member", "animator", "administrator"])
def test_queries_are_few_and_do_not_grow(people, signed_in, announced, role):
    def fill():
        session = factories.SessionFactory()
        factories.DecisionFactory(session=session)
        factories.MinutesVersionFactory(session=session, organisation=people.animating)

    factories.SpaceFactory()  # a portal has its row, which each process keeps
    client = signed_in(people.role(role))
    fill()
    page(client)
    with counted() as one:
        page(client)
    fill()
    fill()
    with counted() as three:
        page(client)
    assert len(three) == len(one) <= 20


def test_what_is_overdue_stands_first_and_is_called_overdue(people, signed_in):
    """Payments and reports that are late stand above a survey that still runs."""
    scene = matrix.build(people)
    line = scene.other["funding"]["report"].line
    Instalment.objects.create(
        line=line, number=9, due_on=dt.date(2025, 2, 1), called_on=dt.date(2025, 1, 15), amount=Decimal(10)
    )

    response = signed_in(people.funder).get("/")
    groups = response.context["waiting"]
    tasks = [group.first for group in groups]
    titles = [str(task.title) for task in tasks]

    overdue = [task.is_overdue for task in tasks]
    assert overdue == sorted(overdue, reverse=True)
    assert titles[:2] == ["1 appel de fonds à verser", "1 bilan à recevoir"]
    assert all(earlier.due <= later.due for earlier, later in pairwise(tasks[: sum(overdue)]))
    under = [task for group in groups for task in group.others]
    shown = sum(overdue) + sum(task.is_overdue for task in under)
    assert response.content.decode().count('class="state state-no"') == shown >= 2


def test_tasks_of_one_kind_stand_together(people, signed_in):
    """Three invitations are one thing that waits: the soonest is told, the others unfold under it."""
    for number in (31, 32, 33):
        factories.SessionFactory(announced=True, number=number, date=partial_dates.day(factories.days(number)))
    response = signed_in(people.member).get("/")
    (group,) = [each for each in response.context["waiting"] if "invitation" in str(each.first.title)]
    assert [task.url for task in (group.first, *group.others)] == [
        reverse("sessions:answer", args=[number]) for number in (31, 32, 33)
    ]
    page = response.content.decode()
    assert "2 autres du même genre" in page
    assert page.count('class="todo-others"') == 1
    for task in group.others:
        assert f'<a href="{task.url}">' in page
    assert group.first.due < group.others[0].due < group.others[1].due


def test_mails_that_failed_and_mails_that_may_not_have_left_are_two_things(people, signed_in):
    for state in (MailState.FAILED, MailState.UNCERTAIN):
        put = outbox.put(EmailMessage("Objet", "Texte", to=["a@exemple.example"]), now=timezone.now())
        OutboxMessage.objects.filter(pk=put.pk).update(state=state)
    groups = signed_in(people.administrator).get("/").context["waiting"]
    assert [(str(group.first.title), group.others) for group in groups] == [
        ("1 courriel a été refusé", []),
        ("1 courriel n’est peut-être pas parti", []),
    ]


@pytest.mark.parametrize("role", ["observer", "member", "former_animator", "funder", "animator", "administrator"])
def test_every_waiting_thing_of_every_role_has_a_day(people, role):
    matrix.build(people)
    now = timezone.now()
    tasks = waiting.tasks(people.role(role), now)
    assert all(isinstance(task.due, dt.datetime) for task in tasks)
    assert [task.is_overdue for task in tasks] == [task.is_deadline and task.due < now for task in tasks]
    assert tasks == sorted(tasks, key=lambda task: (not task.is_overdue, task.due))
