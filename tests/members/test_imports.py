"""Organisations and people from a table: sent, looked at, written whole, invited by choice afterwards."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from core.accounts.models import User
from core.db.periods import today
from core.imports.models import Import
from core.partial_dates import day, month
from members.models import Invitation, Membership, Organisation, Position
from tests.factories import OrganisationFactory, PositionFactory, UserFactory, since
from tests.funding.importing import after, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker", "regions")]

NO_BREAK = "\u00a0"
ADDRESS = "/membres/import/"
HEAD = "Organisme;Monde;Secteur;Niveau;SIREN;Régions;Membre depuis;Prénom;Nom;Courriel;Rôle;Fonction;Depuis;Jusqu'à"
NEW = "Fabrique des Liens;Acteurs de terrain;association;régional;;Bretagne;novembre 2024"


def send(client: Client, *rows: str, head: str = HEAD, content: bytes = b"", name: str = "membres.csv") -> Any:
    content = content or "\n".join((head, *rows)).encode()
    return after(client, client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)}))


def told(answer: Any) -> list[tuple[str, str]]:
    """(column, sentence) of every problem of the rows shown."""
    found = [(problem.column, problem.text) for row in answer.context["plan"].rows for problem in row.problems]
    return [(column, text.replace(NO_BREAK, " ")) for column, text in found]


def counts(answer: Any) -> dict[str, int]:
    return {name: number for name, number in answer.context["plan"].counts.items() if number}


def workbook(*rows: list[Any], merged: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("role", ["animator", "administrator"])
def test_a_list_of_members_comes_in_whole_and_nobody_is_invited_yet(people, signed_in, mailoutbox, role):
    client = signed_in(people.role(role))
    answer = send(
        client,
        f"{NEW};Anne;Le Goff;Anne.LeGoff@exemple.example;représentante;Directrice;janvier 2025;",
        "fabrique des liens;;;;;;;Paul;Morvan;paul@exemple.example;suppléant;;;",
        "Maison Sans Personne;Institutions;public;National;;;non;;;;;;;",
    )
    assert counts(answer) == {"created": 3}
    assert not Organisation.objects.filter(name="Fabrique des Liens").exists()
    done = write(client, answer)
    assert "L’import est enregistré" in done.text
    made = Organisation.objects.get(name="Fabrique des Liens")
    assert (made.slug, made.world, made.sector, made.level) == (
        "fabrique-des-liens",
        "field",
        "association",
        "regional",
    )
    assert [region.name for region in made.regions.all()] == ["Bretagne"]
    assert made.memberships.get().began_on == month(2024, 11)
    assert not Membership.objects.filter(organisation__name="Maison Sans Personne").exists()
    anne = User.objects.get(email="anne.legoff@exemple.example")
    position = anne.positions.get()
    assert (position.organisation, position.role, position.title) == (made, "representative", "Directrice")
    assert position.began_on == month(2025, 1)
    paul = Position.objects.get(user__email="paul@exemple.example")
    assert (paul.role, paul.began_on) == ("substitute", day(today(timezone.now())))
    assert not anne.has_usable_password()
    assert EmailAddress.objects.get(user=anne).primary
    assert not Invitation.objects.exists()
    assert mailoutbox == []


def test_the_same_file_again_adds_and_changes_nothing(animator):
    rows = [f"{NEW};Anne;Le Goff;anne@exemple.example;suppléante;Chargée;2023;juin 2030"]
    write(animator, send(animator, *rows))
    again = send(animator, *rows)
    assert counts(again) == {"unchanged": 1}
    assert "Ce fichier ne change rien" in again.text


def test_who_was_imported_is_invited_by_choice(animator, mailoutbox):
    UserFactory(email="ancien@exemple.example")
    done = write(
        animator,
        send(
            animator,
            f"{NEW};Anne;Le Goff;anne@exemple.example;;;;",
            "Fabrique des Liens;;;;;;;Paul;Morvan;paul@exemple.example;;;;",
        ),
    )
    run = Import.objects.get()
    address = f"/membres/personnes/inviter/choisies/?table={run.public_id}"
    assert address in done.text
    page = animator.get(address)
    assert [person.email for person in page.context["page"].object_list] == [
        "anne@exemple.example",
        "paul@exemple.example",
    ]
    assert page.text.count(" checked") == 2
    assert "Personne n’est choisi" in animator.post(address, {}).text
    anne = User.objects.get(email="anne@exemple.example")
    answer = animator.post(address, {"person": [str(anne.public_id)]}, follow=True)
    assert "1 invitation est en route" in answer.text
    assert [person.email for person in answer.context["page"].object_list] == ["paul@exemple.example"]
    assert Invitation.objects.get().user == anne
    animator.post(address, {"person": [str(anne.public_id)]})  # sent twice
    assert Invitation.objects.count() == 1
    everybody = animator.get("/membres/personnes/inviter/choisies/")
    assert "ancien@exemple.example" in everybody.text
    assert animator.get("/membres/personnes/inviter/choisies/?table=x").status_code == 200


@pytest.mark.parametrize("email", ["ANNE@exämple.example", "anne@xn--exmple-cua.example", "Anne@EXÄMPLE.example"])
def test_an_address_is_one_however_it_is_written(animator, email):
    known = UserFactory(email="anne@exämple.example", first_name="Anne", last_name="Le Goff")
    answer = send(animator, f"{NEW};Anne;LE GOFF;{email};;;;")
    write(animator, answer)
    assert Position.objects.get(organisation__name="Fabrique des Liens").user == known
    other = send(animator, f"{NEW};Autre;Personne;{email};;;;")
    assert told(other) == [
        ("Courriel", "Cette adresse appartient à Anne Le Goff : chaque personne a la sienne."),
    ]


def test_a_plus_makes_another_address(animator):
    UserFactory(email="anne@exemple.example", first_name="Anne", last_name="Le Goff")
    write(animator, send(animator, f"{NEW};Autre;Personne;anne+portail@exemple.example;;;;"))
    assert User.objects.filter(email__contains="anne").count() == 2


def test_the_same_person_twice_is_told_with_its_row(animator):
    answer = send(
        animator,
        f"{NEW};Anne;Le Goff;anne@exemple.example;;;;",
        "FABRIQUE  DES LIENS;;;;;;;Anne;Le Goff;ANNE@exemple.example;;;;",
    )
    assert told(answer) == [("Courriel", "Cette personne figure déjà à la ligne 2, pour la même organisation.")]
    assert not answer.context["plan"].may_be_applied


def test_one_person_may_stand_for_two_organisations(animator):
    answer = send(
        animator,
        f"{NEW};Anne;Le Goff;anne@exemple.example;;;;",
        "Seconde Maison;Institutions;public;national;;;;Anne;Le Goff;anne@exemple.example;observatrice;;;",
    )
    write(animator, answer)
    held = User.objects.get(email="anne@exemple.example").positions.order_by("pk")
    assert [(one.organisation.name, one.role) for one in held] == [
        ("Fabrique des Liens", "representative"),
        ("Seconde Maison", "observer"),
    ]


def test_an_organisation_in_two_spellings_is_one_and_two_that_share_a_siren_are_told(animator):
    known = OrganisationFactory(name="Atelier de l’Étang", short_name="ADE", siren="732829320")
    answer = send(animator, "ATELIER DE L'ETANG;;;;;;;;;;;;;", "ade;;;;;;;;;;;;;")
    assert counts(answer) == {"unchanged": 2}
    other = send(animator, "L’Atelier Etang;Institutions;public;national;732 829 320;;;;;;;;;")
    assert told(other) == [
        ("SIREN", "Ce SIREN est celui de « Atelier de l’Étang » : écrivez le nom comme là, ou corrigez le numéro.")
    ]
    assert Organisation.objects.filter(siren=known.siren).count() == 1


def test_rows_of_one_organisation_that_disagree_are_told(animator):
    answer = send(
        animator,
        f"{NEW};;;;;;;",
        "Fabrique des Liens;Acteurs de terrain;public;;;;;;;;;;;",
        "Fabrique des Liens;;;;;;2020",
    )
    assert told(answer) == [
        ("Secteur", "La ligne 2 dit autre chose de la même organisation."),
        ("Membre depuis", "La ligne 2 dit autre chose de la même organisation."),
    ]


def test_every_wrong_cell_is_told_at_its_column_and_the_file_comes_back_with_it(animator):
    answer = send(
        animator,
        f"{NEW};Anne;Le Goff;anne;;;;",
        "Fabrique des Liens;;;;;;;;Sans prénom;bob@exemple.example;chef;;;",
        "Fabrique des Liens;;;;;;;Eve;Morin;eve@exemple.example;;;2025;2020",
        "Fabrique des Liens;;;;;;;Zoé;Petit;;;;;",
        "Inconnue;;;;;;;;;;;;;",
        "Autre;Institutions;public;national;123456789;Atlantide;12/2024;;;;;;;",
        ";;;;;;;Léa;Roux;lea@exemple.example;;;;",
    )
    found = {(column, text) for column, text in told(answer)}
    assert {column for column, _text in found} == {
        "Courriel", "Prénom", "Rôle", "En fonction jusqu'à", "Organisme", "SIREN", "Régions"
    }  # fmt: skip
    assert ("En fonction jusqu'à", "La fonction se termine avant de commencer.") in found
    assert ("Régions", "« Atlantide » : aucune région ne porte ce nom.") in found
    assert counts(answer) == {"wrong": 7}
    assert "Rien ne peut encore être écrit" in answer.text
    run = Import.objects.get()
    file = animator.get(f"{ADDRESS}{run.public_id}/a-corriger/")
    sheet = load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("À corriger", "Organisme")
    assert "La fonction se termine avant de commencer." in rows[3][0]
    assert Organisation.objects.filter(name="Fabrique des Liens").count() == 0


def test_what_the_portal_holds_is_changed_as_it_is_shown(animator, people):
    atelier = Organisation.objects.get(slug="atelier")
    PositionFactory(
        user=UserFactory(email="anne@exemple.example", first_name="Anne", last_name="Le Goff"),
        organisation=atelier,
        role="substitute",
        period=since(dt.date(2024, 1, 1)),
    )
    answer = send(animator, f"{atelier.name};;;;;Bretagne, 84;;Anne;Le Goff;anne@exemple.example;représentante;;;2030")
    assert counts(answer) == {"changed": 1}
    assert "<del>Suppléant·e</del>" in answer.text
    write(animator, answer)
    position = Position.objects.get(user__email="anne@exemple.example")
    assert (position.role, position.period.upper.year) == ("representative", 2031)
    assert sorted(region.code for region in atelier.regions.all()) == ["53", "84"]


def test_a_member_does_not_leave_by_a_table(animator, people):
    atelier = Organisation.objects.get(slug="atelier")
    [(column, text)] = told(send(animator, f"{atelier.name};;;;;;non;;;;;;;"))
    assert column == "Membre depuis"
    assert "sur la page de son adhésion" in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            workbook(["Organisme", "Monde"], ["Autre", "Institutions"], merged="A2:B2"),
            "Des cellules de ce tableau sont fusionnées",
        ),
        (workbook(["Organisme", "Prénom"], ["=1/0", "Anne"]), "formule sans résultat"),
        (b"Organisme;Monde\n", "Ce tableau a un en-tête et aucune ligne dessous"),
        (b"Pr\xc3\xa9nom;Courriel\nAnne;anne@exemple.example\n", ""),
    ],
    ids=["merged", "formula", "empty", "no key"],
)
def test_files_that_cannot_be_taken_say_why(animator, content, sentence):
    answer = send(animator, content=content, name="m.xlsx" if content.startswith(b"PK") else "m.csv")
    if sentence:
        assert sentence in answer.text
        assert not Import.objects.filter(state="done").exists()
    else:  # which column is the organisation's is asked
        assert "Que contient chaque colonne" in answer.text


def test_a_workbook_with_macros_is_refused(animator):
    answer = send(animator, content=workbook(["Organisme"], ["Autre"]), name="membres.xlsm")
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_more_rows_than_are_taken_are_refused_in_words(animator):
    content = "Organisme\n" + "\n".join(f"Maison {number}" for number in range(50_000))
    answer = send(animator, content=content.encode())
    assert "Ce fichier a plus de 20 000 lignes." in answer.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert not Organisation.objects.filter(name="Maison 1").exists()


def test_own_heads_are_said_once_and_remembered(animator):
    content = b"Qui;Quoi\nAtelier neuf;Institutions\n"
    page = send(animator, content=content)
    address = page.request["PATH_INFO"]
    assert address.endswith("/colonnes/")
    answer = after(animator, animator.post(address, {"sheet": "", "colonne_1": "name", "colonne_2": "world"}))
    assert told(answer) == [
        (
            "Organisme",
            "Le portail ne connaît aucune organisation de ce nom ; pour l’ajouter, remplissez : Secteur, Niveau territorial.",
        )
    ]


def test_the_pages_speak_english_too(people, signed_in):
    people.animator.language = "en"
    people.animator.save()
    client = signed_in(people.animator)
    client.cookies["django_language"] = "en"
    assert "One row for each person" in client.get(ADDRESS).text
    answer = send(client, f"{NEW};Anne;Le Goff;anne@exemple.example;;;;")
    assert "New organisation. New person." in answer.text


@pytest.mark.parametrize("role", ["member", "observer", "former_animator", "funder", "outsider"])
def test_nobody_else_imports(people, signed_in, role):
    client = signed_in(getattr(people, role))
    assert client.get(ADDRESS).status_code == 403
    assert client.get(f"{ADDRESS}annuaire.xlsx").status_code == 403
    assert client.post(ADDRESS, {"file": SimpleUploadedFile("m.csv", b"Organisme\nX\n")}).status_code == 403
    assert not Import.objects.exists()


def test_the_start_offers_the_table(people, signed_in):
    """Beside each step that a table carries out, as long as it is open and can be taken."""
    client, address = signed_in(people.administrator), "/administration/demarrage/"
    offered = []
    for rows in (Position, Membership):
        rows.objects.all().delete()
        page = client.get(address)
        steps = [step for step in page.context["start"].steps if step.table]
        assert page.text.count(f'href="{ADDRESS}"') == len(steps)
        offered.append({step.key: step.table for step in steps})
    assert offered == [{"people": ADDRESS}, {"organisation": ADDRESS}]
