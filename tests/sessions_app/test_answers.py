"""Answering an invitation: who may, until when, how organisations stand, pouvoirs and guests, personal links."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core import partial_dates, waiting
from core.accounts import personal_links
from core.accounts.personal_links import PersonalLink
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification
from sessions_app.models import Answer, Guest
from sessions_app.responses import links, services
from sessions_app.responses.by_organisation import counts, responses_by_organisation
from sessions_app.responses.enums import AnswerChoice
from tests import factories

pytestmark = pytest.mark.django_db
YES, MAYBE, NO, REPRESENTED = AnswerChoice.YES, AnswerChoice.MAYBE, AnswerChoice.NO, AnswerChoice.REPRESENTED


@pytest.fixture
def session(people):
    return factories.SessionFactory(announced=True, number=23)


def organisation_of(user):
    return user.positions.get().organisation


def answer(session, user, choice=YES, **kwargs):
    return services.answer(
        session=session, by=user, organisation=organisation_of(user), choice=choice, now=timezone.now(), **kwargs
    )


def response(session, user):
    return responses_by_organisation(Answer.objects.filter(session=session))[organisation_of(user).pk]


def test_an_answer_can_be_changed_and_the_same_again_is_none(session, people):
    first = answer(session, people.member, YES, remotely=True)
    again = answer(session, people.member, YES, remotely=True)
    assert again.answered_at == first.answered_at
    changed = answer(session, people.member, NO, remotely=True)
    assert (changed.pk, changed.choice, changed.remotely) == (first.pk, NO, False)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("member", True),
        ("animator", True),
        ("former_animator", True),
        ("funder", True),
        ("observer", False),
        ("outsider", False),
        ("administrator", False),
    ],
)
def test_representatives_of_members_answer(session, people, role, may):
    user = people.role(role)
    organisation = organisation_of(user) if user.positions.exists() else people.animating
    try:
        services.answer(session=session, by=user, organisation=organisation, choice=YES, now=timezone.now())
    except PermissionRefused:
        assert not may
    else:
        assert may


def test_nobody_answers_for_another_organisation(session, people):
    with pytest.raises(PermissionRefused):
        services.answer(
            session=session, by=people.member, organisation=people.animating, choice=YES, now=timezone.now()
        )


def test_only_animators_record_the_answer_of_somebody_else(session, people):
    def record(by):
        return services.answer(
            session=session,
            by=by,
            person=people.member,
            organisation=organisation_of(people.member),
            choice=MAYBE,
            now=timezone.now(),
        )

    with pytest.raises(PermissionRefused):
        record(people.funder)
    row = record(people.animator)
    assert (row.user, row.recorded_by) == (people.member, people.animator)


@pytest.mark.parametrize("state", ["draft", "held", "closed", "cancelled"])
def test_answers_are_taken_for_announced_sessions_only(people, state):
    session = factories.SessionFactory(state=state, date=partial_dates.day(factories.days(3)), reason="Motif")
    with pytest.raises((services.AnswersClosed, PermissionRefused)):
        answer(session, people.member)


def test_answers_close_when_the_session_begins(session, people):
    before, after = session.starts_at - dt.timedelta(seconds=1), session.starts_at
    assert services.takes_answers(session, before)
    assert not services.takes_answers(session, after)
    with time_machine.travel(after, tick=False), pytest.raises(services.AnswersClosed):
        answer(session, people.member)


def test_a_session_that_moves_asks_for_confirmation(session, people):
    answer(session, people.member)
    assert not list(tasks(people.member))
    session.starts_at += dt.timedelta(days=1)
    session.ends_at += dt.timedelta(days=1)
    session.save()
    assert Answer.objects.select_related("session").get().needs_confirmation
    assert len(tasks(people.member)) == 1
    answer(session, people.member)
    assert not tasks(people.member)


def tasks(user):
    address = reverse("sessions:answer", args=[23])
    fresh = type(user).objects.get(pk=user.pk)
    return [task for task in waiting.tasks(fresh, timezone.now()) if task.url == address]


def test_what_is_not_answered_waits_at_home(session, people, signed_in):
    assert len(tasks(people.member)) == 1
    assert not tasks(people.observer)
    assert reverse("sessions:answer", args=[23]) in signed_in(people.member).get("/").content.decode()


# --- representation ----------------------------------------------------------------------------------------------


def test_a_substitute_is_somebody_of_the_same_organisation(session, people):
    colleague = factories.PositionFactory(organisation=organisation_of(people.member), substitute=True).user
    observer = factories.PositionFactory(organisation=organisation_of(people.member), observer=True).user
    for wrong in (people.funder, observer, people.member):
        with pytest.raises(ValidationError) as error:
            answer(session, people.member, REPRESENTED, substitute=wrong)
        assert "substitute" in error.value.message_dict
    answer(session, people.member, REPRESENTED, substitute=colleague)
    found = response(session, people.member)
    assert (found.choice, found.by_substitute) == (YES, True)
    assert Notification.objects.get(kind="sessions_app.substitute_named").recipient == colleague


def test_represented_says_by_whom(session, people):
    with pytest.raises(ValidationError):
        answer(session, people.member, REPRESENTED)


def test_a_pouvoir_goes_to_another_member_and_both_ends_hear_of_it(session, people):
    holder = organisation_of(people.funder)
    answer(session, people.member, REPRESENTED, holder=holder)
    assert response(session, people.member).choice == REPRESENTED
    told = Notification.objects.get(kind="sessions_app.pouvoir_given")
    assert told.recipient == people.funder
    assert "Atelier" in told.title
    answer(session, people.member, YES)
    assert Notification.objects.get(kind="sessions_app.pouvoir_taken_back").recipient == people.funder


@pytest.mark.parametrize("case", ["self", "no_member", "away", "represented", "holding", "limit", "twice"])
def test_where_a_pouvoir_cannot_go(session, people, case):
    own, other = organisation_of(people.member), organisation_of(people.funder)
    holder = other
    if case == "self":
        holder = own
    elif case == "no_member":
        holder = factories.OrganisationFactory()
    elif case == "away":
        answer(session, people.funder, NO)
    elif case == "represented":
        answer(session, people.funder, REPRESENTED, holder=people.animating)
    elif case == "holding":
        answer(session, people.funder, REPRESENTED, holder=own)
        holder = people.animating
    elif case == "limit":
        for _number in range(services.POUVOIRS_PER_HOLDER):
            answer(session, factories.PositionFactory().user, REPRESENTED, holder=other)
    elif case == "twice":
        colleague = factories.PositionFactory(organisation=own, substitute=True).user
        answer(session, colleague, REPRESENTED, holder=people.animating)
    with pytest.raises(ValidationError) as error:
        answer(session, people.member, REPRESENTED, holder=holder)
    assert "holder" in error.value.message_dict


def test_a_pouvoir_lapses_where_its_holder_does_not_come(session, people):
    answer(session, people.member, REPRESENTED, holder=organisation_of(people.funder))
    answer(session, people.funder, NO)
    found = response(session, people.member)
    assert (found.choice, found.lapsed) == (NO, True)
    assert Notification.objects.get(kind="sessions_app.pouvoir_lapsed").recipient == people.member
    answer(session, people.funder, MAYBE)
    assert response(session, people.member).choice == REPRESENTED


def test_any_colleague_takes_the_pouvoir_back(session, people):
    row = answer(session, people.member, REPRESENTED, holder=organisation_of(people.funder))
    colleague = factories.PositionFactory(organisation=organisation_of(people.member), substitute=True).user
    with pytest.raises(PermissionRefused):
        services.take_back(answer=row, by=people.funder, now=timezone.now())
    services.take_back(answer=row, by=colleague, now=timezone.now())
    services.take_back(answer=row, by=colleague, now=timezone.now())
    assert not Answer.objects.exists()
    assert Notification.objects.filter(kind="sessions_app.pouvoir_taken_back").count() == 1


def test_an_organisation_comes_as_soon_as_one_of_its_people_does(session, people):
    colleague = factories.PositionFactory(organisation=organisation_of(people.member), substitute=True).user
    answer(session, people.member, NO)
    answer(session, colleague, YES, remotely=True)
    found = response(session, people.member)
    assert (found.choice, found.remotely, len(found.answers)) == (YES, True, 2)
    assert counts(responses_by_organisation(Answer.objects.all())) == {YES: 1, MAYBE: 0, NO: 0, REPRESENTED: 0}


# --- guests ------------------------------------------------------------------------------------------------------


def test_guests_are_announced_up_to_a_limit_and_once(session, people):
    def bring(name):
        return services.add_guest(
            session=session,
            by=people.member,
            organisation=organisation_of(people.member),
            name=name,
            function="Chercheuse",
            now=timezone.now(),
        )

    guest = bring(" Jeanne Invitée ")
    assert guest.name == "Jeanne Invitée"
    with pytest.raises(ValidationError):
        bring("Jeanne Invitée")
    for number in range(services.GUESTS_PER_ORGANISATION - 1):
        bring(f"Invité {number}")
    with pytest.raises(ValidationError):
        bring("Un de trop")
    with pytest.raises(PermissionRefused):
        services.remove_guest(guest=guest, by=people.funder, now=timezone.now())


# --- pages -------------------------------------------------------------------------------------------------------


def test_the_session_page_takes_an_answer_in_one_click(session, people, signed_in):
    client = signed_in(people.member)
    key = organisation_of(people.member).pk
    page = client.get(reverse("sessions:session", args=[23])).content.decode()
    assert f'name="org{key}-choice" value="yes"' in page
    response = client.post(reverse("sessions:answer", args=[23]), {"organisation": key, f"org{key}-choice": "maybe"})
    assert response.status_code == 302
    assert Answer.objects.get().choice == MAYBE


def test_a_refused_pouvoir_is_told_at_its_field_and_nothing_typed_is_lost(session, people, signed_in):
    answer(session, people.funder, NO)
    key, holder = organisation_of(people.member).pk, organisation_of(people.funder).pk
    data = {"organisation": key, f"org{key}-choice": "represented", f"org{key}-represented_by": f"o{holder}"}
    response = signed_in(people.member).post(reverse("sessions:answer", args=[23]), data)
    assert response.status_code == 422
    form = response.context["seats"][0].form
    assert list(form.errors) == ["represented_by"]
    assert f'value="o{holder}" selected' in response.content.decode()


@pytest.mark.parametrize("wrong", ["", "p0", "o999999", "x"])
def test_a_forged_representative_is_refused(session, people, signed_in, wrong):
    key = organisation_of(people.member).pk
    data = {"organisation": key, f"org{key}-choice": "represented", f"org{key}-represented_by": wrong}
    assert signed_in(people.member).post(reverse("sessions:answer", args=[23]), data).status_code == 422
    assert not Answer.objects.exists()


def test_an_answer_after_the_start_is_told_as_closed(session, people, signed_in):
    key = organisation_of(people.member).pk
    session.starts_at, session.ends_at = timezone.now() - dt.timedelta(minutes=1), None
    session.save()
    response = signed_in(people.member).post(
        reverse("sessions:answer", args=[23]), {"organisation": key, f"org{key}-choice": "yes"}
    )
    assert response.status_code == 409
    assert not Answer.objects.exists()


def test_the_animators_list_is_a_table_and_a_file(session, people, signed_in):
    answer(session, people.member, REPRESENTED, holder=organisation_of(people.funder))
    client = signed_in(people.animator)
    response = client.get(reverse("sessions:answers", args=[23]))
    assert response.context["silent"] == 3
    text = b"".join(client.get(reverse("sessions:answers", args=[23]) + "?format=csv").streaming_content).decode()
    line = next(line for line in text.splitlines() if line.startswith("Atelier"))
    assert "Fonds ODD 17" in line
    place = people.funder.positions.get()
    client.post(reverse("sessions:answers", args=[23]), {"person": place.pk, "choice": "yes"})
    assert Answer.objects.get(user=people.funder).recorded_by == people.animator


def test_pages_ask_the_same_number_of_queries(session, people, signed_in, assert_constant_queries):
    def add():
        answer(session, factories.PositionFactory().user, YES)

    assert_constant_queries(signed_in(people.animator), reverse("sessions:answers", args=[23]), add)
    assert_constant_queries(signed_in(people.member), reverse("sessions:answer", args=[23]), add)


# --- personal links ----------------------------------------------------------------------------------------------


def link_for(session, user):
    return re.sub(r"^https?://[^/]+", "", links.issue(session=session, user=user, now=timezone.now()))


def test_a_personal_link_answers_without_signing_in_and_reading_it_changes_nothing(session, people, client):
    address = link_for(session, people.member)
    key = organisation_of(people.member).pk
    for method in (client.get, client.head, client.get):
        assert method(address).status_code == 200
    assert not Answer.objects.exists()
    assert PersonalLink.objects.get().used_at is None
    page = client.get(address).content.decode()
    assert "Atelier des communs ruraux" in page
    for _twice in range(2):
        response = client.post(address, {"organisation": key, f"org{key}-choice": "yes"})
        assert response.status_code == 200
    assert Answer.objects.get().user == people.member
    assert PersonalLink.objects.get().used_at is not None
    assert "_auth_user_id" not in client.session


def test_this_is_not_me_switches_the_link_off(session, people, client):
    address = link_for(session, people.member)
    other = link_for(session, people.funder)
    assert client.get(address + "pas-moi/").status_code == 405
    for _twice in range(2):
        assert client.post(address + "pas-moi/").status_code == 200
    assert client.get(address).status_code == 410
    assert client.get(other).status_code == 200
    assert not Answer.objects.exists()


@pytest.mark.parametrize("case", ["forged", "other scope", "position ended", "begun", "cancelled", "closed account"])
def test_links_that_lead_nowhere(session, people, client, case):
    address = link_for(session, people.member)
    if case == "forged":
        address = reverse("sessions:answer-by-link", args=["x" * 43])
    elif case == "other scope":
        token = personal_links.issue(
            user=people.member,
            scope="governance.ballot",
            about=("session", session.public_id),
            expires_at=factories.moment(5),
            now=timezone.now(),
        )
        address = reverse("sessions:answer-by-link", args=[token])
    elif case == "position ended":
        people.member.positions.update(period=factories.since(factories.days(-100), factories.days(0)))
    elif case == "begun":
        type(session).objects.update(starts_at=factories.moment(-0.1), ends_at=None)
    elif case == "cancelled":
        type(session).objects.update(state="cancelled", reason="Motif")
    elif case == "closed account":
        type(people.member).objects.filter(pk=people.member.pk).update(is_active=False)
    key = organisation_of(people.member).pk
    assert client.get(address).status_code == 410
    assert client.post(address, {"organisation": key, f"org{key}-choice": "yes"}).status_code == 410
    assert not Answer.objects.exists()


def test_a_link_does_not_answer_for_others(session, people, client):
    address = link_for(session, people.member)
    key = organisation_of(people.funder).pk
    assert client.post(address, {"organisation": key, f"org{key}-choice": "yes"}).status_code == 422
    assert not Answer.objects.exists()


def test_guests_by_page(session, people, signed_in):
    client, key = signed_in(people.member), organisation_of(people.member).pk
    add = reverse("sessions:guest-add", args=[23])
    assert client.post(add, {"organisation": key, f"guest{key}-name": ""}).status_code == 422
    assert client.post(add, {"organisation": key, f"guest{key}-name": "Jeanne"}).status_code == 302
    guest = Guest.objects.get()
    remove = reverse("sessions:guest-remove", args=[23, guest.public_id])
    assert signed_in(people.funder).post(remove).status_code == 403
    assert client.post(remove).status_code == 302
    assert not Guest.objects.exists()
