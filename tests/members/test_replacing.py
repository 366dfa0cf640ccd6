"""Somebody leaves and another person takes over, sent as people send it; what lies ahead passes, history stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.notifications.models import Notification, OutboxMessage
from core.partial_dates import day, month
from members.models import Position
from sessions_app.enums import FollowUp
from sessions_app.models import ActionItem, Answer, Attendee, PreparationTask, Speaker
from sessions_app.responses.enums import AnswerChoice
from tests import factories
from tests.factories import PositionFactory, SessionFactory, UserFactory
from tests.support.forms import form_to

pytestmark = pytest.mark.django_db


def page_of(position: Position) -> str:
    return f"/membres/personnes/{position.user.public_id}/fonctions/{position.public_id}/remplacer/"


def see(client: Client, position: Position, **typed: Any) -> Any:
    """The form filled in and sent: what would pass over."""
    address = page_of(position)
    typed = {name: value.pk if isinstance(value, User) else value for name, value in typed.items()}
    return client.post(address, {**form_to(client.get(address), address).data, **typed})


def confirm(client: Client, position: Position, **typed: Any) -> Any:
    """Both steps: the second sends what the preview's own form holds."""
    address = page_of(position)
    seen = see(client, position, **typed)
    assert seen.status_code == 200, seen.context["form"].errors
    sent = form_to(seen, address).data
    assert sent["confirmed"] == ["1"]
    return client.post(address, sent)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {field: [plain(str(error)) for error in found] for field, found in response.context["form"].errors.items()}


def answer(position: Position, session: Any, choice: AnswerChoice = AnswerChoice.YES, **values: Any) -> Answer:
    row = Answer(
        session=session,
        organisation=position.organisation,
        user=position.user,
        choice=choice,
        meeting_at=session.starts_at,
        recorded_by=position.user,
        answered_at=timezone.now(),
        **values,
    )
    row.full_clean()
    row.save()
    return row


@pytest.mark.parametrize("role", ["member", "animator", "administrator"])
def test_everything_ahead_passes_and_history_stays(people, signed_in, leaver, successor, role):
    here, coming, past = leaver.organisation, SessionFactory(announced=True), SessionFactory()
    given = answer(leaver, coming)
    open_action = factories.ActionItemFactory(
        session=past, responsible=here, person=people.member, released_at=timezone.now()
    )
    done = factories.ActionItemFactory(session=past, responsible=here, person=people.member, status=FollowUp.DONE)
    talk = Speaker.objects.create(item=factories.AgendaItemFactory(session=coming), user=people.member)
    talked = Speaker.objects.create(item=factories.AgendaItemFactory(session=past), user=people.member)
    there = Attendee.objects.create(
        attendance=factories.AttendanceFactory(session=past, organisation=here), user=people.member
    )
    here.internal_contact = f"{people.member.get_full_name().upper()}, 01 02 03 04 05"
    here.save()

    client = signed_in(people.role(role))
    seen = see(client, leaver, person=successor)
    assert [(str(line.text), line.count) for line in seen.context["lines"]] == [
        ("1 réponse à une session à venir", 1),
        ("1 action en cours", 1),
        ("1 intervention à une session à venir", 1),
        ("Le contact pour les animateurs nomme la personne qui part", 1),
    ]
    assert "Bruno Keller, 01 02 03 04 05" in plain(seen.text)
    assert "Qui était présent l’était." in plain(seen.text)
    assert Answer.objects.get(pk=given.pk).user == people.member  # a preview writes nothing

    response = confirm(client, leaver, person=successor)
    assert (response.status_code, response["Location"]) == (302, f"/membres/{here.slug}/#people")
    for row in (given, open_action, done, talk, talked, there, here, leaver):
        row.refresh_from_db()
    assert (given.user, given.choice) == (successor, AnswerChoice.YES)
    assert (given.recorded_by, open_action.person, talk.user) == (people.member, successor, successor)
    assert (done.person, talked.user, there.user) == (people.member, people.member, people.member)
    assert here.internal_contact == "Bruno Keller, 01 02 03 04 05"
    assert leaver.last_day == timezone.localdate()
    held = Position.objects.get(user=successor, organisation=here, period__endswith=None)
    assert (held.role, held.period.lower) == ("representative", timezone.localdate())
    before = Position.objects.get(user=successor, organisation=here, period__endswith__isnull=False)
    assert (before.role, before.period.upper) == ("substitute", timezone.localdate())
    page = client.get(response["Location"]).text
    assert "Bruno Keller prend la suite de" in page
    assert "Transmis : 1 réponse à une session à venir · 1 action en cours" in plain(page)


