"""A copy of what is held about oneself: asked for on the page, made by the worker's code, fetched by nobody else."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.models import StoredFile
from core.personal_data.export import services
from core.personal_data.models import PersonalExport
from core.reports import jobs
from core.reports.enums import ReportState
from core.reports.files import absolute_path
from core.reports.models import Report
from sessions_app.models import Answer
from tests import factories
from tests.support.people import People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]
PAGE = "/compte/mes-donnees/"


def work() -> Report:
    """The worker's work, here and now, for the newest report that waits."""
    report = Report.objects.filter(state=ReportState.QUEUED).latest("pk")
    claimed = jobs.claim(report.pk, now=timezone.now())
    assert claimed is not None
    jobs.make(claimed)
    report.refresh_from_db()
    return report


def archive(client: Client) -> zipfile.ZipFile:
    client.post(PAGE)
    work()
    export = PersonalExport.objects.get(removed_at=None)
    response = client.get(f"{PAGE}{export.public_id}/fichier/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    content = b"".join(response)
    response.close()
    return zipfile.ZipFile(io.BytesIO(content))


def held(found: zipfile.ZipFile, app: str) -> dict[str, Any]:
    return json.loads(found.read(f"donnees/{app}.json"))


@pytest.fixture
def life(people: People) -> User:
    """What the portal knows of the member: an answer, a mail, a file; and a secret of somebody else."""
    member = people.member
    organisation = member.positions.get().organisation
    session = factories.SessionFactory(announced=True, title="Voir loin")
    for user in (member, people.animator):
        Answer.objects.create(
            session=session,
            organisation=user.positions.get().organisation,
            user=user,
            choice="yes",
            recorded_by=people.animator,
            answered_at=timezone.now(),
        )
    stored = StoredFile(original_name="../Ma photo.png", content_type="image/png", size=4, sha256="0" * 64)
    stored.uploaded_by = member
    stored.file.save("x", ContentFile(b"\x89PNG"), save=False)
    stored.save()
    assert organisation
    return member


def test_it_holds_what_is_known_and_names_nobody_else(life: User, people: People, signed_in: Any) -> None:
    found = archive(signed_in(life))

    assert held(found, "accounts")["accounts.User"][0]["email"] == life.email
    assert "password" not in held(found, "accounts")["accounts.User"][0]
    position = held(found, "members")["members.Position"]
    assert [row["organisation"] for row in position] == ["Atelier des communs ruraux"]
    answers = held(found, "sessions_app")["sessions_app.Answer"]
    assert [(row["user"], row["recorded_by"], row["choice"]) for row in answers] == [
        (life.get_full_name(), "quelqu’un d’autre", "yes")
    ]
    assert found.read("fichiers/0001-Ma photo.png") == b"\x89PNG"
    page = found.read("lisez-moi.html").decode()
    assert life.get_full_name() in page
    assert "Atelier des communs ruraux" in page
    everything = b"".join(found.read(name) for name in found.namelist()).decode(errors="replace")
    for other in (people.animator, people.administrator, people.funder):
        assert other.email not in everything
        assert other.get_full_name() not in everything
    assert life.password not in everything


def test_the_journal_says_what_one_did(people: People, signed_in: Any) -> None:
    client = signed_in(people.administrator)
    client.post("/administration/demarrage/name/plus-tard/")
    journal = json.loads(archive(client).read("donnees/journal.json"))

    assert [(row["table"], row["what"], row["address"]) for row in journal] == [
        ("portal_startmarkevent", "insert", "/administration/demarrage/name/plus-tard/"),
        ("reports_reportevent", "insert", PAGE),  # that the copy itself was asked for
    ]


def test_the_page_says_where_it_stands(people: People, signed_in: Any) -> None:
    client = signed_in(people.outsider)  # without any position: the right stays
    assert "Préparer une copie de mes données" in client.get(PAGE).text
    client.post(PAGE)
    client.post(PAGE)  # pressed twice
    assert PersonalExport.objects.count() == Report.objects.count() == 1
    waiting = client.get(PAGE).text
    assert "En attente de son tour" in waiting
    work()
    ready = client.get(PAGE).text
    assert "Télécharger mes données (ZIP" in ready

    export = PersonalExport.objects.get()
    card = client.get(f"{PAGE}{export.public_id}/", headers={"HX-Request": "true"}).text
    assert "Télécharger mes données (ZIP" in card


def test_it_is_fetched_by_its_owner_alone(people: People, signed_in: Any) -> None:
    client = signed_in(people.member)
    archive(client)
    export = PersonalExport.objects.get()
    for other in (people.administrator, people.animator):
        for address in (f"{PAGE}{export.public_id}/", f"{PAGE}{export.public_id}/fichier/"):
            assert signed_in(other).get(address).status_code == 404
    response = Client().get(f"{PAGE}{export.public_id}/fichier/")
    assert response.status_code == 302


def test_a_newer_one_replaces_it_and_time_removes_it(people: People, signed_in: Any) -> None:
    client = signed_in(people.member)
    archive(client)
    first = absolute_path(Report.objects.latest("pk").file)
    assert first.is_file()
    archive(client)
    second = absolute_path(Report.objects.latest("pk").file)
    assert not first.exists()
    assert second.is_file()

    now = timezone.now()
    assert services.forget_old(before=now - dt.timedelta(days=1), now=now) == 0
    assert services.forget_old(before=now + dt.timedelta(seconds=1), now=now) == 1
    assert not second.exists()
    assert "Préparer une copie de mes données" in client.get(PAGE).text
