"""The text of a material is found where it may be read: from the form that sends it, by the worker, to the page it leads to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.file_texts import jobs
from core.file_texts.enums import Remark, TextState
from core.file_texts.models import FileText
from core.files.kinds import ARCHIVES
from core.personal_data.erasure import services as erasure
from core.search import indexing
from core.search.models import Passage
from sessions_app.enums import Audience
from sessions_app.materials import services
from sessions_app.models import Material, Session
from tests import factories
from tests.core.file_texts import makers
from tests.core.files.makers import upload
from tests.support.file_texts import material_with_text
from tests.support.forms import form_to
from tests.support.people import People
from tests.support.worker import wait_for

pytestmark = pytest.mark.django_db(transaction=True)
SEARCH = "/recherche/"


@pytest.fixture
def session(people: People) -> Session:
    factories.SpaceFactory()
    return factories.SessionFactory(number=22, title="Une session")


def found(client: Client, text: str) -> list[str]:
    """Where the hits lead to."""
    response = client.get(SEARCH, {"q": text})
    assert response.status_code == 200
    return [hit.url for hit in response.context["found"].hits]


def send(client: Client, name: str, content: bytes, **given: str) -> Any:
    page = "/sessions/22/supports/ajouter/"
    form = form_to(client.get(page), page)
    return client.post(page, {**form.data, "title": "Note", "file": upload(name, content), **given})


def read_all() -> None:
    for text in FileText.objects.filter(state=TextState.WAITING):
        jobs.run(text.pk)
    indexing.index_pending()


@pytest.mark.usefixtures("worker")
def test_what_is_sent_by_the_form_is_found_on_its_page(session: Session, people: People, signed_in: Any) -> None:
    animator, member = signed_in(people.animator), signed_in(people.member)
    content = makers.pdf("Rien ici", "Le financement des ingénieries de Quimperlé")
    assert send(animator, "note.pdf", content).status_code == 302
    assert send(animator, "note.odt", makers.odt("Titre", "La halle de Plouaret"), title="Halle").status_code == 302
    wait_for(lambda: FileText.objects.filter(state=TextState.READ).count() == 2, seconds=60)
    wait_for(lambda: found(member, "Quimperlé") and found(member, "Plouaret"))
    pdf, odt = Material.objects.get(title="Note"), Material.objects.get(title="Halle")
    (url,) = found(member, "l’ingénierie de quimperle")
    assert url == f"/sessions/22/supports/{pdf.public_id}/?voir=1#page=2"
    page = member.get(SEARCH, {"q": "Quimperlé"}).content.decode().replace("\u00a0", " ")
    assert "Note, page 2" in page
    assert "<mark>Quimperlé</mark>" in page
    assert member.get(url).getvalue() == content
    assert found(member, "Plouaret") == [f"/sessions/22/#support-{odt.public_id}"]
    assert f'id="support-{odt.public_id}"' in member.get("/sessions/22/").content.decode()


def test_replaced_removed_or_kept_it_is_gone_at_once(session: Session, people: People, signed_in: Any) -> None:
    member, now = signed_in(people.member), timezone.now()
    material = material_with_text(session, "Note", "Une capucine")
    indexing.index_pending()
    assert len(found(member, "capucine")) == 1
    given = {"by": people.animator, "title": "Note", "now": now}
    services.change(material=material, audience=Audience.PARTICIPANTS, **given)
    assert found(member, "capucine") == []
    assert len(found(member, "Note")) == 1  # its title is on the page
    assert len(found(signed_in(people.animator), "capucine")) == 1
    services.change(material=material, audience=Audience.MEMBERS, **given)
    assert len(found(member, "capucine")) == 1
    newer = services.change(material=material, audience=Audience.MEMBERS, link="https://exemple.example/n", **given)
    assert found(member, "capucine") == []
    assert not FileText.objects.exists()
    other = material_with_text(session, "Autre", "Un dahlia")
    indexing.index_pending()
    assert len(found(member, "dahlia")) == 1
    services.remove(material=other, by=people.animator)
    assert found(member, "dahlia") == []
    assert not FileText.objects.exists()
    assert newer.version == 2


def test_a_rebuild_reads_no_file_again(session: Session, people: People, signed_in: Any) -> None:
    material_with_text(session, "Note", "Une capucine")  # there are no bytes
    Passage.objects.all().delete()
    indexing.rebuild()
    assert len(found(signed_in(people.member), "capucine")) == 1


def test_slides_are_named_by_their_number(session: Session, people: People, signed_in: Any) -> None:
    kind = next(kind for kind in ARCHIVES if kind.name == "pptx")
    material = material_with_text(session, "Diaporama", "Une capucine", kind=kind)
    FileText.objects.update(is_paged=True)
    indexing.index_pending()
    indexing.index(indexing.sources()["support"], [material.pk])
    page = signed_in(people.member).get(SEARCH, {"q": "capucine"}).content.decode().replace("\u00a0", " ")
    assert "Diaporama, diapositive 1" in page


def test_an_erased_name_is_taken_out_and_found_no_more(session: Session, people: People, signed_in: Any) -> None:
    person: User = factories.UserFactory(first_name="Zéphyrine", last_name="Quatrebarbes")
    material_with_text(session, "Note", "Rien", "Avis de Zéphyrine Quatrebarbes sur la capucine")
    indexing.index_pending()
    member = signed_in(people.member)
    assert len(found(member, "Quatrebarbes")) == 1
    erasure.erase(person=person, by=people.administrator, ground="Demande", now=timezone.now())
    assert FileText.objects.get().pages == ["Rien", "Avis de [effacé] sur la capucine"]
    for _moment in range(2):
        assert found(member, "Quatrebarbes") == []
        assert len(found(member, "capucine")) == 1
        indexing.rebuild()


@pytest.mark.parametrize(
    ("content", "remark", "told"),
    [
        (makers.protected(makers.pdf("Un secret"), "sésame"), Remark.ENCRYPTED, "un mot de passe protège son texte"),
        (makers.pdf("", ""), Remark.NO_TEXT, "ses pages sont des images, sans texte"),
        (b"%PDF-1.7\nrien\n%%EOF\n", Remark.DAMAGED, "le fichier est abîmé"),
        (makers.long_pdf(501), Remark.PAGES, "connaît ses 500 premières pages sur 501"),
    ],
    ids=["password", "no text", "damaged", "long"],
)
def test_what_cannot_be_found_is_told_to_the_animator(
    session: Session, people: People, signed_in: Any, content: bytes, remark: str, told: str
) -> None:
    animator = signed_in(people.animator)
    send(animator, "note.pdf", content)
    page = "/sessions/22/supports/"
    assert "La recherche va lire son texte." in animator.get(page).content.decode()
    read_all()
    assert FileText.objects.get().remark == remark
    text = animator.get(page).content.decode().replace("\u00a0", " ")
    assert told in text
    assert "va lire son texte" not in text
    assert len(found(signed_in(people.member), "Note")) == 1