def test_a_leaver_who_replaces_himself_yesterday_is_led_home(people, signed_in, leaver, successor):
    yesterday = (timezone.localdate() - dt.timedelta(days=1)).strftime("%d/%m/%Y")
    response = confirm(signed_in(people.member), leaver, person=successor, ended_on=yesterday)
    assert (response.status_code, response["Location"]) == (302, "/")
    leaver.refresh_from_db()
    assert leaver.period.upper == timezone.localdate()


def test_both_are_told_each_in_the_own_language(people, signed_in, leaver, successor):
    User.objects.filter(pk=successor.pk).update(language="en")
    confirm(signed_in(people.animator), leaver, person=successor, ended_on="novembre 2026")
    subjects = dict(OutboxMessage.objects.values_list("recipient", "subject"))
    assert subjects[successor.pk].startswith("You take over at Atelier des communs ruraux")
    assert subjects[people.member.pk].startswith("Votre fonction pour Atelier des communs ruraux prend fin (")
    told = Notification.objects.filter(kind__in=["members.takes_over", "members.handed_over"])
    assert {row.recipient for row in told} == {successor, people.member}
    leaver.refresh_from_db()
    assert leaver.ended_on == month(2026, 11)


def test_somebody_new_is_entered_and_invited_in_the_same_act(people, signed_in, leaver):
    """By a representative, too, who looks after nobody else."""
    client = signed_in(people.member)
    typed = {"email": "Anne@Exemple.example", "first_name": "Anne", "last_name": "Le Goff"}
    seen = see(client, leaver, **typed)
    assert "Une nouvelle personne, inscrite et invitée à l’adresse anne@exemple.example." in plain(seen.text)
    assert not User.objects.filter(email="anne@exemple.example").exists()
    assert confirm(client, leaver, **typed).status_code == 302
    made = User.objects.get(email="anne@exemple.example")
    assert made.positions.get().role == "representative"
    assert made.invitations.get().invited_by == people.member
    assert OutboxMessage.objects.filter(recipient=made, kind="members.invitation").count() == 1


def test_a_known_address_means_the_person_who_has_it(people, signed_in, leaver):
    known = PositionFactory(user=UserFactory(email="b@exemple.example", last_name="Connue", signs_in=True)).user
    seen = see(signed_in(people.animator), leaver, email="B@exemple.example")
    elsewhere = known.positions.get().organisation.label
    assert seen.context["preview"].successor == known
    assert f"est aussi en fonction pour {elsewhere} et agira pour les deux." in plain(seen.text)


def test_a_title_that_is_typed_is_kept_and_the_one_before_stays(people, signed_in, leaver, successor):
    """Of somebody who represents the organisation already."""
    held = successor.positions.get()
    Position.objects.filter(pk=held.pk).update(role="representative", title="Chargé de mission")
    confirm(signed_in(people.animator), leaver, person=successor, title="Directeur")
    found = successor.positions.order_by("period").values_list("role", "title", "period__endswith")
    assert list(found) == [
        ("representative", "Chargé de mission", timezone.localdate()),
        ("representative", "Directeur", None),
    ]


def test_without_a_title_the_present_position_goes_on(people, signed_in, leaver, successor):
    Position.objects.filter(user=successor).update(role="representative", title="Chargé de mission")
    confirm(signed_in(people.animator), leaver, person=successor, title="")
    assert successor.positions.get().title == "Chargé de mission"


