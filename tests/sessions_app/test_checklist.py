"""Tasks around a session: dealt out from the template, moved with the day, done once, reminded of, waiting at home."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from core import partial_dates, waiting
from core.accounts.models import User
from core.accounts.rights import PermissionRefused
from core.notifications.kinds import kind
from core.notifications.models import Notification
from core.partial_dates.text import full_day
from sessions_app.checklist import registration, schedule, services
from sessions_app.enums import SessionState
from sessions_app.messages import services as services_of_messages
from sessions_app.messages.enums import Recipients
from sessions_app.minutes.review import services as review_services
from sessions_app.models import PreparationTask, Session, TemplateTask
from sessions_app.sessions.services import save_session
from tests import factories

pytestmark = pytest.mark.django_db
OFFSETS = [-30, -21, -7, 2, 10]
DAY = factories.days(60)
INVITES = services_of_messages.Draft(subject="Invitation", body="Venez.", invites=True, recipients=Recipients.ALL)


@pytest.fixture
def session(people):
    return factories.SessionFactory(draft=True, number=24, date=partial_dates.month(DAY.year, DAY.month))


def now():
    return timezone.now()


def give_day(session, people, day, **fields):
    session = Session.objects.get(pk=session.pk)
    session.date = day if day is None or hasattr(day, "lower") else partial_dates.day(day)
    for name, value in fields.items():
        setattr(session, name, value)
    return save_session(session=session, by=people.animator, now=now())


def due_days(session):
    return [task.due for task in PreparationTask.objects.filter(session=session)]


def add(session, people, **fields):
    return services.add(**{"session": session, "by": people.animator, "title": "Imprimer", "now": now(), **fields})


def named(kind):
    return Notification.objects.filter(kind=kind)


# --- from the template -----------------------------------------------------------------------------------------


def test_a_space_begins_with_five_tasks():
    assert list(TemplateTask.objects.values_list("offset", flat=True)) == OFFSETS


def test_a_session_gets_its_tasks_with_its_day_and_not_before(session, people):
    give_day(session, people, session.date, title="Autre titre")
    assert due_days(session) == []
    give_day(session, people, DAY)
    assert due_days(session) == [DAY + dt.timedelta(days=offset) for offset in OFFSETS]
    give_day(session, people, DAY, title="Encore un autre")
    assert len(due_days(session)) == len(OFFSETS)


def test_a_new_session_with_a_day_gets_them_at_once(people):
    blank = Session(number=30, cycle=factories.CycleFactory(), title="Neuve", date=partial_dates.day(DAY))
    assert len(due_days(save_session(session=blank, by=people.animator, now=now()))) == len(OFFSETS)


def test_a_session_of_the_past_gets_none(people):
    past = partial_dates.day(factories.days(-1))
    blank = Session(number=30, cycle=factories.CycleFactory(), title="Passée", date=past)
    assert due_days(save_session(session=blank, by=people.animator, now=now())) == []


def test_a_task_taken_out_stays_out_when_the_session_moves(session, people):
    give_day(session, people, DAY)
    services.remove(task=session.preparation.first(), by=people.animator)
    give_day(session, people, DAY + dt.timedelta(days=3))
    assert len(due_days(session)) == len(OFFSETS) - 1


def test_the_template_is_taken_once_however_often_it_is_asked(session, people):
    give_day(session, people, DAY)
    TemplateTask.objects.create(title="Commander le café", offset=-3)
    taken = [services.take_template(session=session, by=people.animator, now=now()) for _twice in range(2)]
    assert taken == [1, 0]
    first = session.preparation.exclude(template=None).first()
    with pytest.raises(IntegrityError, match="preparation_template_once"), transaction.atomic():
        PreparationTask.objects.create(session=session, template=first.template, title="Deux fois")


# --- moved with the session ------------------------------------------------------------------------------------


def test_undone_tasks_move_with_the_session_and_done_ones_stay(session, people):
    give_day(session, people, DAY)
    room = session.preparation.first()
    services.set_done(task=room, by=people.animator, done=True, now=now())
    own = add(session, people, due=DAY - dt.timedelta(days=2))
    give_day(session, people, DAY + dt.timedelta(days=7))
    room.refresh_from_db()
    own.refresh_from_db()
    assert room.due == DAY - dt.timedelta(days=30)
    assert own.due == DAY + dt.timedelta(days=5)
    assert [task.due for task in session.preparation.filter(done_at=None, template__isnull=False)] == [
        DAY + dt.timedelta(days=7 + offset) for offset in OFFSETS[1:]
    ]


def test_what_was_done_comes_back_at_the_place_of_the_new_day(session, people):
    give_day(session, people, DAY)
    room = session.preparation.first()
    services.set_done(task=room, by=people.animator, done=True, now=now())
    give_day(session, people, DAY + dt.timedelta(days=7))
    assert services.set_done(task=room, by=people.animator, done=False, now=now()).due == DAY - dt.timedelta(days=23)


def test_a_session_put_back_to_a_month_leaves_its_tasks_without_a_date(session, people):
    give_day(session, people, DAY)
    give_day(session, people, partial_dates.month(DAY.year, DAY.month))
    assert due_days(session) == [None] * len(OFFSETS)
    give_day(session, people, DAY)
    assert due_days(session) == [DAY + dt.timedelta(days=offset) for offset in OFFSETS]


def test_a_date_given_before_the_day_is_known_stays(session, people):
    own = add(session, people, due=factories.days(5))
    give_day(session, people, DAY)
    own.refresh_from_db()
    assert (own.due, own.offset) == (factories.days(5), None)


@pytest.mark.parametrize(
    ("offset", "french"), [(-30, "J−30"), (-1, "J−1"), (0, "J"), (2, "J+2"), (10, "J+10")], ids=str
)
def test_the_distance_in_words(offset, french):
    with translation.override("fr"):
        assert str(schedule.offset_label(offset)) == french


# --- who and what ----------------------------------------------------------------------------------------------


def test_who_takes_care_animates(session, people):
    assert set(services.helpers(now())) == {people.animator}
    colleague = factories.PositionFactory(organisation=people.animating, substitute=True).user
    task = add(session, people, assignee=colleague)
    told = named(services.ASSIGNED).get()
    assert (told.recipient, told.values["task"]) == (colleague, "Imprimer")
    with pytest.raises(ValidationError) as refused:
        add(session, people, assignee=people.member)
    assert list(refused.value.message_dict) == ["assignee"]
    services.change(task=task, by=people.animator, title="Imprimer", due=None, assignee=colleague, note="A3", now=now())
    assert named(services.ASSIGNED).count() == 1


def test_nobody_is_told_of_what_he_took_himself(session, people):
    add(session, people, assignee=people.animator)
    assert not named(services.ASSIGNED).exists()


def test_who_left_the_animation_keeps_a_task_until_it_is_given_on(session, people):
    colleague = factories.PositionFactory(organisation=people.animating).user
    task = add(session, people, assignee=colleague)
    colleague.positions.update(period=factories.since(factories.days(-400), factories.days(-1)))
    changed = services.change(
        task=task, by=people.animator, title="Imprimer la carte", due=None, assignee=colleague, note="", now=now()
    )
    assert changed.assignee == colleague


def test_ticked_by_two_people_it_was_done_by_the_first(session, people):
    task = add(session, people)
    colleague = factories.PositionFactory(organisation=people.animating).user
    services.set_done(task=task, by=people.animator, done=True, now=now())
    services.set_done(task=task, by=colleague, done=True, now=now())
    task.refresh_from_db()
    assert task.done_by == people.animator
    undone = services.set_done(task=task, by=colleague, done=False, now=now())
    assert (undone.done_at, undone.done_by) == (None, None)


def test_a_task_farther_than_a_year_is_refused(session, people):
    give_day(session, people, DAY)
    with pytest.raises(ValidationError) as refused:
        add(session, people, due=DAY + dt.timedelta(days=366))
    assert list(refused.value.message_dict) == ["due"]


def test_there_is_an_end_to_tasks(session, people, monkeypatch):
    monkeypatch.setattr(services, "MOST_TASKS", 1)
    add(session, people)
    with pytest.raises(ValidationError):
        add(session, people, title="Une de trop")


@pytest.mark.parametrize("role", ["member", "observer", "former_animator", "funder", "administrator", "outsider"])
def test_only_animators_write(session, people, role):
    task, by = add(session, people), people.role(role)
    for write in (
        lambda: add(session, people, by=by),
        lambda: services.change(task=task, by=by, title="x", due=None, assignee=None, note="", now=now()),
        lambda: services.set_done(task=task, by=by, done=True, now=now()),
        lambda: services.remove(task=task, by=by),
        lambda: services.take_template(session=session, by=by, now=now()),
        lambda: services.save_template(lines=[], removed=list(TemplateTask.objects.all()), by=by),
    ):
        with pytest.raises(PermissionRefused):
            write()
    assert PreparationTask.objects.get() == task


# --- reminded of -----------------------------------------------------------------------------------------------


def at_ten(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))


def test_who_is_in_charge_is_reminded_once_on_the_day(session, people):
    colleague = factories.PositionFactory(organisation=people.animating).user
    add(session, people, due=factories.days(3), assignee=colleague)
    add(session, people, due=factories.days(3), title="À prendre")
    assert services.remind_due(now=at_ten(factories.days(2))) == 0
    assert services.remind_due(now=at_ten(factories.days(3)) - dt.timedelta(hours=4)) == 0  # not at six in the morning
    assert services.remind_due(now=at_ten(factories.days(3))) == 2
    assert services.remind_due(now=at_ten(factories.days(4))) == 0
    told = {(one.values["task"], one.recipient) for one in named(services.DUE)}
    assert told == {("Imprimer", colleague), ("À prendre", colleague), ("À prendre", people.animator)}


def test_a_task_that_moves_is_reminded_of_again(session, people):
    give_day(session, people, DAY)
    day = DAY - dt.timedelta(days=30)
    assert services.remind_due(now=at_ten(day)) == 1
    give_day(session, people, DAY + dt.timedelta(days=1))
    assert services.remind_due(now=at_ten(day)) == 0
    assert services.remind_due(now=at_ten(day + dt.timedelta(days=1))) == 1


@pytest.mark.parametrize("state", [SessionState.CANCELLED, SessionState.CLOSED])
def test_nobody_is_reminded_of_a_session_that_is_no_more(session, people, state):
    add(session, people, due=factories.days(0))
    Session.objects.filter(pk=session.pk).update(state=state, reason="Motif", date=partial_dates.day(DAY))
    assert services.remind_due(now=at_ten(factories.days(1))) == 0
    assert list(registration.tasks_due(people.animator, now())) == []


def test_what_waits_at_home(session, people):
    colleague = factories.PositionFactory(organisation=people.animating).user
    for title, due, assignee in (
        ("En retard, à elle", -2, colleague),
        ("Bientôt, à moi", 3, people.animator),
        ("Bientôt, à personne", 2, None),
        ("Bientôt, à elle", 1, colleague),
        ("Plus tard", 4, people.animator),
        ("Sans date", None, None),
    ):
        add(session, people, title=title, due=due and factories.days(due), assignee=assignee)
    titles = [task.title for task in waiting.tasks(people.animator, now())]
    assert titles == ["En retard, à elle", "Bientôt, à personne", "Bientôt, à moi"]
    assert [task.title for task in registration.tasks_due(people.member, now())] == []
    with translation.override("fr"):
        first = next(registration.tasks_due(people.animator, now()))
    assert "en retard depuis" in first.note
    assert colleague.get_full_name() in first.note


# --- pages -----------------------------------------------------------------------------------------------------


@pytest.fixture
def page(session, people, signed_in):
    give_day(session, people, DAY)
    return SimpleNamespace(
        client=signed_in(people.animator),
        address=reverse("sessions:checklist", args=[24]),
        task=session.preparation.first(),
    )


def test_add_change_tick_and_remove(page, people):
    due = factories.days(10)
    response = page.client.post(
        page.address, {"title": "Imprimer", "due": due.isoformat(), "assignee": people.animator.pk, "note": "A3"}
    )
    own = PreparationTask.objects.get(title="Imprimer")
    assert response["Location"] == f"{page.address}#t{own.pk}"
    assert (own.due, own.assignee, own.note) == (due, people.animator, "A3")
    change = reverse("sessions:task-change", args=[24, own.public_id])
    page.client.post(change, {"title": "Imprimer deux fois", "due": "", "assignee": "", "note": ""})
    own.refresh_from_db()
    assert (own.title, own.due, own.offset, own.assignee) == ("Imprimer deux fois", None, None, None)
    done = reverse("sessions:task-done", args=[24, own.public_id])
    for _twice in range(2):
        page.client.post(done, {"done": "1"})
    own.refresh_from_db()
    assert own.done_by == people.animator
    shown = page.client.get(page.address)
    assert [task.title for task in shown.context["page"].done] == ["Imprimer deux fois"]
    remove = reverse("sessions:task-remove", args=[24, own.public_id])
    assert page.client.post(remove).status_code == 302
    assert page.client.post(remove).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 161),
        ("due", "32/13/2026"),
        ("due", "3000-01-01"),
        ("assignee", "999999"),
        ("note", "x" * 1001),
    ],
)
@pytest.mark.parametrize("where", ["add", "change"])
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(page, where, field, value):
    address = page.address if where == "add" else reverse("sessions:task-change", args=[24, page.task.public_id])
    typed = {"title": "Gardé", "due": "", "assignee": "", "note": "Gardée aussi"} | {field: value}
    response = page.client.post(address, typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "ardé" in response.content.decode()
    page.task.refresh_from_db()
    assert page.task.title == "Réserver la salle et la visioconférence"
    assert PreparationTask.objects.count() == len(OFFSETS)


def test_right_to_left_and_emoji_text_is_kept_and_never_markup(page):
    title = "<b>صالة</b> 🎈"
    page.client.post(page.address, {"title": title})
    assert PreparationTask.objects.filter(title=title).exists()
    assert "&lt;b&gt;صالة&lt;/b&gt; 🎈" in page.client.get(page.address).content.decode()


def test_a_task_of_another_session_is_not_found(page):
    other = factories.SessionFactory(draft=True, number=25)
    task = PreparationTask.objects.create(session=other, title="D’une autre")
    assert page.client.get(reverse("sessions:task-change", args=[24, task.public_id])).status_code == 404
    assert page.client.post(reverse("sessions:task-done", args=[24, task.public_id])).status_code == 404


def test_a_task_removed_while_it_was_changed(page, people, monkeypatch):
    real = services.change

    def meanwhile(**kwargs):
        PreparationTask.objects.filter(pk=kwargs["task"].pk).delete()
        return real(**kwargs)

    monkeypatch.setattr(services, "change", meanwhile)
    response = page.client.post(reverse("sessions:task-change", args=[24, page.task.public_id]), {"title": "x"})
    assert response["Location"] == page.address


def test_more_tasks_ask_no_more_queries(session, people, signed_in, assert_constant_queries):
    colleague = factories.PositionFactory(organisation=people.animating).user

    def one_more():
        task = add(session, people, assignee=colleague)
        services.set_done(task=add(session, people), by=people.animator, done=True, now=now())
        return task

    assert_constant_queries(signed_in(people.animator), reverse("sessions:checklist", args=[24]), one_more)


# --- the template's form ---------------------------------------------------------------------------------------


def template_data(response, **changes):
    forms = response.context["forms"]
    data = {f"form-{name}": forms.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for index, form in enumerate(forms):
        for name in ("id", "title", "days", "side", "note"):
            data[f"form-{index}-{name}"] = form[name].value() or ""
    return {**data, **changes}


def test_the_template_is_changed_and_sessions_keep_what_they_have(page):
    address = reverse("sessions:checklist-template") + "?session=24"
    data = template_data(
        page.client.get(address),
        **{
            "form-0-days": "45",
            "form-1-DELETE": "on",
            "form-5-title": "Remercier",
            "form-5-days": "1",
            "form-5-side": "after",
        },
    )
    assert page.client.post(address, data)["Location"] == page.address
    assert list(TemplateTask.objects.values_list("offset", flat=True)) == [-45, -7, 1, 2, 10]
    assert PreparationTask.objects.count() == len(OFFSETS)
    assert page.client.get(page.address).context["page"].lacks_template
    page.client.post(reverse("sessions:checklist-take-template", args=[24]))
    assert PreparationTask.objects.get(title="Remercier").due == DAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"form-0-title": ""},
        {"form-0-days": "366"},
        {"form-0-days": "-3"},
        {"form-0-side": "x"},
        {"form-5-title": "Réunir les supports des intervenants", "form-5-days": "1", "form-5-side": "after"},
    ],
    ids=str,
)
def test_a_template_that_is_wrong_is_not_saved(page, wrong):
    address = reverse("sessions:checklist-template")
    before = list(TemplateTask.objects.values_list("title", "offset"))
    response = page.client.post(address, template_data(page.client.get(address), **wrong))
    assert response.status_code == 422
    assert list(TemplateTask.objects.values_list("title", "offset")) == before


@pytest.mark.parametrize("came_from", ["", "x", "99999999", "²"])
def test_where_the_template_leads_back_may_be_anything(page, came_from):
    response = page.client.get(reverse("sessions:checklist-template"), {"session": came_from})
    assert (response.status_code, response.context["session"]) == (200, None)


def test_late_is_the_day_after(page, people):
    with time_machine.travel(at_ten(DAY - dt.timedelta(days=30)), tick=False):
        assert page.task.is_late(timezone.localdate()) is False
    assert page.task.is_late(DAY - dt.timedelta(days=29)) is True


def test_accounts_are_only_named_when_they_animate(page):
    names = [label for _value, label in page.client.get(page.address).context["form"].fields["assignee"].choices]
    assert names[1:] == [user.get_full_name() for user in User.objects.filter(email="animator@exemple.example")]


# --- ticked off by what is done --------------------------------------------------------------------------------------


def ticked(session):
    return set(session.preparation.exclude(done_at=None).values_list("ticked_by", "done_by__last_name"))


def test_the_first_template_knows_what_ticks_its_tasks():
    found = TemplateTask.objects.exclude(ticked_by="").order_by("offset").values_list("offset", "ticked_by")
    assert list(found) == [(-21, "invited"), (2, "recorded"), (10, "circulated")]


def test_what_is_done_ticks_its_task_and_no_other(session, people, signed_in):
    """Announced and invited, then the record, the review and the publication: through the pages that do them."""
    for act, offset in (("announced", -20), ("published", 20)):
        TemplateTask.objects.create(title=f"Tâche : {act}", offset=offset, ticked_by=act)
    give_day(session, people, DAY)
    services.add(session=session, by=people.animator, title="À la main", now=now())
    factories.AgendaItemFactory(session=session)
    client = signed_in(people.animator)
    name, done = people.animator.last_name, set()
    assert "Se coche toute seule" in client.get(reverse("sessions:checklist", args=[24])).content.decode()

    def then(*acts):
        done.update((act, name) for act in acts)
        assert ticked(session) == done

    client.post(reverse("sessions:moves", args=[24]), {"move": "annoncer"})
    then("announced")
    session.refresh_from_db()
    services_of_messages.confirm(session=session, draft=INVITES, by=people.animator, now=now())
    then()  # it can still be recalled
    services_of_messages.hand_over_due(now=now() + dt.timedelta(minutes=3))
    then("invited")
    Session.objects.filter(pk=session.pk).update(state=SessionState.HELD, date=partial_dates.day(factories.days(-1)))
    session.refresh_from_db()
    factories.DecisionFactory(session=session, item=session.agenda.get())
    client.post(reverse("sessions:record-release", args=[24]), {"based_on": "0"})
    then("recorded")
    client.post(
        reverse("sessions:minutes-edit", args=[24]) + "?point=1",
        {"body": "Texte.", "text_format": "plain", "rev": "0"},
    )
    client.post(reverse("sessions:circulation-open", args=[24]), {"days": "8"})
    then("circulated")
    review_services.stop(circulation=session.circulations.get(), by=people.animator, reason="Trop tôt.", now=now())
    client.post(reverse("sessions:minutes-publish", args=[24]), {"based_on": "0"})
    then("published")
    assert PreparationTask.objects.get(title="À la main").done_at is None


def test_the_template_says_what_ticks_a_task(page):
    address = reverse("sessions:checklist-template")
    page.client.post(address, template_data(page.client.get(address), **{"form-0-ticked_by": "announced"}))
    assert TemplateTask.objects.get(offset=-30).ticked_by == "announced"


def test_an_overdue_task_is_called_overdue(session, people):
    add(session, people, due=factories.days(-4))
    assert services.remind_due(now=at_ten(factories.days(0))) == 1
    with translation.override("fr"):
        told = kind(services.OVERDUE).title(named(services.OVERDUE).get(recipient=people.animator).values)
        since = full_day(factories.days(-4))
    assert told == f"Une tâche de la 24e séance est en retard depuis le {since}\u00a0: Imprimer"
    assert not named(services.DUE).exists()
