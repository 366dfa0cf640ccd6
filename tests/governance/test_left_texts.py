"""What a former animator was still writing: refused with the reason, kept, and read by the animators of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from core import waiting
from core.accounts.rights import PermissionRefused
from core.formatting import names
from core.forms.base import written_texts
from core.models import StoredFile
from core.notifications.models import Notification
from governance.models import RescuedFile, RescuedForm, SpaceEvent
from governance.rescued_forms import rescue
from tests.governance.stage import Stage

SignedIn = Callable[[Any], Client]
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EVENT = "/gouvernance/evenements/nouveau/"
FORM = {"kind": "other", "date": "été 2025", "title": "Une rencontre", "text": "Un texte à moitié écrit"}
KEPT = [["Date", "été 2025"], ["Titre", "Une rencontre"], ["En quelques phrases", "Un texte à moitié écrit"]]


@pytest.fixture
def late(stage: Stage, signed_in: SignedIn) -> Client:
    """The former animator's browser, whose page was open before the handover took effect."""
    client = signed_in(stage.people["holder"])
    assert client.get(EVENT).status_code == 200
    stage.completed()
    return client


def test_refused_with_the_reason_and_kept(stage: Stage, late: Client) -> None:
    answer = late.post(EVENT, FORM, headers={"referer": f"http://testserver{EVENT}?depuis=frise"})
    assert answer.status_code == 403
    assert f"Le mandat d’animation {names.of(stage.holder.label)} a pris fin" in answer.text
    assert "Rien n’est perdu." in answer.text
    assert "Un texte à moitié écrit" in answer.text
    assert not SpaceEvent.objects.exists()
    left = RescuedForm.objects.get()
    assert (left.author, left.organisation) == (stage.people["holder"], stage.holder)
    assert (left.address, left.page) == (EVENT, f"{EVENT}?depuis=frise")
    assert [[label.replace("\u00a0", " "), text] for label, text in left.passages] == KEPT


def test_the_new_animators_are_told_read_it_and_put_it_aside(stage: Stage, late: Client, signed_in: SignedIn) -> None:
    late.post(EVENT, FORM)
    told = Notification.objects.filter(kind="governance.text_left")
    assert {row.recipient for row in told} == {stage.people["receiver"], stage.people["receiving_substitute"]}
    receiver = stage.people["receiver"]
    receiver.__dict__.pop("_rights_memory", None)
    task = next(task for task in waiting.tasks(receiver, timezone.now()) if task.url.endswith("/textes-laisses/"))
    assert task.title.replace("\u00a0", " ") == "Lire 1 texte laissé par l’animation précédente"
    client = signed_in(receiver)
    page = client.get(task.url).text
    assert "Un texte à moitié écrit" in page
    assert f'href="{EVENT}"' in page
    client.post(f"/gouvernance/textes-laisses/{RescuedForm.objects.get().public_id}/lu/")
    assert RescuedForm.objects.get().closed_at is not None
    assert "Un texte à moitié écrit" not in client.get(task.url).text
    assert all(task.url != "/gouvernance/textes-laisses/" for task in waiting.tasks(receiver, timezone.now()))