def test_an_end_that_is_set_stands_or_comes_sooner(people, signed_in, leaver, successor):
    """The page proposes it, and who is replaced, by himself too, gains no day by it."""
    end = timezone.localdate() + dt.timedelta(days=20)
    leaver.set_dates(leaver.since, day(end))
    leaver.save()
    client = signed_in(people.member)
    assert errors(see(client, leaver, person=successor, ended_on="2040")) == {
        "ended_on": ["La fin de cette fonction est fixée : indiquez ce jour-là ou un jour plus tôt."]
    }
    confirm(client, leaver, person=successor)
    leaver.refresh_from_db()
    assert leaver.last_day == end


def test_a_name_is_changed_where_it_stands_whole(people, signed_in, leaver, successor):
    User.objects.filter(pk=people.member.pk).update(first_name="Paul", last_name="Martin", email="paul@lien.example")
    here = leaver.organisation
    here.internal_contact = (
        "Jean-Paul Martin, Paul Martinez, paul martin, jpaul@lien.example, paul@lien.example.org, paul@lien.example."
    )
    here.save()
    confirm(signed_in(people.animator), leaver, person=successor)
    here.refresh_from_db()
    assert here.internal_contact == (
        f"Jean-Paul Martin, Paul Martinez, Bruno Keller, jpaul@lien.example, paul@lien.example.org, {successor.email}."
    )


def test_a_representative_chooses_among_the_own_people(people, signed_in, leaver, successor):
    choices = signed_in(people.member).get(page_of(leaver)).context["form"].fields["person"].queryset
    assert list(choices) == [successor]
    assert people.funder in signed_in(people.animator).get(page_of(leaver)).context["form"].fields["person"].queryset


def test_what_cannot_be_is_said_at_its_field(people, signed_in, leaver, successor):
    client = signed_in(people.animator)
    assert errors(see(client, leaver)) == {
        "person": ["Choisissez une personne, ou écrivez l’adresse de quelqu’un d’autre."]
    }
    assert errors(see(client, leaver, email=people.member.email)) == {
        "person": ["La personne qui part est remplacée par quelqu’un d’autre."]
    }
    assert errors(see(client, leaver, email="neu@exemple.example")) == {
        "first_name": ["Personne n’est connu sous cette adresse : écrivez aussi le prénom et le nom."]
    }
    assert errors(see(client, leaver, person=successor, email="x@exemple.example")) == {
        "email": ["Choisissez une personne ou écrivez une adresse, l’un des deux."]
    }
    assert errors(see(client, leaver, person=successor, began_on="2030")) == {
        "began_on": [
            (
                "Tout ce qui est à venir est transmis aussitôt : la suite est prise aujourd’hui ou plus tôt. "
                "Si c’est pour plus tard, revenez ce jour-là."
            )
        ]
    }
    assert errors(see(client, leaver, person=successor, ended_on="2001")) == {
        "ended_on": ["La fonction de la personne qui part a commencé plus tard."]
    }
    assert errors(see(client, leaver, person=successor, role="observer")) == {
        "role": ["Qui parle pour l’organisation est remplacé par un·e représentant·e ou un·e suppléant·e."]
    }
    assert errors(see(client, leaver, person=successor, role="substitute")) == {
        "role": ["Personne d’autre ne représente l’organisation : qui prend la suite en est représentant·e."]
    }


def test_of_a_closed_account_nobody_takes_over(people, signed_in, leaver):
    UserFactory(email="ferme@exemple.example", is_active=False)
    (sentence,) = errors(see(signed_in(people.animator), leaver, email="ferme@exemple.example"))["person"]
    assert sentence == "Ce compte est fermé."


def test_a_position_that_has_ended_replaces_nobody(people, signed_in):
    former = PositionFactory(ended=True)
    response = signed_in(people.animator).get(page_of(former))
    assert response.status_code == 409
    assert "Cette fonction a déjà pris fin : il n’y a personne à remplacer." in plain(response.text)


def test_the_last_administrator_who_leaves_is_spoken_of(people, signed_in, successor):
    position = PositionFactory(user=people.administrator, organisation=successor.positions.get().organisation)
    seen = see(signed_in(people.animator), position, person=successor)
    assert "est seul·e à administrer le portail et le reste" in plain(seen.text)
    UserFactory(signs_in=True, administrator=True, last_login=timezone.now())
    seen = see(signed_in(people.animator), position, person=successor)
    assert "administre le portail et continuera" in plain(seen.text)


