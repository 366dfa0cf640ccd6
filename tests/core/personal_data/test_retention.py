"""Periods of retention: chosen on one page, printed on another, kept by the nightly purge to the day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session as Browser
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from core.accounts import personal_links
from core.accounts.models import User
from core.accounts.personal_links import PersonalLink
from core.imports.models import Import
from core.lifecycle import retention
from core.models import SentForm, StoredFile
from core.notifications.enums import MailState
from core.notifications.models import Notification, OutboxMessage
from core.personal_data.models import PersonalExport, RetentionPeriod
from core.personal_data.retention import services
from core.personal_data.tasks import purge
from core.reports.enums import ReportState
from core.reports.models import Report
from funding.models import ListFile
from governance.models import RescuedFile, RescuedForm
from members.models import AccessRequest, Invitation
from sessions_app.models import AmendmentRequest, Circulation, MinutesEntry, MinutesProposal, MinutesRevision
from tests import factories
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db
PAGE = "/administration/donnees-personnelles/durees/"


def text(response: Any) -> str:
    return response.text.replace("\u00a0", " ").replace("\u202f", " ")


def periods(client: Client, **changes: int) -> Any:
    return client.post(PAGE, {**form_to(client.get(PAGE), PAGE).data, **changes}, follow=True)


def test_the_privacy_page_prints_the_setting(people: People, signed_in: Any) -> None:
    before = text(Client().get("/donnees-personnelles/"))
    assert "1 an ; un code ou un lien personnel est retiré dès que le courriel est parti." in before
    assert "14 jours après la connexion au plus tard" in before

    assert "Les durées sont enregistrées" in text(periods(signed_in(people.administrator), mails=90, browsers=7))

    after = text(Client().get("/donnees-personnelles/"))
    assert "3 mois ; un code ou un lien personnel est retiré dès que le courriel est parti." in after
    assert "7 jours après la connexion au plus tard" in after
    assert dict(RetentionPeriod.objects.values_list("key", "days")) == {"mails": 90, "browsers": 7}


def test_what_is_as_by_default_is_not_kept(people: People, signed_in: Any) -> None:
    client = signed_in(people.administrator)
    periods(client, mails=90)
    periods(client, mails=365)
    assert not RetentionPeriod.objects.exists()


@pytest.mark.parametrize("wrong", [0, 29, 999_999, "demain", ""])
def test_a_period_out_of_bounds_is_refused_at_its_field(people: People, signed_in: Any, wrong: Any) -> None:
    response = periods(signed_in(people.administrator), mails=wrong, browsers=7)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"mails"}
    assert not RetentionPeriod.objects.exists()


@pytest.mark.parametrize(("days", "words"), [(1, "1 jour"), (45, "45 jours"), (90, "3 mois"), (730, "2 ans")])
def test_periods_in_words(days: int, words: str) -> None:
    assert retention.in_words(days) == words


# --- what each line removes: a row of that age; every line has one here ------------------------------------------------

Make = Callable[[User, dt.datetime], Any]


def browser(user: User, at: dt.datetime) -> UserSession:
    key = uuid.uuid4().hex
    Browser.objects.create(session_key=key, session_data="", expire_date=timezone.now() + dt.timedelta(days=1))
    made = UserSession.objects.create(user=user, ip="203.0.113.9", user_agent="x", session_key=key)
    UserSession.objects.filter(pk=made.pk).update(created_at=at)
    return made


def link(user: User, at: dt.datetime) -> PersonalLink:
    personal_links.issue(user=user, scope="x", about=("x", uuid.uuid4()), expires_at=at, now=at - dt.timedelta(days=1))
    return PersonalLink.objects.latest("pk")


def mail(user: User, at: dt.datetime) -> OutboxMessage:
    return OutboxMessage.objects.create(
        message_id=uuid.uuid4().hex,
        sender="a@exemple.example",
        to=[user.email],
        recipient=user,
        created_at=at,
        sent_at=at,
        state=MailState.SENT,
    )


def notification(user: User, at: dt.datetime) -> Notification:
    return Notification.objects.create(recipient=user, kind="x", created_at=at)


def imported(user: User, at: dt.datetime) -> Import:
    return Import.objects.create(kind="x", subject_id=1, by=user, language="fr", file_name="a.csv", sent_at=at)


def job(user: User, at: dt.datetime) -> Report:
    return Report.objects.create(
        kind="x",
        subject_kind="x",
        subject_id=uuid.uuid4(),
        language="fr",
        title="x",
        render_key=uuid.uuid4().hex,
        queue="reports",
        requested_by=user,
        requested_at=at,
        state=ReportState.FAILED,
        error_code="x",
        finished_at=at,
    )


def invitation(user: User, at: dt.datetime) -> Invitation:
    return Invitation.objects.create(
        user=user,
        email=user.email,
        by_mail=True,
        invited_by=user,
        token_hash=uuid.uuid4().hex,
        created_at=at - dt.timedelta(days=14),
        expires_at=at,
        ended_at=at,
    )


def revision(user: User, at: dt.datetime) -> MinutesRevision:
    """An earlier text of published minutes."""
    minutes = factories.MinutesFactory(state="published")
    entry = minutes.entries.first()
    made = MinutesRevision.objects.create(entry=entry, number=2, body="<p>Avant.</p>", author=user, saved_at=at)
    MinutesEntry.objects.filter(pk=entry.pk).update(revision=3)
    MinutesRevision.objects.create(entry=entry, number=3, body="<p>Après.</p>", author=user, saved_at=at)
    return made


def rescued_form(user: User, at: dt.datetime) -> RescuedForm:
    left = RescuedForm.objects.create(
        author=user,
        organisation=user.positions.get().organisation,
        address="/sessions/1/modifier/",
        page="/sessions/1/modifier/",
        passages=[["Titre", "Voir loin"]],
        left_at=at - dt.timedelta(days=9),
        closed_at=at,
    )
    RescuedFile.objects.create(left=left, label="Logo", file=stored(user))
    return left


def stored(user: User) -> StoredFile:
    made = StoredFile(original_name="plan.png", content_type="image/png", size=4, sha256="0" * 64, uploaded_by=user)
    made.file.save("x", ContentFile(b"\x89PNG"), save=False)
    made.save()
    return made


ROWS: dict[str, Make] = {
    "browsers": browser,
    "personal_links": link,
    "mails": mail,
    "notifications": notification,
    "imports": imported,
    "jobs": job,
    "access_requests": lambda user, at: factories.AccessRequestFactory(answered=True, answered_at=at),
    "invitations": invitation,
    "revisions": revision,
    "left_texts": lambda user, at: factories.MinutesProposalFactory(closed_at=at),
    "rescued_forms": rescued_form,
    "list_files": lambda user, at: ListFile.objects.create(page="liste", format="csv", by=user, asked_at=at),
    "rights_requests": lambda user, at: factories.RightsRequestFactory(answered=True, answered_at=at),
    "own_data": lambda user, at: PersonalExport.objects.create(user=user, asked_at=at),
    "sent_forms": lambda user, at: SentForm.objects.create(digest=uuid.uuid4().hex, content="", sent_at=at),
}


def test_every_line_with_a_period_is_tried_here() -> None:
    assert {holding.key for holding in retention.settings()} == set(ROWS)


@pytest.mark.parametrize("key", ROWS)
def test_it_removes_exactly_what_is_due(people: People, key: str) -> None:
    RetentionPeriod.objects.create(key=key, days=45 if key not in ("own_data", "browsers") else 5)
    days, now = services.days()[key], timezone.now()
    due = ROWS[key](people.member, now - dt.timedelta(days=days, minutes=1))
    fresh = ROWS[key](people.animator, now - dt.timedelta(days=days, minutes=-1))

    purge()

    kept = type(due).objects.filter(removed_at=None) if key == "own_data" else type(due).objects
    assert not kept.filter(pk=due.pk).exists()
    assert kept.filter(pk=fresh.pk).exists()


def test_a_text_left_goes_with_its_files(people: People) -> None:
    now = timezone.now()
    due = rescued_form(people.member, now - dt.timedelta(days=4000)).files.get().file
    kept = rescued_form(people.animator, now).files.get().file
    purge()
    assert not Path(due.file.path).exists()
    assert list(StoredFile.objects.all()) == [kept]
    assert Path(kept.file.path).is_file()


def test_a_file_that_the_disk_keeps_stops_nothing_and_goes_another_night(people: People) -> None:
    """A folder of that name stands for whatever the disk refuses to remove."""
    old = timezone.now() - dt.timedelta(days=4000)
    stuck, other = rescued_form(people.member, old), rescued_form(people.animator, old)
    path = Path(stuck.files.get().file.file.path)
    path.unlink()
    (path / "x").mkdir(parents=True)
    due = mail(people.member, old)
    purge()
    assert not RescuedForm.objects.filter(pk=other.pk).exists()
    assert not OutboxMessage.objects.filter(pk=due.pk).exists()
    assert RescuedForm.objects.get().files.get().file.original_name == "plan.png"
    (path / "x").rmdir()
    path.rmdir()
    purge()
    assert not RescuedForm.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_is_still_needed_stays(people: People) -> None:
    """A mail on its way, an open request, the last text of an entry, earlier texts of a draft, a finished report."""
    old = timezone.now() - dt.timedelta(days=4000)
    waiting = mail(people.member, old)
    OutboxMessage.objects.filter(pk=waiting.pk).update(state=MailState.QUEUED, sent_at=None)
    factories.AccessRequestFactory(asked_at=old)
    draft = factories.MinutesFactory().entries.first()
    MinutesRevision.objects.create(entry=draft, number=2, body="", author=people.member, saved_at=old)
    MinutesEntry.objects.filter(pk=draft.pk).update(revision=3)
    factories.MinutesProposalFactory(left_at=old)
    gone = revision(people.member, old)

    assert {key: number for key, number in services.purge(now=timezone.now()).items() if number} == {"revisions": 1}

    assert OutboxMessage.objects.filter(pk=waiting.pk).exists()
    assert AccessRequest.objects.exists()
    assert MinutesProposal.objects.exists()
    assert sorted(MinutesRevision.objects.filter(entry=gone.entry).values_list("number", flat=True)) == [1, 3]
    assert sorted(MinutesRevision.objects.filter(entry=draft).values_list("number", flat=True)) == [1, 2]


def test_what_a_request_replaced_stays_with_what_answered_it(people: People) -> None:
    old = timezone.now() - dt.timedelta(days=4000)
    session = factories.SessionFactory(items=1)
    entry = factories.MinutesFactory(session=session, state="published").entries.get()
    rows = {
        number: MinutesRevision.objects.create(
            entry=entry, number=number, body=f"<p>{number}</p>", author=people.animator, saved_at=old
        )
        for number in (2, 3, 4, 5, 6)
    }
    MinutesEntry.objects.filter(pk=entry.pk).update(revision=6)
    review = Circulation.objects.create(
        session=session,
        opened_at=old,
        closes_at=old + dt.timedelta(days=8),
        opened_by=people.animator,
        organisation=people.animating,
    )
    AmendmentRequest.objects.create(
        circulation=review,
        item=entry.item,
        outside_name="Ada Loin",
        author=people.animator,
        wish="Quatre",
        made_at=old,
        state="accepted",
        answered_at=old,
        answered_by=people.animator,
        revision=rows[4],
    )
    services.purge(now=timezone.now())
    assert sorted(MinutesRevision.objects.filter(entry=entry).values_list("number", flat=True)) == [1, 3, 4, 6]


def test_nobody_removes_fresh_revisions_and_the_protection_is_back(people: People) -> None:
    row = revision(people.member, timezone.now() - dt.timedelta(days=4000))
    with (
        pytest.raises(IntegrityError, match="revisions of the last month stay"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT portal_forget_revisions(%s)", [timezone.now()])
    services.purge(now=timezone.now())
    assert not MinutesRevision.objects.filter(pk=row.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgname = 'sessions_app_minutesrevision_immutable'")
        assert cursor.fetchone() == ("O",)
