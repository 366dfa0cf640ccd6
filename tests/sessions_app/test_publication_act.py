"""Publishing is one act: the report is asked for with it, its address stands in the mail, those present are a click away."""

from __future__ import annotations

import pytest
from django.utils import timezone

from core.notifications.models import Notification, OutboxMessage
from core.reports.models import Report
from sessions_app.enums import VersionState
from sessions_app.messages.enums import Recipients
from sessions_app.models import MinutesVersion, VersionStanding
from tests import factories

pytestmark = pytest.mark.django_db

PUBLISH = "/sessions/22/compte-rendu/publier/"
PDF = "/sessions/22/rapport/version-1.pdf"


@pytest.fixture
def written(people):
    factories.SpaceFactory()
    session = factories.SessionFactory(number=22, items=1)
    factories.MinutesFactory(session=session)
    return session


@pytest.fixture
def client(people, signed_in):
    return signed_in(people.animator)


def test_with_the_version_its_report_is_asked_for(written, client, people):
    answer = client.post(PUBLISH, {"based_on": "0"})
    assert answer.status_code == 302
    version = MinutesVersion.objects.get()
    report = Report.objects.get()
    assert (report.subject_id, report.kind, report.requested_by) == (
        version.public_id,
        "session-report",
        people.animator,
    )
    page = client.get(answer["Location"]).content.decode()
    assert "Rédiger un message" not in page
    assert "/sessions/22/messages/nouveau/?compte-rendu=1" in page
    assert "Envoyer aux présents" in page


def test_the_mail_bears_the_address_of_the_report(written, client, people, settings):
    client.post(PUBLISH, {"based_on": "0"})
    told = Notification.objects.get(kind="sessions_app.minutes_published", recipient=people.member)
    assert [line.replace("\xa0", " ") for line in told.lines] == [f"Rapport (PDF) : {settings.BASE_URL}{PDF}"]
    mail = OutboxMessage.objects.get(kind="sessions_app.minutes_published", recipient=people.member)
    assert f'href="{settings.BASE_URL}{PDF}"' in mail.html
    assert f"{settings.BASE_URL}{PDF}" in mail.text


def test_the_address_of_the_report_says_so_while_it_is_made(written, client, people, signed_in):
    assert client.get(PDF).status_code == 404
    client.post(PUBLISH, {"based_on": "0"})
    page = signed_in(people.member).get(PDF)
    assert page.status_code == 202
    assert "Ce fichier est encore en cours d’édition." in page.content.decode()
    Report.objects.update(state="cancelled", finished_at=timezone.now())
    assert signed_in(people.member).get(PDF).status_code == 404


def test_the_message_to_those_present_is_written_already(written, client, settings):
    client.post(PUBLISH, {"based_on": "0"})
    form = client.get("/sessions/22/messages/nouveau/?compte-rendu=1").context["form"]
    assert form["recipients"].value() == Recipients.PRESENT
    assert form["subject"].value().startswith("Compte rendu de la 22e session")
    assert f"{settings.BASE_URL}{PDF}" in form["body"].value()
    VersionStanding.objects.update(
        state=VersionState.WITHDRAWN, withdrawn_at=timezone.now(), withdrawal_reason="Erreur"
    )
    bare = client.get("/sessions/22/messages/nouveau/?compte-rendu=1").context["form"]
    assert (bare["recipients"].value(), bare["subject"].value()) == (Recipients.ALL, None)
