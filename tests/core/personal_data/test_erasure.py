"""Somebody is erased: shown before, done at once, found nowhere afterwards, and again after a restore."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.accounts.models import User
from core.backups import after_restore
from core.files import store, validate_upload
from core.models import StoredFile
from core.notifications.models import Notification, OutboxMessage
from core.personal_data.erasure import redaction, services
from core.personal_data.models import Erasure, RightsRequest
from core.personal_data.rights_requests import services as requests
from core.personal_data.tasks import purge
from governance.models import RescuedFile, RescuedForm
from members.models import AccessRequest, Position, SavedView
from sessions_app.models import Guest, MinutesProposal, PreparationTask
from tests import factories
from tests.governance.scene import PDF
from tests.support.people import People

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, LAST, EMAIL = "Zéphyrine", "Quatrebarbes d’Ø", "zephyrine.quatrebarbes@exemple.example"
OTHER = "z.quatrebarbes@ailleurs.example"
NOTE = 'Texte que seule elle a pu écrire ; « entre "guillemets" » & sur\ndeux lignes.'


@pytest.fixture(autouse=True)
def journal(settings: Any, tmp_path: Path) -> Path:
    settings.ERASURE_JOURNALS = [tmp_path / "effacements.jsonl", tmp_path / "backups" / "effacements.jsonl"]
    return settings.ERASURE_JOURNALS[0]


def text(response: Any) -> str:
    return response.text.replace("\u00a0", " ").replace("\u202f", " ")


def address(person: User) -> str:
    return f"/administration/donnees-personnelles/effacer/{person.public_id}/"


def leaver(people: People) -> User:
    """Somebody whose position is over, and who left traces everywhere."""
    now = timezone.now()
    person = factories.UserFactory(first_name=FIRST, last_name=LAST, email=EMAIL, signs_in=True)
    name = f"{FIRST} {LAST}"
    organisation = people.animating
    factories.PositionFactory(
        user=person, organisation=organisation, period=factories.since(factories.days(-400), factories.days(-10))
    )
    person.emailaddress_set.create(email=OTHER, verified=True, primary=False)
    session = factories.SessionFactory(announced=True)
    task = PreparationTask.objects.create(
        session=session, title="Salle", due=factories.days(3), note=f"Demander à {name} ({EMAIL})."
    )
    PreparationTask.objects.filter(pk=task.pk).update(note=f"Voir avec {LAST} {FIRST} : {OTHER}")  # also in the audit
    Guest.objects.create(session=session, organisation=organisation, name=name, added_by=people.member, added_at=now)
    factories.MinutesProposalFactory(author=person, body=NOTE)
    left = RescuedForm.objects.create(
        author=person, organisation=organisation, address="/x/", page="x", passages=[["Texte", NOTE]], left_at=now
    )
    stored = store(file=validate_upload(ContentFile(PDF, name="note.pdf")), by=person, now=now)
    RescuedFile.objects.create(left=left, label="Note", file=stored)
    SavedView.objects.create(owner=person, page="financements", name="Les miens", query="q=x", saved_at=now)
    OutboxMessage.objects.create(
        message_id="1", sender="a@exemple.example", to=[EMAIL], recipient=person, subject=name, text=NOTE
    )
    OutboxMessage.objects.create(
        message_id="2", sender="a@exemple.example", to=["b@exemple.example", OTHER], text=f"{name} a répondu."
    )
    Notification.objects.create(recipient=person, kind="x", values={"name": name})
    Notification.objects.create(recipient=people.member, kind="x", values={"who": [name, EMAIL]})
    factories.AccessRequestFactory(first_name=FIRST, last_name=LAST, email=EMAIL, why=NOTE, answered=True)
    factories.RightsRequestFactory(name=name, email="avant@exemple.example", words=NOTE, person=person, answered=True)
    factories.RightsRequestFactory(name=name, email=OTHER, words=NOTE, answered=True)  # of nobody known then
    return person


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in cursor.fetchall()]


def found(*needles: str) -> list[str]:
    """Each table outside the public record in which one of `needles` stands, whatever the column."""
    record = set(redaction.spared()) - {RightsRequest._meta.db_table}
    places = []
    with connection.cursor() as cursor:
        for table in sorted(set(tables()) - record):
            for needle in needles:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" AS r WHERE strpos(lower(r::text), lower(%s)) > 0', [needle]
                )
                if cursor.fetchone()[0]:
                    places.append(f"{table}: {needle}")
    return places


NEEDLES = (f"{FIRST} {LAST}", f"{LAST} {FIRST}", EMAIL, OTHER, "Texte que seule elle a pu écrire")


def test_a_planted_person_is_found_nowhere(people: People, signed_in: Any, journal: Path) -> None:
    person = leaver(people)
    key = person.public_id
    version = factories.MinutesVersionFactory(
        session=factories.SessionFactory(items=1), author=person, organisation=people.animating
    )
    before = type(version).objects.filter(pk=version.pk).values().get()
    assert len(found(*NEEDLES)) > 15
    bytes_left = RescuedFile.objects.get().file.file
    assert bytes_left.storage.exists(bytes_left.name)
    admin = signed_in(people.administrator)

    page = text(admin.get(address(person)))
    assert f"Effacer {FIRST}" in page
    assert 'Textes laissés : <span class="num">1</span>' in page
    response = admin.post(address(person), {"ground": "Demande reçue par courriel.", "sure": "on"}, follow=True)
    assert "La personne est effacée" in text(response)

    assert found(*NEEDLES) == []
    stone = Erasure.objects.get()
    assert (stone.person, stone.by, stone.ground) == (key, people.administrator, "Demande reçue par courriel.")
    assert len(stone.sha256) == 64
    assert stone.redacted["sessions_app_preparationtaskevent.note"] == 4  # two texts, name and address each
    assert str(key) in text(admin.get("/administration/donnees-personnelles/effacements/"))
    for path in (journal, journal.parent / "backups" / journal.name):
        assert [json.loads(line)["person"] for line in path.read_text().splitlines()] == [str(key)]
    person.refresh_from_db()
    assert (person.get_full_name(), person.is_active, person.has_usable_password()) == (
        "Personne effacée",
        False,
        False,
    )
    assert Position.objects.filter(user=person).exists()  # the register: somebody spoke for the organisation
    assert PreparationTask.objects.get().note == f"Voir avec [effacé] : {services.address_of(person)}"
    assert Guest.objects.get().name == "[effacé]"
    for gone in (MinutesProposal, RescuedForm, RescuedFile, SavedView, AccessRequest):
        assert not gone.objects.exists()
    assert not bytes_left.storage.exists(bytes_left.name)
    assert Notification.objects.get().values == {"who": ["[effacé]", services.address_of(person)]}
    assert type(version).objects.filter(pk=version.pk).values().get() == before  # the public record


def test_protections_are_awake_again(people: People, signed_in: Any) -> None:
    person = leaver(people)
    signed_in(people.administrator).post(address(person), {"ground": "Demande.", "sure": "on"})
    assert Erasure.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'")
        assert cursor.fetchone() == (0,)
    task = PreparationTask.objects.get()
    events = apps.get_model("sessions_app.PreparationTaskEvent").objects
    number = events.count()
    PreparationTask.objects.filter(pk=task.pk).update(note="Autre.")
    assert events.count() == number + 1


def test_the_function_serves_a_tombstone_once_and_spares_the_record(people: People, signed_in: Any) -> None:
    signed_in(people.administrator).post(address(leaver(people)), {"ground": "Demande.", "sure": "on"})
    for number in (Erasure.objects.get().pk, 987_654):
        with (
            pytest.raises(DatabaseError, match="no erasure waits"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT portal_redact(%s, '[]', '{}')", [number])
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.update(ground="Autre.")
    version = factories.MinutesVersionFactory(session=factories.SessionFactory(items=1, title="Titre secret gardé"))
    stone = Erasure.objects.create(person=uuid.uuid4(), at=timezone.now(), ground="x")
    with connection.cursor() as cursor:  # whatever it is told to spare
        cursor.execute(
            "SELECT portal_redact(%s, %s, '{}')",
            [stone.pk, json.dumps([redaction.Term("Titre secret gardé").as_json()])],
        )
    version.refresh_from_db()
    assert "Titre secret gardé" in json.dumps(version.snapshot, ensure_ascii=False)


def test_what_is_to_be_done_first_is_told_at_once(people: People, signed_in: Any) -> None:
    admin = signed_in(people.administrator)
    page = text(admin.get(address(people.member)))
    assert "Une fonction est en cours chez Atelier des communs ruraux" in page
    assert "Effacer cette personne définitivement" not in page
    response = admin.post(address(people.member), {"ground": "Demande.", "sure": "on"})
    assert response.status_code == 422
    assert "Une fonction est en cours chez" in text(response)

    own = text(admin.get(address(people.administrator)))
    assert "Personne ne s’efface soi-même" in own
    assert "C’est la dernière personne qui administre l’espace" in own
    assert not Erasure.objects.exists()


def test_one_of_two_administrators_may_go_and_nobody_twice(people: People, signed_in: Any) -> None:
    second = factories.UserFactory(administrator=True, signs_in=True)
    admin = signed_in(people.administrator)
    assert admin.post(address(second), {"ground": "Départ.", "sure": "on"}).status_code == 302
    response = admin.post(address(second), {"ground": "Départ.", "sure": "on"})
    assert response.status_code == 422
    assert "déjà été effacée" in text(response)
    assert Erasure.objects.count() == 1


def test_without_the_last_word_nothing_happens(people: People, signed_in: Any) -> None:
    person = leaver(people)
    response = signed_in(people.administrator).post(address(person), {"ground": "Demande."})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"sure"}
    assert User.objects.filter(email=EMAIL).exists()


def test_who_is_signed_in_is_out_at_once(people: People, signed_in: Any) -> None:
    person = leaver(people)
    client = signed_in(person)
    assert client.get("/compte/mes-donnees/").status_code == 200
    signed_in(people.administrator).post(address(person), {"ground": "Demande.", "sure": "on"})
    assert client.get("/compte/mes-donnees/").status_code == 302


def test_files_of_ones_own_copy_go_and_documents_stay(people: People, signed_in: Any) -> None:
    person = leaver(people)
    stored = StoredFile.objects.create(
        file="x", original_name="a.pdf", content_type="application/pdf", size=1, sha256="0" * 64, uploaded_by=person
    )
    signed_in(people.administrator).post(address(person), {"ground": "Demande.", "sure": "on"})
    assert StoredFile.objects.get(pk=stored.pk).uploaded_by == person


def test_the_request_that_led_there_is_answered_then_forgotten(people: People, signed_in: Any) -> None:
    person = leaver(people)
    request = factories.RightsRequestFactory(name=f"{FIRST} {LAST}", email=EMAIL, words=NOTE, person=person)
    admin = signed_in(people.administrator)
    page = f"/administration/donnees-personnelles/demandes/{request.public_id}/"
    assert address(person) in admin.get(page).text
    admin.post(address(person), {"ground": "Demande.", "sure": "on"})
    admin.post(page, {"answer": "done", "words": "C’est fait."})
    assert OutboxMessage.objects.get(subject_id=request.public_id).to == [EMAIL]  # who asked hears of it

    now = timezone.now()
    requests.forget_old(before=now - dt.timedelta(days=1000), now=now + dt.timedelta(days=31))
    assert found(*NEEDLES) == []
    assert RightsRequest.objects.count() == 3  # that they were answered can be shown


def test_after_a_restore_it_is_done_again(people: People, signed_in: Any, journal: Path, capsys: Any) -> None:
    """A restore: the person is there again, the tombstone is not; the journal lies beside the database."""
    person = leaver(people)
    journal.write_text(json.dumps({"at": "2026-01-01T00:00:00+00:00", "person": str(person.public_id)}) + "\n")
    for told in ("1 in the journal, 1 erased again.", "1 in the journal, 0 erased again."):
        call_command("replay_erasures")
        assert told in capsys.readouterr().out
    assert found(*NEEDLES) == []
    assert Erasure.objects.get().by is None


def test_a_restore_ends_what_it_brought_back_and_says_so(people: People, journal: Path) -> None:
    """Positions that had ended since the backup run again; the one to come had been taken back."""
    person = factories.UserFactory(first_name=FIRST, last_name=LAST, email=EMAIL, administrator=True)
    factories.PositionFactory(
        user=person, organisation=people.animating, period=factories.since(factories.days(-400), None)
    )
    factories.PositionFactory(
        user=person, organisation=factories.OrganisationFactory(), period=factories.since(factories.days(9), None)
    )
    journal.write_text(json.dumps({"at": "2026-01-01T00:00:00+00:00", "person": str(person.public_id)}) + "\n")
    (told,) = [said for said in after_restore.run(now=timezone.now()) if "effac" in said]
    assert told == "1 personne est effacée de nouveau."
    person.refresh_from_db()
    assert (person.get_full_name(), person.is_staff) == ("Personne effacée", False)
    (position,) = person.positions.all()
    assert position.until is not None
    assert not Position.objects.filter(user=person).on(factories.days(1)).exists()
    assert not [said for said in after_restore.run(now=timezone.now()) if "effac" in said]


def test_a_journal_that_cannot_be_read_is_told_and_stops_no_restore(people: People, journal: Path) -> None:
    journal.write_text("pas du JSON\n")
    (told,) = [said for said in after_restore.run(now=timezone.now()) if "replay_erasures" in said]
    assert told.startswith("Personne n’a été effacé de nouveau")
    with pytest.raises(CommandError, match="journal cannot be read"):
        call_command("replay_erasures")


def test_what_could_not_be_noted_is_noted_at_night(people: People, signed_in: Any, journal: Path) -> None:
    """A full disk undoes no erasure and shows no error to who did it."""
    person = leaver(people)
    (journal.parent / "backups").write_text("")  # a file where the folder should be
    response = signed_in(people.administrator).post(address(person), {"ground": "Demande.", "sure": "on"})
    assert response.status_code == 302
    (journal.parent / "backups").unlink()
    purge()
    for path in (journal, journal.parent / "backups" / journal.name):
        assert [json.loads(line)["person"] for line in path.read_text().splitlines()] == [str(person.public_id)]


def test_of_namesakes_texts_are_left_alone(people: People, signed_in: Any) -> None:
    person = leaver(people)
    factories.UserFactory(first_name=FIRST.upper(), last_name=LAST)
    admin = signed_in(people.administrator)
    assert "Quelqu’un d’autre porte le même nom" in text(admin.get(address(person)))
    admin.post(address(person), {"ground": "Demande.", "sure": "on"})
    assert PreparationTask.objects.get().note == f"Voir avec {LAST} {FIRST} : {services.address_of(person)}"
    assert Guest.objects.get().name == f"{FIRST} {LAST}"
    assert found(EMAIL, OTHER) == []


def test_who_was_erased_is_named_and_placed_no_more(people: People, signed_in: Any) -> None:
    person = leaver(people)
    admin = signed_in(people.administrator)
    admin.post(address(person), {"ground": "Demande.", "sure": "on"})
    page = text(admin.get(f"/membres/personnes/{person.public_id}/"))
    assert "Cette personne a été effacée" in page
    for gone in ("efface.invalid", "Ajouter une fonction", "Effacer cette personne", "Confier l’administration"):
        assert gone not in page
    values = {"email": "neuve@exemple.example", "first_name": "A", "last_name": "B", "language": "fr"}
    response = admin.post(f"/membres/personnes/{person.public_id}/modifier/", values)
    assert response.status_code == 422
    assert "Cette personne a été effacée" in text(response)
    person.refresh_from_db()
    assert person.get_full_name() == "Personne effacée"
    values = {"organisation": str(people.animating.pk), "role": "contact", "began_on": "2026"}
    before = person.positions.count()
    assert admin.post(f"/membres/personnes/{person.public_id}/fonctions/nouvelle/", values).status_code == 422
    assert person.positions.count() == before
