"""Withdrawn at once: what the minutes decided goes with them, everywhere, and comes back with them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from core import partial_dates
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification
from core.reports.services import request_report
from core.reports.verification import by_digits
from governance.pack.parts import decisions
from sessions_app.documents.record import RECORD_REPORT
from sessions_app.follow_up import reminders, services as follow_up
from sessions_app.minutes import publication, services as minutes
from sessions_app.models import ActionItem, Decision
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "pamplemousse"


def now():
    return timezone.now()


@pytest.fixture
def session(people):
    """A record is out; no minutes are published."""
    factories.SpaceFactory()
    session = factories.SessionFactory(number=22, items=1)
    responsible = people.member.positions.get().organisation
    factories.DecisionFactory(session=session, text=f"Acheter un {SECRET}", released_at=None)
    factories.ActionItemFactory(
        session=session,
        text=f"Peler le {SECRET}",
        responsible=responsible,
        due=partial_dates.day(factories.days(3)),
        released_at=None,
    )
    follow_up.release_record(session=session, by=people.animator, based_on=0, now=now())
    factories.SessionFactory(announced=True, number=23)
    return session


ADDRESSES = [
    "/decisions/",
    "/decisions/?format=csv",
    "/actions/",
    "/actions/?format=csv",
    "/sessions/22/",
    "/sessions/22/releve/",
    "/sessions/23/",
    "/cycles/2024/",
    "/",
]


def reads(client, address, word=SECRET):
    response = client.get(address)
    content = response.getvalue() if response.streaming else response.content
    return word in content.decode("utf-8-sig", errors="replace")


def withdraw(session, people, documents=None):
    publication.withdraw(session=session, by=people.animator, reason="Erreur", documents=documents, now=now())


def test_members_read_it_before_nowhere_while_withdrawn_and_again_after(session, people, signed_in):
    member = signed_in(people.member)
    shown = {address for address in ADDRESSES if reads(member, address)}
    assert {"/decisions/", "/decisions/?format=csv", "/actions/", "/sessions/22/", "/sessions/22/releve/"} <= shown
    assert "/sessions/23/" in shown  # an open action comes up in the next session
    withdraw(session, people)
    assert [address for address in ADDRESSES if reads(member, address)] == []
    assert member.get("/sessions/22/releve/").status_code == 410
    assert member.get("/sessions/22/releve.pdf").status_code == 410
    assert "/sessions/22/releve/" not in member.get("/sessions/22/").content.decode()
    publication.restore(document=session.records.get(), by=people.animator, reason="Vérifié", now=now())
    assert {address for address in ADDRESSES if reads(member, address)} == shown


def test_the_animators_go_on_reading_it(session, people, signed_in):
    withdraw(session, people)
    animator = signed_in(people.animator)
    for address in ("/decisions/", "/actions/", "/sessions/22/", "/sessions/22/releve/", "/sessions/22/suites/"):
        assert reads(animator, address)


def test_no_pdf_is_made_and_verification_says_withdrawn(session, people):
    record = session.records.get()
    withdraw(session, people)
    with pytest.raises(PermissionRefused):
        request_report(kind=RECORD_REPORT, subject_id=record.public_id, by=people.member, now=now())
    assert by_digits(record.content_sha256).is_withdrawn


def test_nobody_is_reminded_of_a_withdrawn_action(session, people):
    withdraw(session, people)
    Notification.objects.all().delete()
    reminders.remind(now=now())
    assert not Notification.objects.filter(kind__startswith="sessions_app.action").exists()


def test_a_new_record_opens_itself_and_not_the_withdrawn_one(session, people):
    withdraw(session, people)
    Notification.objects.all().delete()
    factories.DecisionFactory(session=session, released_at=None)
    follow_up.release_record(session=session, by=people.animator, based_on=1, now=now())
    assert set(Notification.objects.values_list("kind", flat=True)) == {"sessions_app.record_released"}
    assert [each.standing.state for each in session.records.order_by("number")] == ["withdrawn", "in_force"]
    assert Decision.objects.visible(drafts=False).count() == 2
    assert ActionItem.objects.visible(drafts=False).count() == 1
    first = session.records.get(number=1)
    with pytest.raises(PermissionRefused):
        request_report(kind=RECORD_REPORT, subject_id=first.public_id, by=people.member, now=now())
    assert by_digits(first.content_sha256).is_withdrawn


def test_the_page_says_what_closes_and_withdraws_a_record_alone(session, people, signed_in):
    animator, address = signed_in(people.animator), "/sessions/22/compte-rendu/diffusion/"
    page = animator.get(address).content.decode()
    assert "du relevé de décisions, la page et son PDF" in page
    assert "Rendre public" not in page  # no minutes are published
    assert animator.post(address, {"choix": "rendre-public"}).status_code == 422
    assert animator.post(address, {"choix": "retirer", "reason": "Erreur"}).status_code == 302
    assert "relevé de décisions" in animator.get(address).content.decode()
    assert address in animator.get("/sessions/22/releve/").content.decode()


def test_what_stands_only_in_a_withdrawn_version_closes_though_an_older_record_stays(session, people, signed_in):
    factories.MinutesFactory(session=session)
    factories.DecisionFactory(session=session, text="Acheter une mangue", released_at=None)
    responsible = people.member.positions.get().organisation
    factories.ActionItemFactory(
        session=session,
        text="Peler la mangue",
        responsible=responsible,
        due=partial_dates.day(factories.days(3)),
        released_at=None,
    )
    version = minutes.publish(session=session, by=people.animator, based_on=0, now=now())
    member = signed_in(people.member)
    registers = ("/decisions/", "/decisions/?format=csv", "/actions/", "/actions/?format=csv", "/sessions/22/")
    assert [reads(member, address, "mangue") for address in registers] == [True] * 5
    withdraw(session, people, documents=[version])
    assert [reads(member, address, "mangue") for address in registers] == [False] * 5
    assert [reads(member, address) for address in registers] == [True] * 5  # the record of before holds the rest
    Notification.objects.all().delete()
    reminders.remind(now=now())
    told = Notification.objects.filter(kind__startswith="sessions_app.action")
    assert [SECRET in row.title or SECRET in str(row.__dict__) for row in told] == [True]
    publication.restore(document=version, by=people.animator, reason="Vérifié", now=now())
    assert [reads(member, address, "mangue") for address in registers] == [True] * 5


def test_a_withdrawn_decision_is_in_no_pack_of_a_handover(session, people):
    def rows():
        return [row[1] for row in decisions(None, None)["rows"]]

    factories.DecisionFactory(session=session, text="Pas encore sortie", released_at=None)
    assert rows() == [f"Acheter un {SECRET}", f"Peler le {SECRET}"]
    withdraw(session, people)
    assert rows() == []


def test_people_are_told_what_was_withdrawn_and_only_where_it_was_in_force(session, people):
    def told():
        found = set(Notification.objects.filter(recipient=people.member).values_list("kind", flat=True))
        Notification.objects.all().delete()
        return found

    factories.MinutesFactory(session=session)
    first = minutes.publish(session=session, by=people.animator, based_on=0, now=now())
    minutes.open_amendment(session=session, by=people.animator, now=now())
    second = minutes.publish(session=session, by=people.animator, based_on=1, reason="Un mot", now=now())
    told()
    withdraw(session, people, documents=[session.versions.get(pk=first.pk)])
    assert told() == set()
    withdraw(session, people, documents=list(session.records.all()))
    assert told() == {"sessions_app.record_withdrawn"}
    withdraw(session, people, documents=[session.versions.get(pk=second.pk)])
    assert told() == {"sessions_app.minutes_withdrawn"}
