"""The settings of the space: what an administrator writes stands where everybody reads it; bad pictures are refused."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from core import space
from core.files.images import LONGEST_SIDE
from core.models import Space, StoredFile
from core.space import current_space
from tests import factories
from tests.core.files.makers import good, png_bomb
from tests.support.people import People

pytestmark = pytest.mark.django_db
ADDRESS = "/administration/espace/"
NAMED = {
    "name": "Espace des ingénieries du Massif central",
    "short_name": "L’espace du Massif",
    "subtitle": "Ingénieries de proximité",
    "contact_email": "Contact@Massif.example",
    "born_on": "12/01/2027",
    "welcome": "Bienvenue au Massif.\n\nOn y <b>marche</b>.",
    "motto": "Un espace de montagne.",
    "default_language": "fr",
}


@pytest.fixture
def administrator(people: People, signed_in: Any) -> Client:
    return signed_in(people.administrator)


@pytest.fixture(autouse=True)
def at_once(django_capture_on_commit_callbacks: Any) -> Any:
    with django_capture_on_commit_callbacks(execute=True):
        yield
    space.forget()


def send(client: Client, **changed: Any) -> Any:
    response = client.post(ADDRESS, {**NAMED, **changed})
    space.forget()
    return response


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_new_space_gets_its_name_everywhere(administrator: Client) -> None:
    assert not Space.objects.exists()
    assert "<b>L’espace d’articulation</b>" in page(administrator.get(ADDRESS))
    response = send(administrator)
    assert (response.status_code, response["Location"]) == (302, ADDRESS)
    row = Space.objects.get()
    assert (row.contact_email, row.born_on, row.demonstration) == (
        "Contact@Massif.example",
        dt.date(2027, 1, 12),
        False,
    )
    home = page(Client().get("/"))
    assert "<title>Espace des ingénieries du Massif central" in home
    assert "<b>L’espace du Massif</b><span>Ingénieries de proximité</span>" in home
    assert "<p>Bienvenue au Massif.</p> <p>On y &lt;b&gt;marche&lt;/b&gt;.</p>" in home
    assert "Un espace de montagne." in home


def test_every_change_is_in_the_journal(administrator: Client, people: People) -> None:
    send(administrator)
    send(administrator, short_name="Le Massif")
    events = Space.pgh_event_model.objects.order_by("pgh_id")
    assert [(event.pgh_label, event.short_name) for event in events] == [
        ("insert", "L’espace du Massif"),
        ("update", "Le Massif"),
    ]
    assert events.last().pgh_context["user"] == str(people.administrator.public_id)
    assert "Le Massif" in page(administrator.get("/gouvernance/journal/"))


def test_the_same_again_is_no_change(administrator: Client) -> None:
    send(administrator)
    send(administrator)
    assert Space.pgh_event_model.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Ce champ est obligatoire"),
        ({"name": "x" * 121}, "au plus 120 caractères"),
        ({"short_name": " \t"}, "Ce champ est obligatoire"),
        ({"contact_email": "pas une adresse"}, "adresse"),
        ({"welcome": "x" * 1201}, "au plus 1200 caractères"),
        ({"default_language": "de"}, "de n’en fait pas partie"),
        ({"born_on": "31/02/2027"}, "date"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_kept(administrator: Client, wrong: dict[str, str], told: str) -> None:
    response = send(administrator, **wrong)
    assert response.status_code == 422
    assert told in page(response)
    assert NAMED["motto"] in page(response)
    assert not Space.objects.exists()
    (field,) = wrong
    assert list(response.context["form"].errors) == [field]


def test_the_logo_is_drawn_anew_and_stands_at_the_head(administrator: Client) -> None:
    send(administrator, logo=upload("Mon logo.png", good("png") + b"<script>"))
    stored = Space.objects.get().logo
    with stored.file.open("rb") as file:
        assert b"<script>" not in file.read()
    name = Space.objects.get().logo_name
    assert f'<img src="/logo/{name}"' in page(Client().get("/"))
    answer = Client().get(f"/logo/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert Client().get("/logo/0123456789abcdef.png").status_code == 404

    send(administrator)  # saved again without a picture: it stays
    assert Space.objects.get().logo == stored
    send(administrator, remove_logo="on")
    assert Space.objects.get().logo is None
    assert Client().get(f"/logo/{name}").status_code == 404
    assert StoredFile.objects.filter(pk=stored.pk).exists()  # the audit trail names it


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("logo.svg", SVG, "Les fichiers de ce type ne sont pas acceptés"),
        ("logo.png", SVG, "ce n’est pas un fichier .png"),
        ("logo.heic", HEIC, "Les fichiers de ce type ne sont pas acceptés"),
        ("logo.jpg", HEIC, "n’est pas un fichier .jpg"),
        ("logo.png", b"", "vide"),
        ("logo.png", good("png")[:40], "endommagée"),
        ("logo.pdf", good("pdf"), "Les fichiers de ce type ne sont pas acceptés"),
        ("logo.png", png_bomb(40_000), "40 millions de pixels au plus"),
    ],
)
def test_other_pictures_are_refused_with_a_sentence(
    administrator: Client, name: str, content: bytes, told: str
) -> None:
    response = send(administrator, logo=upload(name, content))
    assert response.status_code == 422
    assert told in page(response)
    assert not Space.objects.exists()


def test_a_large_logo_is_made_small(administrator: Client) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (5000, 1000)).save(picture, "PNG")
    send(administrator, logo=upload("a.png", picture.getvalue()))
    with Space.objects.get().logo.file.open("rb") as file:
        assert Image.open(file).size == (LONGEST_SIDE, LONGEST_SIDE // 5)


def test_visitors_read_the_language_of_the_space(administrator: Client) -> None:
    send(administrator, default_language="en")
    assert 'lang="en"' in page(Client().get("/"))
    french = Client()
    french.post("/langue/", {"language": "fr"})
    assert 'lang="fr"' in page(french.get("/"))
    assert 'lang="fr"' in page(administrator.get("/"))  # the person's own profile says French


def test_a_change_reaches_other_processes_within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    row = factories.SpaceFactory()
    assert current_space().short_name == row.short_name
    Space.objects.update(short_name="Le Massif")
    assert current_space().short_name == row.short_name
    clock = space.time.monotonic() + 61
    monkeypatch.setattr(space.time, "monotonic", lambda: clock)
    assert current_space().short_name == "Le Massif"


def test_applications_and_passkeys_bear_the_name(people: People) -> None:
    from allauth.mfa.adapter import get_adapter

    factories.SpaceFactory(short_name="Le Massif")
    assert "issuer=Le%20Massif" in get_adapter().build_totp_url(people.member, "SECRET")


def test_documents_are_made_anew_for_another_second_line() -> None:
    factories.SpaceFactory(subtitle="Un")
    before = space.printed_space()
    Space.objects.update(subtitle="Deux")
    space.forget()
    assert space.printed_space() != before


def test_settings_wait_for_two_at_once(people: People) -> None:
    from portal.setup.space import FIELDS, save_space

    values = {**dict.fromkeys(FIELDS, ""), "name": "A", "short_name": "A", "born_on": None, "default_language": "fr"}
    values |= {"attendance_as_annex": False, "second_factor_required": False}
    save_space(by=people.administrator, values=values, now=timezone.now())
    save_space(by=people.administrator, values={**values, "name": "B"}, now=timezone.now())
    assert Space.objects.get().name == "B"


def test_attendance_moves_into_an_annex_by_the_form(administrator: Client) -> None:
    assert 'name="attendance_as_annex"' in page(administrator.get(ADDRESS))
    send(administrator, attendance_as_annex="on")
    assert Space.objects.get().attendance_as_annex
    send(administrator)
    assert not Space.objects.get().attendance_as_annex
