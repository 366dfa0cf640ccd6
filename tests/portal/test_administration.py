"""The pages of those who look after the machine."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from core import tasks
from core.notifications import outbox
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.queue import QUEUES
from core.reports import jobs
from core.reports.enums import ReportState
from core.reports.errors import UNEXPECTED
from core.reports.models import Report
from core.reports.services import request_report
from portal import machine
from sessions_app.documents import SESSION_REPORT
from tests import factories
from tests.support.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(people: People, signed_in: Any) -> Client:
    factories.SpaceFactory()
    return signed_in(people.administrator)


@pytest.fixture(autouse=True)
def scheduler_at_work() -> None:
    """The canaries came through each queue just now."""
    for name in QUEUES:
        tasks.canary(queue=name)


def mail(subject: str = "Votre code", **state: Any) -> OutboxMessage:
    message = EmailMessage(subject, "Code : 123456 <b>", to=["membre@exemple.example"])
    stored = outbox.put(message, now=timezone.now())
    OutboxMessage.objects.filter(pk=stored.pk).update(**state)
    stored.refresh_from_db()
    return stored


def report(people: People, **state: Any) -> Report:
    session = factories.SessionFactory(items=1)
    factories.MinutesFactory(session=session)
    version = factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    made = request_report(kind=SESSION_REPORT, subject_id=version.public_id, by=people.member, now=timezone.now())
    Report.objects.filter(pk=made.pk).update(**state)
    made.refresh_from_db()
    return made


# --- health ------------------------------------------------------------------------------------------------------


def states() -> dict[str, str]:
    return {str(check.label): check.state for check in machine.checks(timezone.now())}


def test_a_healthy_machine(administrator: Client) -> None:
    response = administrator.get("/admin/")
    assert {check.state for check in response.context["checks"]} == {"ok"}
    assert dict(response.context["versions"])["PostgreSQL"][:2].isdigit()


def test_redis_away_is_said_and_nothing_breaks(administrator: Client, settings: Any) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere/redis.sock"}}
    response = administrator.get("/admin/")
    assert {str(check.label): check.state for check in response.context["checks"]}["Redis"] == "no"


def test_work_that_nobody_takes_up_is_said(people: People) -> None:
    made = report(people)
    assert "no" not in states().values()
    Report.objects.filter(pk=made.pk).update(requested_at=timezone.now() - dt.timedelta(minutes=6))
    mail(created_at=timezone.now() - dt.timedelta(minutes=6))
    assert list(states().values()).count("no") == 1


def test_mails_in_trouble_are_said(people: People) -> None:
    mail(state=MailState.UNCERTAIN)
    assert "wait" in states().values()


def test_little_room_on_the_disk_is_said(monkeypatch: pytest.MonkeyPatch, people: People) -> None:
    monkeypatch.setattr(machine, "LITTLE_ROOM", 10**18)
    assert "wait" in states().values()


def test_a_silent_queue_is_said(people: People) -> None:
    assert states()["Planificateur et files"] == "ok"
    later = timezone.now() + dt.timedelta(seconds=QUEUES["mail"] + 30)
    (line,) = [check for check in machine.checks(later) if check.label == "Planificateur et files"]
    assert (line.state, line.word) == ("no", "3 en silence")
    assert "rapports, courriels, travaux courts." in line.detail  # the long one may be at work for longer
    cache.clear()
    assert states()["Planificateur et files"] == "wait"


def test_in_production_administrators_have_a_second_factor(people: People, settings: Any) -> None:
    assert "Second facteur des administrateurs" not in states()
    settings.PRODUCTION = True
    assert states()["Second facteur des administrateurs"] == "wait"
    TOTP.activate(people.administrator, generate_totp_secret())
    assert states()["Second facteur des administrateurs"] == "ok"


# --- mails -------------------------------------------------------------------------------------------------------


def test_a_local_portal_shows_the_code_somebody_waits_for(administrator: Client) -> None:
    stored = mail()
    assert stored.subject in administrator.get("/admin/mails/").content.decode()
    content = administrator.get(f"/admin/mails/{stored.public_id}/").content.decode()
    assert "123456 &lt;b&gt;" in content


def test_a_production_portal_does_not(administrator: Client, settings: Any) -> None:
    settings.DEMO_ALLOWED = False
    assert "123456" not in administrator.get(f"/admin/mails/{mail().public_id}/").content.decode()


def test_mails_are_found_by_state_subject_and_address(administrator: Client) -> None:
    mail("Été"), mail("Refus", state=MailState.FAILED)

    def found(query: str) -> list[str]:
        return [row["mail"].subject for row in administrator.get(f"/admin/mails/?{query}").context["rows"]]

    assert found("") == ["Refus", "Été"]
    assert found("etat=refuse") == ["Refus"]
    assert found("q=ete") == ["Été"]
    assert len(found("q=membre@exemple.example")) == 2
    assert found("etat=x") == []


def test_an_uncertain_mail_is_sent_once_more_by_hand(administrator: Client) -> None:
    stored = mail(state=MailState.UNCERTAIN)
    administrator.post(f"/admin/mails/{stored.public_id}/renvoyer/")
    stored.refresh_from_db()
    assert stored.state == MailState.QUEUED


def test_a_mail_that_waits_is_not(administrator: Client) -> None:
    stored = mail()
    response = administrator.post(f"/admin/mails/{stored.public_id}/renvoyer/", follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_the_list_of_mails_asks_as_often_for_three_as_for_one(
    administrator: Client, assert_constant_queries: Any
) -> None:
    assert_constant_queries(administrator, "/admin/mails/", mail)


# --- jobs --------------------------------------------------------------------------------------------------------


FAILED = {"state": ReportState.FAILED, "error_code": UNEXPECTED, "error_detail": "boum"}


def test_a_failed_report_says_why_and_is_asked_for_again(people: People, administrator: Client) -> None:
    made = report(people, finished_at=timezone.now(), **FAILED)
    content = administrator.get("/admin/travaux/?etat=echoue").content.decode()
    assert made.title in content
    assert "boum" in content
    administrator.post(f"/admin/travaux/{made.public_id}/relancer/")
    assert [row.state for row in Report.objects.newest_first()] == [ReportState.QUEUED, ReportState.FAILED]


def test_a_report_that_waits_can_be_called_off_and_not_asked_for_again(people: People, administrator: Client) -> None:
    made = report(people)
    administrator.post(f"/admin/travaux/{made.public_id}/relancer/")
    assert Report.objects.count() == 1
    administrator.post(f"/admin/travaux/{made.public_id}/annuler/")
    made.refresh_from_db()
    assert made.state == ReportState.CANCELLED
    again = administrator.post(f"/admin/travaux/{made.public_id}/annuler/", follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["error", "success", "error"]


def test_the_list_of_jobs_tells_duration_and_does_not_grow(
    people: People, administrator: Client, assert_constant_queries: Any
) -> None:
    done = report(people)
    claimed = jobs.claim(done.pk, now=timezone.now())
    assert claimed is not None
    assert_constant_queries(administrator, "/admin/travaux/", lambda: report(people))


# --- people ------------------------------------------------------------------------------------------------------


def test_people_are_listed_with_position_and_last_sign_in(people: People, administrator: Client) -> None:
    rows = administrator.get("/admin/personnes/").context["rows"]
    assert {row.email for row in rows} >= {people.member.email, people.outsider.email}
    positions = {row.email: [position.organisation.name for position in row.positions_today] for row in rows}
    assert positions[people.animator.email] == ["Fondation des Territoires"]
    assert positions[people.outsider.email] == []


def test_people_are_found_by_name_address_and_state(people: People, administrator: Client) -> None:
    factories.UserFactory(first_name="Zoé", last_name="Ferrand", email="zf@exemple.example")

    def found(query: str) -> list[str]:
        return [row.last_name for row in administrator.get(f"/admin/personnes/?{query}").context["rows"]]

    assert found("q=zoe+FERRAND") == ["Ferrand"]
    assert found("q=zf@") == ["Ferrand"]
    assert found("etat=administration") == ["Administrator"]
    assert "Ferrand" in found("etat=jamais")


def test_the_list_of_people_does_not_grow(administrator: Client, assert_constant_queries: Any) -> None:
    assert_constant_queries(administrator, "/admin/personnes/", factories.PositionFactory)


# --- what waits for them -----------------------------------------------------------------------------------------


def test_the_home_page_shows_mails_and_reports_in_trouble(people: People, administrator: Client) -> None:
    """One task a kind with its number, each leading to the list that shows just these."""
    now = timezone.now()
    mail(state=MailState.UNCERTAIN), mail(state=MailState.UNCERTAIN), mail(state=MailState.FAILED), mail()
    report(people, finished_at=now, **FAILED)

    shown = administrator.get("/").content.decode()

    assert "2 courriels ne sont peut-être pas partis" in shown
    assert "1 courriel a été refusé" in shown
    assert "1 rapport n’a pas pu être préparé" in shown
    assert "Rien pour l’instant" not in shown
    for address, number in {
        "/admin/mails/?etat=incertain": 2, "/admin/mails/?etat=refuse": 1, "/admin/travaux/?etat=echoue": 1,
    }.items():  # fmt: skip
        assert f'href="{address}"' in shown
        assert len(administrator.get(address).context["rows"]) == number


def test_nobody_else_sees_the_machine_s_troubles(people: People, signed_in: Any) -> None:
    mail(state=MailState.UNCERTAIN)
    assert "courriel n’est peut-être pas parti" not in signed_in(people.animator).get("/").content.decode()


def test_a_failure_that_was_asked_for_again_waits_for_nobody(people: People, administrator: Client) -> None:
    made = report(people, finished_at=timezone.now(), **FAILED)
    administrator.post(f"/admin/travaux/{made.public_id}/relancer/")
    assert "rapport n’a pas pu être préparé" not in administrator.get("/").content.decode()
