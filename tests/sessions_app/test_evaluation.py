"""Evaluating a session: who may, once and changeable, and above all that nobody can tell who thought what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pghistory.models import Context

from core import waiting
from core.accounts.models import User
from core.accounts.rights import PermissionRefused, allows
from core.charts import geometry
from core.notifications.models import Notification, OutboxMessage
from sessions_app.enums import Presence
from sessions_app.evaluations import links, page as evaluations_page, services
from sessions_app.evaluations.respondent_key import respondent_key
from sessions_app.evaluations.results import Rating, summed
from sessions_app.models import Evaluation, EvaluationAnswer, EvaluationQuestion
from tests import factories

MARKS = [5, 4, 3, None]


# --- pure: results ---------------------------------------------------------------------------------------------


def test_sums_and_texts_in_alphabetical_order():
    given = [([5, 1, None, 3], "Zoé a raison"), ([5, 2, None, 3], ""), ([4, 2, None, 1], "Écouter plus")]
    assert summed(given) == {
        "answers": 3,
        "marks": [[0, 0, 0, 1, 2], [1, 2, 0, 0, 0], [0, 0, 0, 0, 0], [1, 0, 2, 0, 0]],
        "words": ["Écouter plus", "Zoé a raison"],
    }
    assert summed(given[::-1]) == summed(given)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_fewer_than_three_leave_nothing_but_their_number(number):
    assert summed([([1, 1, 1, 1], "Un secret")] * number) == {"answers": number, "marks": [], "words": []}


@pytest.mark.parametrize(("counts", "mean"), [([0] * 5, None), ([1, 0, 0, 0, 0], 1), ([1, 0, 0, 0, 3], 4)])
def test_the_mean(counts, mean):
    assert Rating(counts).mean == mean


@pytest.mark.parametrize(("largest", "top"), [(0, 4), (3, 4), (5, 8), (9, 12), (51, 60), (101, 200), (2500, 4000)])
def test_an_axis_has_whole_numbers_at_every_step(largest, top):
    assert geometry.nice_top(largest) == top
    assert top % 4 == 0


# --- opening ---------------------------------------------------------------------------------------------------

db = pytest.mark.django_db


def now():
    return timezone.now()


def organisation_of(user):
    return user.positions.get().organisation


@pytest.fixture
def session(people):
    """The member's and the funder's organisations were there, the former animator's was represented."""
    factories.SpaceFactory()
    session = factories.SessionFactory(number=22)
    for user in (people.member, people.funder):
        factories.AttendanceFactory(session=session, organisation=organisation_of(user))
    factories.AttendanceFactory(
        session=session,
        organisation=people.formerly_animating,
        presence=Presence.REPRESENTED,
        represented_by=organisation_of(people.member),
    )
    return session


def open_evaluation(session, people, *, by=None, closes=10):
    return services.open_evaluation(
        session=session, by=by or people.animator, closes_at=factories.moment(closes), now=now()
    )


@pytest.fixture
def evaluation(session, people):
    return open_evaluation(session, people)


def answer(evaluation, user, marks=MARKS, words="", at=None):
    services.answer(evaluation=evaluation, by=user, marks=marks, words=words, now=at or now())


def crowd(evaluation, number):
    """As many people of an organisation that was there."""
    organisation = evaluation.session.attendance.first().organisation
    return [factories.PositionFactory(organisation=organisation).user for _ in range(number)]


@db
def test_those_who_were_there_are_asked(session, people):
    guest = factories.PositionFactory(organisation=people.animating).user  # present for another organisation
    factories.AttendeeFactory(attendance=session.attendance.first(), user=guest)
    User.objects.filter(pk=people.member.pk).update(last_login=now())
    evaluation = open_evaluation(session, people)
    told = {one.recipient for one in Notification.objects.filter(kind=services.OPENED)}
    assert told == {people.member}
    told |= {mail.recipient for mail in OutboxMessage.objects.filter(kind=links.SCOPE)}
    assert told == {people.member, people.funder, guest}
    assert {user for user in told | {people.animator} if allows(user, services.EVALUATE, evaluation)} == told


