"""Evaluating by the link of a mail: for who was there and cannot open the portal; what it leaves, and when it ends."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import User
from core.accounts.personal_links import PersonalLink
from core.accounts.rights import allows
from core.notifications.models import Notification, OutboxMessage
from sessions_app.evaluations import links, services
from sessions_app.models import Attendee, Evaluation, EvaluationAnswer
from tests import factories

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


@pytest.fixture
def session(people):
    """The member has signed in; the funder never did; a guest was there by name and has no position today."""
    factories.SpaceFactory()
    session = factories.SessionFactory(number=22)
    for user in (people.member, people.funder):
        factories.AttendanceFactory(session=session, organisation=user.positions.get().organisation)
    User.objects.filter(pk=people.member.pk).update(last_login=now())
    User.objects.filter(pk=people.funder.pk).update(last_login=None)
    return session


@pytest.fixture
def guest(session):
    """Was there, has signed in before, and has left."""
    user = factories.UserFactory(last_login=now())
    factories.AttendeeFactory(attendance=session.attendance.first(), user=user)
    return user


@pytest.fixture
def evaluation(session, guest, people):
    return services.open_evaluation(session=session, by=people.animator, closes_at=factories.moment(10), now=now())


@pytest.fixture
def link(evaluation, guest):
    mail = OutboxMessage.objects.get(kind=links.SCOPE, recipient=guest)
    return re.search(r"/evaluation/[\w-]+/", mail.text)[0]


def test_who_cannot_open_the_portal_gets_a_link_and_nobody_else(evaluation, people, guest):
    mailed = OutboxMessage.objects.filter(kind=links.SCOPE)
    assert {mail.recipient for mail in mailed} == {people.funder, guest}
    assert {link.user for link in PersonalLink.objects.filter(scope=links.SCOPE)} == {people.funder, guest}
    assert {told.recipient for told in Notification.objects.filter(kind=services.OPENED)} == {people.member}


def test_following_a_link_changes_nothing_until_somebody_presses_the_button(client, link):
    for ask in (client.get, client.head, client.get):
        assert ask(link, headers={"purpose": "prefetch"}).status_code == 200
    assert not EvaluationAnswer.objects.exists()
    assert client.get(link).text.partition("<main")[2].count('class="btn btn-primary" type="submit"') == 1
    for _twice in range(2):
        response = client.post(link, {"mark_1": "4", "words": "Un avis sans nom"})
        assert (response.status_code, response.context["is_recorded"]) == (200, True)
    assert [row.marks for row in EvaluationAnswer.objects.all()] == [[4, None, None, None]]


def test_an_answer_by_link_is_as_anonymous_as_any(client, link):
    before = list(PersonalLink.objects.order_by("pk").values())
    client.post(link, {"mark_1": "2", "words": "Un avis sans nom"})
    assert list(PersonalLink.objects.order_by("pk").values()) == before  # not even that it was used
    page = client.get(link)
    assert page.context["has_answered"] is True
    assert "Un avis sans nom" not in page.content.decode()
    assert page.context["form"]["mark_1"].value() == ""


@pytest.mark.parametrize("data", [{}, {"mark_1": "6", "words": "Texte gardé"}], ids=str)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, link, data):
    response = client.post(link, data)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert data.get("words", "") in response.content.decode()
    assert not EvaluationAnswer.objects.exists()


@pytest.mark.parametrize(
    "why", ["forged", "revoked", "not there", "closed", "by hand", "other scope", "account closed"]
)
def test_a_link_that_does_not_hold(evaluation, people, guest, client, link, why):
    if why == "forged":
        link = link.replace("/evaluation/", "/evaluation/x")
    elif why == "revoked":
        for _twice in range(2):
            assert client.post(link + "pas-moi/").status_code == 200
    elif why == "not there":
        Attendee.objects.filter(user=guest).delete()
    elif why == "closed":
        Evaluation.objects.update(opened_at=factories.moment(-9), closes_at=factories.moment(-1))
    elif why == "by hand":
        services.close(evaluation=evaluation, by=people.animator, now=now())
        assert PersonalLink.objects.filter(scope=links.SCOPE, revoked_at=None).count() == 0
    elif why == "other scope":
        PersonalLink.objects.update(scope="sessions_app.answer")
    else:
        User.objects.filter(pk=guest.pk).update(is_active=False)
    assert client.get(link).status_code == 410
    assert client.post(link, {"mark_1": "4"}).status_code == 410
    assert not EvaluationAnswer.objects.exists()


def test_the_link_opens_nothing_else(evaluation, client, link):
    client.get(link)
    assert client.get(reverse("sessions:evaluate", args=[22])).status_code == 302
    assert client.get(reverse("sessions:session", args=[22])).status_code == 302


def test_a_visitor_evaluates_nothing(evaluation, client):
    evaluation.session.attendance.first().people.create(name="Une invitée sans compte")
    assert not allows(AnonymousUser(), services.EVALUATE, evaluation)
