"""Is this document authentic? Asked by anybody, answered without a secret."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.partial_dates.text import full_day
from core.reports import files, verification
from core.reports.models import Report
from core.reports.verification import digits_of, short_code
from sessions_app.documents import SESSION_DRAFT
from sessions_app.minutes import publication, services as minutes_services
from sessions_app.models import MinutesVersion
from tests import factories
from tests.core.reports.conftest import ask, make
from tests.support.people import People

pytestmark = pytest.mark.usefixtures("dead_broker")


@pytest.fixture
def made(version: MinutesVersion, people: People, transactional_db: None) -> Report:
    return make(ask(version, people.member))


def replace(version: MinutesVersion, people: People) -> MinutesVersion:
    return factories.MinutesVersionFactory(
        session=version.session, author=people.animator, organisation=people.animating
    )


def page(version: MinutesVersion) -> str:
    return reverse("reports:verify-code", args=[version.content_sha256])


def hand_in(body: bytes, name: str = "rapport.pdf") -> str:
    response = Client().post(reverse("reports:verify"), {"file": SimpleUploadedFile(name, body), "code": ""})
    assert response.status_code == 200
    return response.context["verdict"]


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("7F3C-91AB-04DE", "7f3c91ab04de"),
        (" 7f3c 91ab\u00a004de ", "7f3c91ab04de"),
        ("sha256:" + "a" * 64, "a" * 64),
        ("https://portail.example/verifier/" + "b" * 64 + "/", "b" * 64),
        ("7F3C-91AB", None),
        ("7F3C-91AB-04DG", None),
        ("a" * 65, None),
        ("", None),
    ],
)
def test_codes_as_people_type_them(code: str, digits: str | None) -> None:
    assert digits_of(code) == digits


def test_the_address_of_the_qr_code(version: MinutesVersion) -> None:
    response = Client().get(page(version))

    assert response.status_code == 200
    assert response.context["verdict"] == "authentic"


def test_a_replaced_version_says_by_which(version: MinutesVersion, people: People) -> None:
    replace(version, people)
    response = Client().get(page(version))

    assert response.context["verdict"] == "superseded"
    assert response.context["found"].in_force == 2


@pytest.mark.parametrize("code", ["f" * 64, "pas-un-code", "0"])
def test_an_unknown_code(db: None, code: str) -> None:
    response = Client().get(reverse("reports:verify-code", args=[code]))

    assert response.status_code == 404
    assert response.context["verdict"] == "unknown"


def test_nothing_confidential_is_said(version: MinutesVersion, people: People) -> None:
    body = Client().get(page(version)).content.decode()

    assert version.session.title not in body
    assert people.animator.last_name not in body
    assert "Texte du point" not in body


def test_a_code_leads_to_its_page(version: MinutesVersion) -> None:
    response = Client().post(reverse("reports:verify"), {"code": short_code(version.content_sha256).lower()})

    assert response.status_code == 302
    assert response["Location"] == page(version)


@pytest.mark.parametrize("values", [{}, {"code": "abc"}, {"code": ""}])
def test_what_cannot_be_a_code_is_told(db: None, values: dict[str, str]) -> None:
    response = Client().post(reverse("reports:verify"), values)

    assert response.status_code == 422
    assert response.context["form"].errors


def test_a_code_and_a_file_at_once_are_too_much(version: MinutesVersion) -> None:
    values = {"code": version.content_sha256, "file": SimpleUploadedFile("a.pdf", b"%PDF")}

    assert Client().post(reverse("reports:verify"), values).status_code == 422


def test_a_file_made_here(made: Report) -> None:
    assert hand_in(files.absolute_path(made.file).read_bytes()) == "authentic"


def test_a_file_made_here_of_a_replaced_version(made: Report, version: MinutesVersion, people: People) -> None:
    replace(version, people)

    assert hand_in(files.absolute_path(made.file).read_bytes()) == "superseded"


def test_a_file_made_here_of_withdrawn_minutes(made: Report, version: MinutesVersion, people: People) -> None:
    publication.withdraw(session=version.session, by=people.animator, reason="Une erreur", now=timezone.now())

    assert hand_in(files.absolute_path(made.file).read_bytes()) == "withdrawn"
    assert Client().get(page(version)).context["verdict"] == "withdrawn"


def test_one_changed_byte(made: Report) -> None:
    body = bytearray(files.absolute_path(made.file).read_bytes())
    body[len(body) // 2] ^= 1

    assert hand_in(bytes(body)) == "different"


def test_a_mark_across_two_chunks_is_found(made: Report) -> None:
    body = files.absolute_path(made.file).read_bytes()
    at = body.index(b"sha256:") + 20
    padding = b"%" * ((64 * 1024 - at) % (64 * 1024))

    assert hand_in(padding + body) == "different"


def test_any_other_file(db: None) -> None:
    assert hand_in(b"%PDF-1.7 something else") == "unknown"


def test_a_file_that_is_too_large(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.reports import forms

    monkeypatch.setattr(forms, "MOST_BYTES", 1000)
    response = Client().post(reverse("reports:verify"), {"file": SimpleUploadedFile("a.pdf", b"x" * 2000)})

    assert response.status_code == 422


def test_the_token_is_checked(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(reverse("reports:verify"), {"code": "a" * 64}).status_code == 403


def test_a_verifier_stands_once() -> None:
    before = list(verification._verifiers)
    verification.register(before[0])

    assert verification._verifiers == before


def test_a_true_draft_is_told_as_a_draft_and_a_changed_one_is_not(
    version: MinutesVersion, people: People, transactional_db: None
) -> None:
    minutes_services.open_amendment(session=version.session, by=people.animator, now=timezone.now())
    made = make(ask(version, people.animator, kind=SESSION_DRAFT, subject_id=version.session.public_id))
    body = files.absolute_path(made.file).read_bytes()
    response = Client().post(reverse("reports:verify"), {"file": SimpleUploadedFile("b.pdf", body), "code": ""})

    assert response.context["verdict"] == "draft"
    day = full_day(timezone.localdate(made.finished_at))
    assert f"Brouillon du {day}, sans valeur" in response.content.decode().replace("\u00a0", " ")
    assert version.session.title not in response.content.decode()
    assert hand_in(body + b"%") == "unknown"


def test_another_file_made_here_without_a_code_is_not_called_altered(made: Report) -> None:
    twin = Report.objects.get(pk=made.pk)
    twin.pk, twin.public_id, twin.kind, twin.content_sha256 = None, uuid.uuid4(), "personal-data", None
    twin.render_key, twin.file_sha256 = "1" * 64, files.sha256(b"une archive")
    twin.save(force_insert=True)

    assert hand_in(b"une archive", "archive.zip") == "unpublished"
    assert hand_in(b"une autre archive", "archive.zip") == "unknown"