@db
def test_questions_are_frozen_when_it_opens(evaluation, people):
    asked = list(EvaluationQuestion.objects.values_list("text", flat=True))
    services.save_questions(texts=[f"Question {place}" for place in range(5)], by=people.animator)
    evaluation.refresh_from_db()
    assert evaluation.questions == asked
    assert len(asked) == 5


@db
def test_what_cannot_be_opened(session, people, evaluation):
    with pytest.raises(services.AlreadyOpened):
        open_evaluation(session, people)
    with pytest.raises(services.NotYet):
        open_evaluation(factories.SessionFactory(announced=True), people)
    with pytest.raises(services.NobodyThere):
        open_evaluation(factories.SessionFactory(), people)
    other = factories.AttendanceFactory().session
    with pytest.raises(ValidationError):
        open_evaluation(other, people, closes=-1)


@db
@pytest.mark.parametrize("role", ["member", "observer", "former_animator", "administrator", "outsider"])
def test_only_animators_run_it(session, people, evaluation, role):
    by = people.role(role)
    for write in (
        lambda: open_evaluation(session, people, by=by),
        lambda: services.close(evaluation=evaluation, by=by, now=now()),
        lambda: services.save_questions(texts=["a", "b", "c", "d", "e"], by=by),
    ):
        with pytest.raises(PermissionRefused):
            write()


# --- answering -------------------------------------------------------------------------------------------------


@db
@pytest.mark.parametrize("role", ["animator", "former_animator", "observer", "administrator", "outsider"])
def test_who_was_not_there_does_not_answer(evaluation, people, role):
    with pytest.raises(PermissionRefused):
        answer(evaluation, people.role(role))


@db
def test_an_observer_of_an_organisation_that_was_there_does_not_answer(evaluation, people):
    observer = factories.PositionFactory(organisation=organisation_of(people.member), observer=True).user
    with pytest.raises(PermissionRefused):
        answer(evaluation, observer)


@db
def test_one_answer_a_person_changed_until_the_end(evaluation, people):
    answer(evaluation, people.member, [1, 1, 1, 1])
    answer(evaluation, people.member, [5, None, 2, 2], "Mieux réfléchi")
    row = EvaluationAnswer.objects.get()
    assert (row.marks, row.words) == ([5, None, 2, 2], "Mieux réfléchi")
    with pytest.raises(services.EvaluationClosed):
        answer(evaluation, people.member, at=evaluation.closes_at)
    with pytest.raises(IntegrityError, match="evaluation_answer_once"), transaction.atomic():
        EvaluationAnswer.objects.create(evaluation=evaluation, respondent_key=row.respondent_key)


@db
@pytest.mark.parametrize(
    ("marks", "words"),
    [([None] * 4, "  "), ([6, 1, 1, 1], ""), ([0, 1, 1, 1], ""), ([1, 1, 1, 1], "x" * 2001)],
    ids=str,
)
def test_an_answer_that_is_none(evaluation, people, marks, words):
    with pytest.raises(ValidationError):
        answer(evaluation, people.member, marks, words)
    assert not EvaluationAnswer.objects.exists()


# --- nobody can tell -------------------------------------------------------------------------------------------


@db
def test_a_row_holds_no_person_no_moment_and_no_number_that_counts_up():
    fields = {field.name: field for field in EvaluationAnswer._meta.concrete_fields}
    assert sorted(fields) == [
        *("evaluation", "mark_1", "mark_2", "mark_3", "mark_4", "public_id", "respondent_key", "words"),
    ]
    assert EvaluationAnswer._meta.pk.name == "public_id"
    assert not hasattr(EvaluationAnswer, "pgh_event_model")


@db
def test_answering_leaves_no_trace_anywhere_else(evaluation, people, signed_in):
    """Every table that could name the person is as it was, but for the answer and the session of the browser."""
    client = signed_in(people.member)
    before = _rows()
    contexts = Context.objects.count()
    client.post(reverse("sessions:evaluate", args=[22]), {"mark_1": "4", "words": "Un avis sans nom"})
    after = _rows()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {EvaluationAnswer._meta.db_table}
    assert Context.objects.count() == contexts


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        found, tables = {}, connection.introspection.table_names(cursor)
        for model in apps.get_models():
            if model._meta.db_table in tables and model._meta.app_label not in ("sessions", "usersessions"):
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
                found[model._meta.db_table] = cursor.fetchone()[0]
    return found