def attached(*contents: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("note.pdf", contents[0] if contents else PDF)


def test_an_attached_file_is_kept_too(stage: Stage, signed_in: SignedIn) -> None:
    holder = signed_in(stage.people["holder"])
    stage.completed()
    form = {"title": "Une question", "question": "Oui ?", "document": attached()}
    answer = holder.post("/gouvernance/consultations/nouvelle/", form)
    assert answer.status_code == 403
    assert "note.pdf" in answer.text
    row = RescuedFile.objects.select_related("file").get()
    assert (row.label, row.file.original_name, row.file.uploaded_by) == ("Document", "note.pdf", stage.people["holder"])
    url = f"/gouvernance/textes-laisses/{row.left.public_id}/pieces/{row.public_id}/"
    receiver = signed_in(stage.people["receiver"])
    assert f'href="{url}"' in receiver.get("/gouvernance/textes-laisses/").text
    assert b"".join(receiver.get(url).streaming_content) == PDF
    assert holder.get(url).status_code == 403
    holder.post("/gouvernance/consultations/nouvelle/", {**form, "document": attached(PDF + b"%%EOF\n")})
    assert RescuedFile.objects.count() == 1  # sent again, it replaces the first
    row.left.refresh_from_db()
    rescue.close(left=row.left, by=stage.people["receiver"], now=timezone.now())
    assert receiver.get(url).status_code == 404


def test_a_file_alone_is_worth_keeping(stage: Stage, signed_in: SignedIn) -> None:
    holder = signed_in(stage.people["holder"])
    stage.completed()
    holder.post("/gouvernance/consultations/nouvelle/", {"title": "", "document": attached()})
    assert RescuedForm.objects.get().passages == []


def test_a_file_that_is_not_taken_is_told(stage: Stage, signed_in: SignedIn) -> None:
    holder = signed_in(stage.people["holder"])
    stage.completed()
    form = {"title": "Une question", "document": attached(b"MZ, a program")}
    answer = holder.post("/gouvernance/consultations/nouvelle/", form)
    assert "Un fichier n’a pas pu être gardé." in answer.text
    assert RescuedForm.objects.get().passages == [["Titre", "Une question"]]
    assert not RescuedFile.objects.exists()


def test_more_files_than_are_kept_are_told(stage: Stage, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescue, "MOST_FILES", 0)
    holder = signed_in(stage.people["holder"])
    stage.completed()
    form = {"title": "Une question", "document": attached()}
    answer = holder.post("/gouvernance/consultations/nouvelle/", form)
    assert "0 fichiers au plus sont gardés" in answer.text
    assert RescuedForm.objects.get().passages == [["Titre", "Une question"]]
    assert not RescuedFile.objects.exists()


def test_sent_again_replaces_it_and_tells_nobody_twice(stage: Stage, late: Client) -> None:
    late.post(EVENT, FORM)
    late.post(EVENT, {**FORM, "text": "Un texte aux trois quarts écrit"})
    assert RescuedForm.objects.get().passages[2][1] == "Un texte aux trois quarts écrit"
    assert Notification.objects.filter(kind="governance.text_left").count() == 2  # two people, once each


def test_sent_again_its_files_replace_the_earlier_ones(stage: Stage, signed_in: SignedIn) -> None:
    holder = signed_in(stage.people["holder"])
    stage.completed()
    for _time in range(2):
        holder.post("/gouvernance/consultations/nouvelle/", {"title": "Une question", "document": attached()})
    assert RescuedFile.objects.get().file == StoredFile.objects.get(original_name="note.pdf")


@pytest.mark.parametrize("data", [{}, {"kind": "other"}, {"title": "  "}, {"unknown": "Rien de connu"}])
def test_nothing_written_nothing_kept(stage: Stage, late: Client, data: dict[str, str]) -> None:
    answer = late.post(EVENT, data)
    assert answer.status_code == 403
    assert "Rien n’est perdu." not in answer.text
    assert not RescuedForm.objects.exists()


def test_only_after_the_end_of_a_mandate(stage: Stage, signed_in: SignedIn) -> None:
    for role in ("receiver", "other0", "observer", "outsider", "administrator"):
        assert signed_in(stage.people[role]).post(EVENT, FORM).status_code == 403, role
    assert not RescuedForm.objects.exists()
    with pytest.raises(PermissionRefused):
        keep(stage, "other0")


def keep(stage: Stage, role: str, address: str = EVENT, text: str = "Un texte") -> RescuedForm | None:
    user = stage.people[role]
    user.__dict__.pop("_rights_memory", None)  # what it knew before the handover
    return rescue.keep(
        by=user,
        organisation=stage.holder,
        address=address,
        page=address,
        passages=[("Titre", text)],
        now=timezone.now(),
    )


def test_a_person_cannot_fill_the_register(stage: Stage, late: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescue, "MOST_OPEN", 2)
    kept = [keep(stage, "holder", f"/{number}/") for number in range(3)]
    assert [left is not None for left in kept] == [True, True, False]
    assert len(keep(stage, "holder", "/0/", "a" * 30_000).passages[0][1]) == rescue.LONGEST


def test_only_todays_animators_read_them(stage: Stage, late: Client, signed_in: SignedIn) -> None:
    left = keep(stage, "holder")
    for role, status in (("receiver", 200), ("holder", 403), ("other0", 403), ("administrator", 403)):
        assert signed_in(stage.people[role]).get("/gouvernance/textes-laisses/").status_code == status, role
    with pytest.raises(PermissionRefused):
        rescue.close(left=left, by=stage.people["holder"], now=timezone.now())


def test_an_address_of_another_site_is_never_linked(stage: Stage, late: Client) -> None:
    for referer in ("https://ailleurs.example/piege", "http://testserver//ailleurs.example/piege"):
        late.post(EVENT, FORM, headers={"referer": referer})
        page = RescuedForm.objects.get().page
        assert page.startswith("/")
        assert not page.startswith("//")


def test_by_the_clock_too(stage: Stage, signed_in: SignedIn, time_machine: Any) -> None:
    client = signed_in(stage.people["holder"])
    handover = stage.completed(at=timezone.now() + dt.timedelta(hours=1))
    assert client.post(EVENT, FORM).status_code == 302
    time_machine.move_to(handover.incoming.starts_at)
    assert client.post(EVENT, {**FORM, "title": "Trop tard"}).status_code == 403
    assert RescuedForm.objects.get().passages[1][1] == "Trop tard"


class TestWrittenTexts:
    """A form is recognised by its fields; only free text counts."""

    @pytest.mark.parametrize(
        ("sent", "texts"),
        [
            ("title=Un&question=Deux&context=&closes_at=2026-01-01T10:00&hides_until_closed=on", ["Un", "Deux"]),
            ("stance=objection&reason=Parce+que&organisation=12&based_on=3", ["Parce que"]),
            ("proxy-12-holder=4&giver=12", []),
            ("csrfmiddlewaretoken=secret&password=secret", []),
            ("", []),
        ],
    )
    def test_of_the_portals_forms(self, sent: str, texts: list[str]) -> None:
        assert [text for _label, text in written_texts(QueryDict(sent))] == texts


def test_the_right_to_leave_a_text_ends(stage: Stage, signed_in: SignedIn, time_machine: Any) -> None:
    """A month after the mandate nothing is kept for anybody; the refusal is the same."""
    stage.completed()
    time_machine.move_to(timezone.now() + dt.timedelta(days=29))
    assert signed_in(stage.people["holder"]).post(EVENT, FORM).status_code == 403
    assert RescuedForm.objects.count() == 1
    time_machine.move_to(timezone.now() + dt.timedelta(days=2))
    answer = signed_in(stage.people["holder"]).post(EVENT, {**FORM, "title": "Une autre rencontre"})
    assert answer.status_code == 403
    assert "Rien n’est perdu." not in answer.text
    assert "Une autre rencontre" not in str(RescuedForm.objects.get().passages)


def test_an_observer_of_the_former_is_refused_like_anybody(stage: Stage, signed_in: SignedIn) -> None:
    """Who could not write before leaves nothing, and gets the reason instead of a fault."""
    stage.completed()
    answer = signed_in(stage.people["observer"]).post(EVENT, FORM)
    assert answer.status_code == 403
    assert not RescuedForm.objects.exists()
