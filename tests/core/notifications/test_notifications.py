"""What people are told, in the portal and by mail."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.notifications import kinds, mails, services, tasks
from core.notifications.enums import Delivery
from core.notifications.kinds import Kind
from core.notifications.models import Notification, OutboxMessage, Preference
from tests.factories import UserFactory
from tests.support.people import People

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
ABOUT = ("session", uuid.UUID(int=21))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trial_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.register(Kind("trial.held", _("Home"), "Session %(number)s", lambda values: f"/sessions/{values['number']}/"))
    kinds.register(Kind("trial.quiet", "Quiet", "Quiet", lambda values: "/", delivery=Delivery.NEVER))
    kinds.register(Kind("trial.urgent", "Urgent", "Urgent", lambda values: "/", always=True))


def tell(*users: Any, kind: str = "trial.held") -> list[Notification]:
    return services.notify(kind=kind, users=users, values={"number": 21}, about=ABOUT, now=NOW)


def test_each_person_is_told_once_in_the_portal_and_by_mail() -> None:
    camille = UserFactory(email="camille@exemple.example", first_name="Camille")
    (told,) = tell(camille, camille)
    assert (told.recipient, told.title, told.url, told.read_at) == (camille, "Session 21", "/sessions/21/", None)
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject, mail.kind, mail.recipient) == (
        ["camille@exemple.example"],
        "Session 21",
        "trial.held",
        camille,
    )
    assert (mail.subject_kind, mail.subject_id) == ABOUT
    assert "http://127.0.0.1:8000/sessions/21/" in mail.text
    assert 'href="http://127.0.0.1:8000/sessions/21/"' in mail.html
    assert "<style" not in mail.html


def test_who_closed_the_account_hears_nothing() -> None:
    assert tell(UserFactory(closed=True)) == []
    assert not OutboxMessage.objects.exists()


def test_each_reads_in_his_or_her_language() -> None:
    with translation.override("de"):
        tell(UserFactory(language="fr"), UserFactory(language="en"))
    assert [mail.html.split('lang="')[1][:2] for mail in OutboxMessage.objects.order_by("pk")] == ["fr", "en"]


@pytest.mark.parametrize(
    ("kind", "preference", "sent"),
    [
        ("trial.held", None, 1),
        ("trial.held", Delivery.NEVER, 0),
        ("trial.quiet", None, 0),
        ("trial.quiet", Delivery.AT_ONCE, 1),
        ("trial.urgent", Delivery.NEVER, 1),
        ("trial.held", Delivery.WEEKLY, 0),
        ("trial.urgent", Delivery.WEEKLY, 1),
    ],
)
def test_mails_follow_the_persons_choice(kind: str, preference: Delivery | None, sent: int) -> None:
    person = UserFactory()
    if preference:
        services.prefer(user=person, kind=kind, delivery=preference)
    tell(person, kind=kind)
    assert (OutboxMessage.objects.count(), Notification.objects.count()) == (sent, 1)


def test_telling_many_asks_the_database_little(django_assert_max_num_queries: Any) -> None:
    people = [UserFactory() for _ in range(20)]
    for person in people:
        services.prefer(user=person, kind="trial.held", delivery=Delivery.NEVER)
    with django_assert_max_num_queries(4):
        tell(*people)


def test_a_choice_is_one_row_however_often_it_changes() -> None:
    person = UserFactory()
    for delivery in (Delivery.NEVER, Delivery.AT_ONCE, Delivery.NEVER):
        services.prefer(user=person, kind="trial.held", delivery=delivery)
    assert Preference.objects.get().delivery == Delivery.NEVER


def test_a_kind_that_is_no_longer_known_is_still_a_line() -> None:
    gone = Notification(kind="funding.gone_100%", values={})
    assert (gone.title, gone.url) == ("funding.gone_100%", "/")


def test_a_kind_stands_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        kinds.register(Kind("trial.held", "x", "x", lambda values: "/"))


# --- the weekly mail -------------------------------------------------------------------------------------------------

FRIDAY = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)  # 7 o'clock in Paris, in winter


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (FRIDAY, dt.datetime(2026, 11, 16, 6, tzinfo=dt.UTC)),
        (MONDAY - dt.timedelta(seconds=1), dt.datetime(2026, 11, 16, 6, tzinfo=dt.UTC)),
        (MONDAY, MONDAY),
        (
            dt.datetime(2026, 3, 30, 12, tzinfo=dt.UTC),
            dt.datetime(2026, 3, 30, 5, tzinfo=dt.UTC),
        ),  # summer time since Sunday
        (dt.datetime(2026, 3, 30, 4, 59, tzinfo=dt.UTC), dt.datetime(2026, 3, 23, 6, tzinfo=dt.UTC)),
    ],
)
def test_the_week_turns_on_monday_at_seven_in_paris(now: dt.datetime, moment: dt.datetime) -> None:
    assert mails.digest_moment(now) == moment


def test_a_week_comes_in_one_mail_and_once() -> None:
    weekly, at_once = UserFactory(first_name="Zoé"), UserFactory()
    services.prefer(user=weekly, kind="trial.held", delivery=Delivery.WEEKLY)
    for number in (21, 22):
        services.notify(kind="trial.held", users=[weekly, at_once], values={"number": number}, now=FRIDAY)
    OutboxMessage.objects.all().delete()  # those at once
    assert mails.send_digests(now=MONDAY - dt.timedelta(hours=1)) == 0
    assert mails.send_digests(now=MONDAY + dt.timedelta(hours=3)) == 1  # the machine slept at seven
    assert mails.send_digests(now=MONDAY + dt.timedelta(hours=4)) == 0
    mail = OutboxMessage.objects.get()
    assert (mail.recipient, mail.kind) == (weekly, "digest")
    for body in (mail.text, mail.html):
        assert "Session 21" in body
        assert "http://127.0.0.1:8000/sessions/22/" in body
    assert "<sup>" not in mail.text


def test_what_is_told_after_the_moment_waits_for_the_next_week() -> None:
    person = UserFactory()
    services.prefer(user=person, kind="trial.held", delivery=Delivery.WEEKLY)
    services.notify(kind="trial.held", users=[person], values={"number": 23}, now=MONDAY + dt.timedelta(minutes=1))
    assert mails.send_digests(now=MONDAY + dt.timedelta(hours=1)) == 0
    assert mails.send_digests(now=MONDAY + dt.timedelta(days=7)) == 1


def test_who_left_meanwhile_gets_no_weekly_mail() -> None:
    person = UserFactory()
    services.prefer(user=person, kind="trial.held", delivery=Delivery.WEEKLY)
    tell(person)
    person.is_active = False
    person.save()
    tasks.send_digests(added_later=1)
    assert mails.send_digests(now=MONDAY) == 0
    assert not OutboxMessage.objects.exists()


# --- pages -------------------------------------------------------------------------------------------------------


def test_the_list_shows_ones_own_and_marks_the_unread(people: People, signed_in: Any) -> None:
    tell(people.member, people.animator)
    page = signed_in(people.member).get(reverse("notifications:list"))
    assert page.status_code == 200
    assert page.content.decode().count('href="/sessions/21/"') == 1
    assert page.context["unread"] == 1


def test_reading_a_page_marks_nothing_and_the_button_does(people: People, signed_in: Any) -> None:
    (told,) = tell(people.member)
    client = signed_in(people.member)
    client.get(reverse("notifications:list"))
    assert services.unread_count(people.member) == 1
    assert client.post(reverse("notifications:read", args=[told.public_id])).status_code == 302
    assert services.unread_count(people.member) == 0


def test_nobody_marks_what_another_was_told(people: People, signed_in: Any) -> None:
    (told,) = tell(people.member)
    signed_in(people.animator).post(reverse("notifications:read", args=[told.public_id]))
    assert services.unread_count(people.member) == 1


def test_all_at_once(people: People, signed_in: Any) -> None:
    tell(people.member), tell(people.member)
    signed_in(people.member).post(reverse("notifications:read-all"))
    assert services.unread_count(people.member) == 0


def test_choices_are_kept_and_a_wrong_one_is_told(people: People, signed_in: Any) -> None:
    client, address = signed_in(people.member), reverse("notifications:preferences")
    choices = {"kind-trial.held": "never", "kind-trial.quiet": "never"}
    assert client.post(address, choices).status_code == 302
    assert [(row.kind, row.delivery) for row in Preference.objects.all()] == [("trial.held", "never")]
    assert client.post(address, {"kind-trial.held": "sometimes"}).status_code == 400


def test_the_bell_counts(people: People, signed_in: Any) -> None:
    tell(people.member)
    bell = signed_in(people.member).get(reverse("notifications:list")).context["site_links"]["tools"]
    assert [link.count for link in bell if link.url == "/notifications/"] == [1]


def test_the_list_asks_as_often_for_three_as_for_one(
    people: People, signed_in: Any, assert_constant_queries: Any
) -> None:
    assert_constant_queries(signed_in(people.member), reverse("notifications:list"), lambda: tell(people.member))