@db
def test_the_seal_needs_the_secret_of_the_server(evaluation, people, settings):
    own = respondent_key(evaluation, people.member)
    assert own != respondent_key(evaluation, people.funder)
    settings.SECRET_KEY = "another-secret-of-another-server-entirely"
    assert respondent_key(evaluation, people.member) != own


@db
def test_an_answer_is_one_also_when_the_secret_is_replaced_in_between(evaluation, people, settings):
    answer(evaluation, people.member, [5, 5, 5, None], "Avant")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a-newer-secret-of-the-same-server", [settings.SECRET_KEY]
    assert services.own_answer(evaluation, people.member).words == "Avant"
    answer(evaluation, people.member, [1, 1, 1, None], "Après")
    row = EvaluationAnswer.objects.get()
    assert (row.words, row.respondent_key) == ("Après", respondent_key(evaluation, people.member))
    settings.SECRET_KEY_FALLBACKS = []
    assert services.own_answer(evaluation, people.member).words == "Après"


@db
def test_closing_deletes_every_answer_and_keeps_sums(evaluation, people):
    for user in (people.member, people.funder, *crowd(evaluation, 1)):
        answer(evaluation, user, [5, 5, 5, None], f"De {user.last_name}")
    for _twice in range(2):
        closed = services.close(evaluation=evaluation, by=people.animator, now=now())
    assert not EvaluationAnswer.objects.exists()
    assert closed.results["answers"] == 3
    assert closed.results["marks"][0] == [0, 0, 0, 0, 3]
    assert len(closed.results["words"]) == 3
    with pytest.raises(services.EvaluationClosed):
        answer(evaluation, people.member)


@db
def test_two_answers_are_deleted_without_a_result(evaluation, people, signed_in):
    for user in (people.member, people.funder):
        answer(evaluation, user, [1, 1, 1, 1], "Un secret")
    services.close(evaluation=evaluation, by=people.animator, now=now())
    client, address = signed_in(people.animator), reverse("sessions:evaluation", args=[22])
    page = client.get(address)
    assert page.context["results"].is_hidden
    assert "Un secret" not in page.content.decode()
    assert "Un secret" not in client.get(address + "?format=csv").getvalue().decode("utf-8-sig")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT results::text FROM sessions_app_evaluation UNION SELECT results::text FROM sessions_app_evaluationevent"
        )
        assert all("secret" not in (text or "") for (text,) in cursor.fetchall())


@db
def test_while_it_is_open_nobody_sees_anything_but_a_number(evaluation, people, signed_in):
    for user in (people.member, people.funder, *crowd(evaluation, 2)):
        answer(evaluation, user, [2, 2, 2, 2], "Un secret")
    client, address = signed_in(people.animator), reverse("sessions:evaluation", args=[22])
    for query in ("", "?format=csv", "?format=xlsx"):
        page = client.get(address + query)
        assert (page.context["results"], page.context["answered"]) == (None, 4)
        assert "Un secret" not in page.content.decode()


@db
def test_it_closes_by_itself_and_the_animators_are_told(evaluation, people):
    assert services.close_due(now=now()) == 0
    assert services.close_due(now=evaluation.closes_at) == 1
    assert services.close_due(now=evaluation.closes_at) == 0
    evaluation.refresh_from_db()
    assert (evaluation.closed_at, evaluation.results["answers"]) == (evaluation.closes_at, 0)
    assert {one.recipient for one in Notification.objects.filter(kind=services.CLOSED)} == {people.animator}


@db
def test_closed_and_results_go_together_in_the_database(evaluation):
    with pytest.raises(IntegrityError, match="evaluation_closed_with_results"), transaction.atomic():
        Evaluation.objects.update(closed_at=now())


# --- what waits, pages -----------------------------------------------------------------------------------------