def test_the_successors_own_answer_stands(people, signed_in, leaver, successor):
    session = SessionFactory(announced=True)
    answer(leaver, session, AnswerChoice.NO)
    own = answer(successor.positions.get(), session)
    confirm(signed_in(people.animator), leaver, person=successor)
    assert list(Answer.objects.filter(session=session)) == [own]


def test_the_pouvoir_of_the_organisation_stands(people, signed_in, leaver, successor):
    session = SessionFactory(announced=True)
    pouvoir = answer(leaver, session, AnswerChoice.REPRESENTED, holder=people.animating)
    answer(successor.positions.get(), session, AnswerChoice.MAYBE)
    confirm(signed_in(people.animator), leaver, person=successor)
    (row,) = Answer.objects.filter(session=session)
    assert (row.pk, row.user, row.holder) == (pouvoir.pk, successor, people.animating)


def test_whom_the_leaver_stood_in_for_is_represented_by_the_successor(people, signed_in, leaver, successor):
    session, other_session = SessionFactory(announced=True), SessionFactory(announced=True)
    colleague = PositionFactory(organisation=leaver.organisation)
    first = answer(colleague, session, AnswerChoice.REPRESENTED, substitute=people.member)
    swapped = answer(leaver, other_session, AnswerChoice.REPRESENTED, substitute=successor)
    confirm(signed_in(people.animator), leaver, person=successor)
    first.refresh_from_db()
    swapped.refresh_from_db()
    assert first.substitute == successor
    assert (swapped.user, swapped.choice, swapped.substitute) == (successor, AnswerChoice.YES, None)


def test_tasks_pass_among_those_who_animate(people, signed_in):
    position = people.animator.positions.get()
    colleague = PositionFactory(organisation=people.animating, substitute=True).user
    session = SessionFactory(announced=True)
    open_one, done = (
        PreparationTask.objects.create(session=session, title=title, assignee=people.animator)
        for title in ("Réserver la salle", "Écrire")
    )
    PreparationTask.objects.filter(pk=done.pk).update(done_at=timezone.now(), done_by=people.animator)
    confirm(signed_in(people.administrator), position, person=colleague)
    assert PreparationTask.objects.get(pk=open_one.pk).assignee == colleague
    assert PreparationTask.objects.get(pk=done.pk).assignee == people.animator


def test_who_keeps_another_position_keeps_what_is_of_there(people, signed_in, leaver, successor):
    elsewhere = PositionFactory(user=people.member).organisation
    session = SessionFactory()
    here, there = (
        factories.ActionItemFactory(session=session, responsible=organisation, person=people.member)
        for organisation in (leaver.organisation, elsewhere)
    )
    nowhere = factories.ActionItemFactory(session=session, responsible=None, person=people.member)
    seen = see(signed_in(people.animator), leaver, person=successor)
    assert "garde une autre fonction : seul ce qui relève de cette organisation est transmis." in plain(seen.text)
    confirm(signed_in(people.animator), leaver, person=successor)
    owners = [ActionItem.objects.get(pk=row.pk).person for row in (here, there, nowhere)]
    assert owners == [successor, people.member, people.member]


@pytest.mark.parametrize("role", ["outsider", "observer", "former_animator", "funder"])
def test_others_may_not(people, signed_in, leaver, successor, role):
    client = signed_in(people.role(role))
    assert client.get(page_of(leaver)).status_code == 403
    refused = client.post(page_of(leaver), {"person": successor.pk, "confirmed": "1"})
    assert refused.status_code == 403
    leaver.refresh_from_db()
    assert leaver.period.upper is None


def test_sent_twice_it_is_done_once(people, signed_in, leaver, successor):
    client = signed_in(people.animator)
    sent = form_to(see(client, leaver, person=successor), page_of(leaver)).data
    assert client.post(page_of(leaver), sent).status_code == 302
    assert client.post(page_of(leaver), sent).status_code == 302
    assert Position.objects.filter(user=successor, period__endswith=None).count() == 1
