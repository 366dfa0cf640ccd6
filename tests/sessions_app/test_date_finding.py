"""Finding a date: the rule of the best one, who answers, the personal link, closing, keeping a date once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core import partial_dates, waiting
from core.accounts import personal_links
from core.accounts.personal_links import PersonalLink
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification, OutboxMessage
from sessions_app.date_polls import links, page as date_polls_page, services
from sessions_app.date_polls.best import Tally, best, tally
from sessions_app.date_polls.enums import Availability
from sessions_app.enums import SessionState
from sessions_app.models import DateAnswer, DatePoll, PreparationTask, Session
from tests import factories

YES, IF_NEEDED, NO = Availability.YES, Availability.IF_NEEDED, Availability.NO
FIRST, SECOND, THIRD = (dt.datetime(2027, 3, day, 14, tzinfo=dt.UTC) for day in (4, 11, 18))


# --- the rule --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([], None),
        ([("a", FIRST, Tally(0, 0, 0, 9))], None),
        ([("a", FIRST, Tally(0, 0, 9))], None),
        ([("a", FIRST, Tally(0, 1, 8)), ("b", SECOND, Tally(0, 0, 9))], "a"),
        # the most that can come, before the most "yes"
        ([("a", FIRST, Tally(5, 0, 0)), ("b", SECOND, Tally(1, 5, 3))], "b"),
        # among equals the most "yes"
        ([("a", FIRST, Tally(2, 4, 0)), ("b", SECOND, Tally(4, 2, 3))], "b"),
        # then the fewest "no"
        ([("a", FIRST, Tally(4, 2, 3)), ("b", SECOND, Tally(4, 2, 1, 2))], "b"),
        # then the earliest, in whatever order they stand
        ([("c", THIRD, Tally(4, 2, 1)), ("a", FIRST, Tally(4, 2, 1)), ("b", SECOND, Tally(4, 2, 1))], "a"),
    ],
)
def test_the_best_date(dates, expected):
    assert best(dates) == expected


def test_counting_answers():
    counted = tally(["yes", "no", "yes", "ifneeded"], asked=6)
    assert (counted, counted.can_come) == (Tally(2, 1, 1, 2), 3)
    assert tally(["yes", "yes"], asked=1).silent == 0


# --- opening ---------------------------------------------------------------------------------------------------

db = pytest.mark.django_db


def now():
    return timezone.now()


def organisation_of(user):
    return user.positions.get().organisation


@pytest.fixture
def session(people):
    factories.SpaceFactory()
    day = factories.days(60)
    return factories.SessionFactory(draft=True, number=24, date=partial_dates.month(day.year, day.month))


def slot(days, hours=3):
    start = timezone.make_aware(dt.datetime.combine(factories.days(days), dt.time(14)))
    return start, start + dt.timedelta(hours=hours)


def open_search(session, people, *, slots=(60, 67), closes=10, by=None, note=""):
    return services.open_search(
        session=session,
        by=by or people.animator,
        slots=[slot(days) for days in slots],
        closes_at=factories.moment(closes),
        note=note,
        now=now(),
    )


@pytest.fixture
def poll(session, people):
    return open_search(session, people)


def answer(poll, user, *choices, at=None, organisation=None):
    answers = {date: choice for date, choice in zip(poll.dates.all(), choices, strict=False) if choice}
    services.answer(
        poll=poll, by=user, organisation=organisation or organisation_of(user), answers=answers, now=at or now()
    )


def told(kind):
    return {one.recipient for one in Notification.objects.filter(kind=f"sessions_app.{kind}")}


def sign_in_all(people):
    type(people.member).objects.update(last_login=now())


@db
def test_members_are_asked_by_notification_or_by_link(session, people):
    people.member.last_login = now()
    people.member.save()
    open_search(session, people)
    assert told("dates_asked") == {people.member}
    mails = OutboxMessage.objects.filter(kind=links.SCOPE)
    assert {mail.recipient for mail in mails} == {people.former_animator, people.funder}
    assert all(re.search(r"/dates/[\w-]{40,}/", mail.text) for mail in mails)


@db
@pytest.mark.parametrize("state", [SessionState.ANNOUNCED, SessionState.HELD, SessionState.CLOSED])
def test_only_a_draft_is_searched_for(session, people, state):
    Session.objects.update(state=state, date=partial_dates.day(factories.days(9)))
    with pytest.raises(services.SearchClosed):
        open_search(session, people)


@db
@pytest.mark.parametrize(
    "wrong",
    [{"slots": ()}, {"slots": (-1,)}, {"slots": (60, 60)}, {"slots": range(50, 61)}, {"closes": -1}],
    ids=str,
)
def test_what_cannot_be_asked(session, people, wrong):
    with pytest.raises(ValidationError):
        open_search(session, people, **wrong)
    assert not Notification.objects.exists()


@db
def test_one_search_at_a_time_and_another_once_it_is_over(session, people, poll):
    with pytest.raises(ValidationError):
        open_search(session, people)
    DatePoll.objects.update(opened_at=factories.moment(-9), closes_at=factories.moment(-1))  # beat has not come by
    assert open_search(session, people).pk != poll.pk
    poll.refresh_from_db()
    assert poll.closed_at == poll.closes_at


@db
@pytest.mark.parametrize("role", ["member", "observer", "former_animator", "administrator", "outsider"])
def test_only_animators_write(session, people, poll, role):
    by, date = people.role(role), poll.dates.first()
    for write in (
        lambda: open_search(session, people, by=by),
        lambda: services.add_dates(poll=poll, by=by, slots=[slot(70)], now=now()),
        lambda: services.remove_date(date=date, by=by, now=now()),
        lambda: services.remind(poll=poll, by=by, now=now()),
        lambda: services.close(poll=poll, by=by, now=now()),
        lambda: services.keep(date=date, by=by, now=now()),
    ):
        with pytest.raises(PermissionRefused):
            write()


# --- answering -------------------------------------------------------------------------------------------------


@db
def test_one_answer_an_organisation_and_date_the_last_one_counts(poll, people):
    colleague = factories.PositionFactory(organisation=organisation_of(people.member), substitute=True).user
    answer(poll, people.member, YES, NO)
    answer(poll, colleague, IF_NEEDED, NO)
    rows = DateAnswer.objects.order_by("date")
    assert [(row.availability, row.answered_by) for row in rows] == [(IF_NEEDED, colleague), (NO, people.member)]


@db
def test_who_may_not_answer(poll, people):
    observer = factories.PositionFactory(organisation=organisation_of(people.member), observer=True).user
    with pytest.raises(PermissionRefused):
        answer(poll, observer, YES)
    with pytest.raises(PermissionRefused):
        answer(poll, people.member, YES, organisation=people.animating)
    people.member.positions.update(period=factories.since(factories.days(-9), factories.days(0)))
    with pytest.raises(PermissionRefused):
        answer(poll, people.member, YES, organisation=organisation_of(people.member))
    assert not DateAnswer.objects.exists()


@db
def test_no_answer_after_the_end(poll, people):
    with pytest.raises(ValidationError):
        answer(poll, people.member)
    with pytest.raises(services.SearchClosed):
        answer(poll, people.member, YES, at=poll.closes_at)
    services.close(poll=poll, by=people.animator, now=now())
    with pytest.raises(services.SearchClosed):
        answer(poll, people.member, YES)


@db
def test_an_answer_for_a_date_taken_out_meanwhile_is_passed_over(poll, people):
    first, second = poll.dates.all()
    services.remove_date(date=first, by=people.animator, now=now())
    services.answer(
        poll=poll,
        by=people.member,
        organisation=organisation_of(people.member),
        answers={first: YES, second: NO},
        now=now(),
    )
    assert DateAnswer.objects.get().date == second


@db
def test_dates_are_added_and_taken_out_while_it_is_open(poll, people):
    sign_in_all(people)
    services.add_dates(poll=poll, by=people.animator, slots=[slot(74)], now=now())
    assert told("dates_added") == {people.member, people.former_animator, people.funder}
    for wrong in ([], [slot(74)], [slot(-2)]):
        with pytest.raises(ValidationError):
            services.add_dates(poll=poll, by=people.animator, slots=wrong, now=now())
    first, second, last = poll.dates.all()
    services.remove_date(date=first, by=people.animator, now=now())
    services.remove_date(date=second, by=people.animator, now=now())
    with pytest.raises(ValidationError):
        services.remove_date(date=last, by=people.animator, now=now())


# --- reminding and closing -------------------------------------------------------------------------------------


@db
def test_the_silent_are_reminded_once_by_itself(poll, people):
    sign_in_all(people)
    answer(poll, people.member, YES)
    before = poll.closes_at - dt.timedelta(days=1)
    assert services.run_due(now=poll.closes_at - dt.timedelta(days=3)) == (0, 0)
    assert services.run_due(now=before) == (1, 0)
    assert services.run_due(now=before) == (0, 0)
    assert told("dates_reminder") == {people.animator, people.former_animator, people.funder}


@db
def test_by_hand_at_most_once_a_day(poll, people):
    assert services.remind(poll=poll, by=people.animator, now=now()) == 4
    with pytest.raises(services.RemindedLately):
        services.remind(poll=poll, by=people.animator, now=now())
    assert services.remind(poll=poll, by=people.animator, now=factories.moment(1)) == 4


@db
def test_it_closes_by_itself_and_the_animators_are_told(poll, people):
    assert services.run_due(now=poll.closes_at) == (0, 1)
    assert services.run_due(now=poll.closes_at) == (0, 0)
    poll.refresh_from_db()
    assert poll.closed_at == poll.closes_at
    assert told("dates_closed") == {people.animator}


@db
def test_a_link_ends_with_the_search(poll, people):
    token = personal_links.issue(
        user=people.member, scope=links.SCOPE, about=(links.KIND, poll.public_id), expires_at=poll.closes_at, now=now()
    )
    assert links.find(token, now=now())
    services.close(poll=poll, by=people.animator, now=now())
    assert links.find(token, now=now()) is None


# --- keeping ---------------------------------------------------------------------------------------------------


@db
def test_a_date_kept_is_the_session_s_and_announces_nothing(session, poll, people):
    sign_in_all(people)
    date = poll.dates.last()
    services.keep(date=date, by=people.animator, now=now())
    session.refresh_from_db()
    poll.refresh_from_db()
    assert session.date == partial_dates.day(factories.days(67))
    assert (session.starts_at, session.ends_at) == (date.starts_at, date.ends_at)
    assert session.state == SessionState.DRAFT
    assert poll.closed_at is not None
    assert told("date_kept") == {people.member, people.former_animator, people.funder}
    assert PreparationTask.objects.filter(session=session).count() == 5
    assert not told("announced")
    assert not told("moved")


@db
def test_one_date_is_kept_once(session, poll, people):
    first, second = poll.dates.all()
    for _twice in range(2):
        services.keep(date=first, by=people.animator, now=now())
    with pytest.raises(services.DateGone):
        services.keep(date=second, by=people.animator, now=now())
    assert Notification.objects.filter(kind="sessions_app.date_kept").count() == 3


@db
def test_a_closed_search_still_gives_its_date_but_not_one_of_the_past(poll, people):
    services.close(poll=poll, by=people.animator, now=now())
    first, second = poll.dates.all()
    with pytest.raises(services.DateGone):
        services.keep(date=first, by=people.animator, now=first.starts_at)
    assert services.keep(date=second, by=people.animator, now=now()).starts_at == second.starts_at


@db
def test_a_session_announced_meanwhile_keeps_its_date(session, poll, people):
    Session.objects.update(state=SessionState.ANNOUNCED, date=partial_dates.day(factories.days(9)))
    with pytest.raises(services.SearchClosed):
        services.keep(date=poll.dates.first(), by=people.animator, now=now())


# --- what waits ------------------------------------------------------------------------------------------------


@db
def test_what_waits_for_whom(poll, people):
    address = poll.get_absolute_url()

    def waits(user, at=None):
        user = type(user).objects.get(pk=user.pk)
        return [task.url for task in waiting.tasks(user, at or now()) if task.url == address]

    assert (waits(people.member), waits(people.animator), waits(people.observer)) == ([address], [address], [])
    answer(poll, people.member, YES)
    answer(poll, people.animator, YES)
    assert (waits(people.member), waits(people.animator)) == ([], [])
    assert (waits(people.member, poll.closes_at), waits(people.animator, poll.closes_at)) == ([], [address])
    services.keep(date=poll.dates.first(), by=people.animator, now=now())
    assert waits(people.animator, poll.closes_at) == []


# --- pages -----------------------------------------------------------------------------------------------------


def fields(poll, user, *choices):
    organisation = organisation_of(user)
    named = {f"org{organisation.pk}-d{date.pk}": choice for date, choice in zip(poll.dates.all(), choices, strict=True)}
    return {"organisation": organisation.pk, **named}


@db
def test_a_member_answers_on_the_page_and_sees_totals_but_no_names(poll, people, signed_in):
    client, address = signed_in(people.member), poll.get_absolute_url()
    answer(poll, people.funder, YES, NO)
    assert client.get(address).status_code == 200
    assert client.post(address, fields(poll, people.member, "yes", "ifneeded")).status_code == 302
    page = client.get(address)
    assert [column.tally for column in page.context["found"].columns] == [Tally(2, 0, 0, 2), Tally(0, 1, 1, 2)]
    assert "Fonds ODD 17" not in page.content.decode()
    assert client.get(address + "?format=csv").headers["Content-Type"].startswith("text/html")


@db
@pytest.mark.parametrize(
    ("choices", "status"), [(("", ""), 422), (("perhaps", "yes"), 422), (("yes", "yes"), 302)], ids=str
)
def test_a_wrong_answer_is_said_and_nothing_is_lost(poll, people, signed_in, choices, status):
    response = signed_in(people.member).post(poll.get_absolute_url(), fields(poll, people.member, *choices))
    assert response.status_code == status
    assert DateAnswer.objects.count() == (2 if status == 302 else 0)
    if choices[1] and status == 422:
        assert re.search(r'value="yes"[^>]*checked', response.content.decode())


@db
def test_another_organisation_s_answer_is_not_given(poll, people, signed_in):
    data = fields(poll, people.member, "yes", "yes") | {"organisation": people.animating.pk}
    assert signed_in(people.member).post(poll.get_absolute_url(), data).status_code == 422
    assert not DateAnswer.objects.exists()


@db
def test_an_answer_that_comes_too_late_says_so(poll, people, signed_in):
    client = signed_in(people.member)
    services.close(poll=poll, by=people.animator, now=now())
    response = client.post(poll.get_absolute_url(), fields(poll, people.member, "yes", "no"))
    assert response.status_code == 409
    assert not DateAnswer.objects.exists()


@db
def test_animators_see_the_table_the_best_date_and_the_file(poll, people, signed_in):
    answer(poll, people.member, NO, YES)
    client, address = signed_in(people.animator), poll.get_absolute_url()
    found = client.get(address).context["found"]
    assert [column.is_best for column in found.columns] == [False, True]
    rows = client.get(address + "?format=csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(found.lines) == 5
    assert next(row for row in rows if row.startswith("Atelier")) == "Atelier des communs ruraux;non;oui;Camille Member"
    assert client.get(address + "?format=xlsx").getvalue()[:2] == b"PK"


@db
def test_keeping_closing_reminding_by_the_page(poll, people, signed_in):
    client = signed_in(people.animator)
    for name in ("dates-remind", "dates-remind", "dates-close", "dates-close"):
        assert client.post(reverse(f"sessions:{name}", args=[24])).status_code == 302
    first, second = poll.dates.all()
    for date in (first, first, second):
        client.post(reverse("sessions:date-keep", args=[24, date.public_id]))
    assert Session.objects.get().starts_at == first.starts_at
    shown = client.get(poll.get_absolute_url())
    assert shown.context["found"].chosen == first


@db
def test_a_session_without_a_search_leads_animators_to_the_form_and_exists_for_nobody_else(session, people, signed_in):
    address = reverse("sessions:dates", args=[24])
    assert signed_in(people.animator).get(address)["Location"] == reverse("sessions:dates-open", args=[24])
    assert signed_in(people.member).get(address).status_code == 404


def proposal(**changes):
    day = factories.days(60).isoformat()
    return {
        "form-TOTAL_FORMS": "4",
        "form-INITIAL_FORMS": "0",
        "form-0-day": day,
        "form-0-start": "14:00",
        "form-0-end": "17:00",
        "closes_on": factories.days(9).isoformat(),
        "note": "Un mot gardé",
        **changes,
    }


@db
def test_a_search_is_opened_by_the_form(session, people, signed_in):
    response = signed_in(people.animator).post(reverse("sessions:dates-open", args=[24]), proposal())
    assert response["Location"] == reverse("sessions:dates", args=[24])
    poll = DatePoll.objects.get()
    assert timezone.localtime(poll.dates.get().starts_at).time() == dt.time(14)
    assert timezone.localtime(poll.closes_at) == timezone.make_aware(
        dt.datetime.combine(factories.days(10), dt.time.min)
    )


@db
@pytest.mark.parametrize(
    "wrong",
    [
        {"form-0-end": "13:00"},
        {"form-0-start": ""},
        {"form-0-end": "", "form-0-start": ""},
        {"form-0-day": "2020-01-01"},
        {"form-0-day": "hier"},
        {"form-0-day": "", "form-0-start": "", "form-0-end": ""},
        {"closes_on": ""},
        {"closes_on": "2020-01-01"},
        {"note": "gardé" + "x" * 1000},
        {"form-TOTAL_FORMS": "999"},
    ],
    ids=str,
)
def test_a_wrong_proposal_is_said_and_nothing_typed_is_lost(session, people, signed_in, wrong):
    response = signed_in(people.animator).post(reverse("sessions:dates-open", args=[24]), proposal(**wrong))
    assert response.status_code == 422
    assert "gardé" in response.content.decode()
    assert "invalid" in response.content.decode() or "alert-danger" in response.content.decode()
    assert not DatePoll.objects.exists()


@db
def test_the_change_of_clocks_is_no_trap(session, people):
    """14 h in Paris stays 14 h on either side of the last Sunday of March."""
    from sessions_app.date_polls.forms import SlotForm

    times = []
    for day in ("2031-03-29", "2031-03-31"):
        form = SlotForm({"day": day, "start": "14:00", "end": "16:00"}, now=now())
        assert form.is_valid()
        times.append(form.slot()[0])
    assert [timezone.localtime(time).hour for time in times] == [14, 14]
    assert times[1].astimezone(dt.UTC) - times[0].astimezone(dt.UTC) == dt.timedelta(days=2, hours=-1)


@db
def test_more_organisations_ask_no_more_queries(poll, people, signed_in, assert_constant_queries):
    def one_more():
        user = factories.PositionFactory().user
        answer(poll, user, YES, NO)

    assert_constant_queries(signed_in(people.animator), poll.get_absolute_url(), one_more)


# --- by the link of a mail -------------------------------------------------------------------------------------


@pytest.fixture
def link(poll, people):
    token = personal_links.issue(
        user=people.member, scope=links.SCOPE, about=(links.KIND, poll.public_id), expires_at=poll.closes_at, now=now()
    )
    return reverse("sessions:dates-by-link", args=[token])


@db
def test_following_a_link_changes_nothing_until_somebody_presses_the_button(poll, people, client, link):
    for ask in (client.get, client.head, client.get):
        assert ask(link, headers={"purpose": "prefetch"}).status_code == 200
    assert not DateAnswer.objects.exists()
    assert not PersonalLink.objects.filter(used_at__isnull=False).exists()
    page = client.get(link).text.partition("<main")[2]
    assert (
        page.count('type="submit" class="btn btn-primary"') + page.count('class="btn btn-primary" type="submit"') == 1
    )
    for _twice in range(2):
        response = client.post(link, fields(poll, people.member, "yes", "no"))
        assert (response.status_code, response.context["is_recorded"]) == (200, True)
    assert [row.answered_by for row in DateAnswer.objects.all()] == [people.member] * 2


@db
@pytest.mark.parametrize("why", ["forged", "revoked", "left", "closed", "other scope", "announced"])
def test_a_link_that_does_not_hold(poll, people, client, link, why):
    if why == "forged":
        link = link.replace("/dates/", "/dates/x")
    elif why == "revoked":
        client.post(link + "pas-moi/")
        assert client.post(link + "pas-moi/").status_code == 200
    elif why == "left":
        people.member.positions.update(period=factories.since(factories.days(-9), factories.days(0)))
    elif why == "closed":
        DatePoll.objects.update(opened_at=factories.moment(-9), closes_at=factories.moment(-1))
    elif why == "other scope":
        PersonalLink.objects.update(scope="sessions_app.answer")
    else:
        Session.objects.update(state=SessionState.ANNOUNCED, date=partial_dates.day(factories.days(9)))
    assert client.get(link).status_code == 410
    assert client.post(link, fields(poll, people.member, "yes", "no")).status_code == 410
    assert not DateAnswer.objects.exists()


@db
def test_a_link_answers_for_its_person_alone(poll, people, client, link):
    data = fields(poll, people.funder, "yes", "no")
    assert client.post(link, data).status_code == 422
    assert not DateAnswer.objects.exists()


@db
def test_the_table_without_anybody_is_quiet(poll):
    found = date_polls_page.search(poll, now())
    assert [column.is_best for column in found.columns] == [False, False]
    assert found.heard == 0