@db
def test_what_waits_until_one_has_answered(evaluation, people):
    address = reverse("sessions:evaluate", args=[22])

    def waits(user, at=None):
        user = type(user).objects.get(pk=user.pk)
        return any(task.url == address for task in waiting.tasks(user, at or now()))

    assert [waits(user) for user in (people.member, people.funder, people.animator)] == [True, True, False]
    answer(evaluation, people.member)
    assert [waits(user) for user in (people.member, people.funder)] == [False, True]
    assert not waits(people.funder, evaluation.closes_at)


@db
def test_opening_answering_and_reading_by_the_pages(session, people, signed_in):
    animator, address = signed_in(people.animator), reverse("sessions:evaluation", args=[22])
    day = factories.days(7)
    assert animator.post(address, {"closes_on": day.isoformat()}).status_code == 302
    evaluation = Evaluation.objects.get()
    assert timezone.localtime(evaluation.closes_at) == timezone.make_aware(
        dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
    )
    for user in (people.member, people.funder, *crowd(evaluation, 1)):
        client, page = signed_in(user), reverse("sessions:evaluate", args=[22])
        assert client.get(page).context["has_answered"] is False
        assert client.post(page, {"mark_1": "4", "mark_2": "", "words": "<b>Bien</b> 🎈"}).status_code == 302
        again = client.get(page)
        assert again.context["has_answered"] is True
        assert again.context["form"]["mark_1"].value() == 4
    for _twice in range(2):
        assert animator.post(reverse("sessions:evaluation-close", args=[22])).status_code == 302
    shown = animator.get(address)
    assert shown.context["results"].questions[0].rating.counts == [0, 0, 0, 3, 0]
    assert "<b>Bien</b>" not in shown.content.decode()
    rows = animator.get(address + "?format=csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 4 + 3
    assert rows[1].split(";")[1:8] == ["0", "0", "0", "3", "0", "3", "4,0"]
    assert signed_in(people.member).get(page).status_code == 200
    assert signed_in(people.member).post(page, {"mark_1": "4", "words": ""}).status_code == 409


@db
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"mark_1": "6", "words": "Texte gardé"}, "mark_1"),
        ({"mark_2": "x", "words": "Texte gardé"}, "mark_2"),
        ({"mark_1": "1", "words": "gardé" + "x" * 2000}, "words"),
        ({"words": " "}, "__all__"),
        ({}, "__all__"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(evaluation, people, signed_in, data, field):
    response = signed_in(people.member).post(reverse("sessions:evaluate", args=[22]), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    if "gardé" in data.get("words", ""):
        assert "gardé" in response.content.decode()
    assert not EvaluationAnswer.objects.exists()


@db
@pytest.mark.parametrize("closes_on", ["", "hier", "2020-01-01"])
def test_a_wrong_end_is_said(session, people, signed_in, closes_on):
    response = signed_in(people.animator).post(reverse("sessions:evaluation", args=[22]), {"closes_on": closes_on})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["closes_on"])


@db
def test_a_session_without_attendance_says_what_is_missing(people, signed_in):
    factories.SessionFactory(number=21)
    response = signed_in(people.animator).post(
        reverse("sessions:evaluation", args=[21]), {"closes_on": factories.days(7).isoformat()}
    )
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["__all__"])


@db
def test_the_questions_are_worded_on_their_page(people, signed_in):
    client, address = signed_in(people.animator), reverse("sessions:evaluation-questions")
    texts = {f"question_{place}": f"Énoncé {place} ?" for place in range(1, 6)}
    assert client.post(address, texts).status_code == 302
    assert list(EvaluationQuestion.objects.values_list("text", flat=True)) == list(texts.values())
    for wrong in ({"question_3": ""}, {"question_5": "x" * 201}):
        assert client.post(address, texts | wrong).status_code == 422


@db
def test_a_chart_names_each_mark(evaluation, people):
    for user in (people.member, people.funder, *crowd(evaluation, 1)):
        answer(evaluation, user, [4, 4, 4, 4])
    question = evaluations_page.evaluation_page(
        services.close(evaluation=evaluation, by=people.animator, now=now())
    ).questions[0]
    bars = [group.bars[0] for group in question.chart.groups]
    assert [bar.value for bar in bars] == ["0", "0", "0", "3", "0"]
    assert bars[3].height == pytest.approx(150)
    assert question.mean in ("4,0", "4.0")
