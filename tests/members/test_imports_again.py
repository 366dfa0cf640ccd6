"""Tables that come back: what the portal wrote, past positions, and names of before a merge."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from core.accounts.models import User
from core.personal_data.models import Erasure
from members.models import Membership, Organisation, Position
from tests.factories import OrganisationFactory, PositionFactory, days, since
from tests.funding.importing import write
from tests.members.merging import bury
from tests.members.test_imports import ADDRESS, NEW, counts, send, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker", "regions")]


def test_what_goes_out_comes_in_and_changes_nothing(animator, people):
    OrganisationFactory(name="Maison seule", website="https://maison.example/", summary="=1+1")
    response = animator.get(f"{ADDRESS}annuaire.xlsx")
    content = b"".join(response.streaming_content)
    answer = send(animator, content=content, name="annuaire.xlsx")
    assert told(answer) == []
    assert counts(answer) == {"unchanged": load_workbook(io.BytesIO(content)).worksheets[0].max_row - 1}


def test_past_positions_go_out_and_come_back_each_by_its_own_row(animator, people):
    """Somebody who held two positions at one organisation one after the other, and one who left a former member."""
    home = people.member.positions.get()
    Position.objects.create(
        user=people.member, organisation=home.organisation, role="observer", title="Stagiaire", period=since(
            days(-2000), days(-1900)
        )
    )  # fmt: skip
    left = OrganisationFactory(name="Maison partie")
    Membership.objects.create(organisation=left, period=since(dt.date(2019, 1, 1), dt.date(2021, 1, 1)))
    PositionFactory(user=people.member, organisation=left, ended=True)
    book = load_workbook(io.BytesIO(b"".join(animator.get(f"{ADDRESS}annuaire.xlsx").streaming_content)))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]

    def sent() -> Any:
        buffer = io.BytesIO()
        book.save(buffer)
        return send(animator, content=buffer.getvalue(), name="annuaire.xlsx")

    answer = sent()
    assert (told(answer), counts(answer)) == ([], {"unchanged": sheet.max_row - 1})
    (row,) = [row for row in sheet.iter_rows(min_row=2) if row[head.index("Fonction")].value == "Stagiaire"]
    row[head.index("Fonction")].value = "Apprentie"
    answer = sent()
    assert (told(answer), counts(answer)) == ([], {"changed": 1, "unchanged": sheet.max_row - 2})
    write(animator, answer)
    titles = people.member.positions.filter(organisation=home.organisation).order_by("period")
    assert list(titles.values_list("role", "title")) == [("observer", "Apprentie"), ("representative", "")]


def test_two_positions_of_somebody_new_one_after_the_other(animator):
    rows = (
        f"{NEW};Anne;Le Goff;anne@exemple.example;observatrice;Stagiaire;01/02/2020;31/01/2022",
        "Fabrique des Liens;;;;;;;Anne;Le Goff;anne@exemple.example;titulaire;Directrice;01/02/2022;",
    )
    write(animator, send(animator, *rows))
    held = User.objects.get(email="anne@exemple.example").positions.order_by("period")
    assert list(held.values_list("role", "title")) == [("observer", "Stagiaire"), ("representative", "Directrice")]
    assert counts(send(animator, *rows)) == {"unchanged": 2}


def test_positions_of_somebody_new_that_overlap_are_told(animator):
    answer = send(
        animator,
        f"{NEW};Anne;Le Goff;anne@exemple.example;observatrice;;01/02/2020;31/01/2022",
        "Fabrique des Liens;;;;;;;Anne;Le Goff;anne@exemple.example;titulaire;;01/01/2022;",
    )
    assert told(answer) == [
        (
            "En fonction depuis",
            "Cette personne occupe déjà une fonction dans cette organisation pendant une partie de cette période.",
        )
    ]


def test_who_was_erased_goes_out_and_comes_back_and_takes_no_new_position(animator):
    left = PositionFactory(ended=True)
    Erasure.objects.create(person=left.user.public_id, at=timezone.now(), ground="Demande du 2 mars")
    content = b"".join(animator.get(f"{ADDRESS}annuaire.xlsx").streaming_content)
    assert set(counts(send(animator, content=content, name="annuaire.xlsx"))) == {"unchanged"}
    other = OrganisationFactory()
    answer = send(animator, f"{other.name};{left.user.email}", head="Organisme;Courriel")
    assert told(answer) == [
        ("Courriel", "Cette personne a été effacée : pour l’inscrire de nouveau, ajoutez une nouvelle personne.")
    ]


def test_the_names_and_numbers_of_a_double_lead_to_what_is_kept(animator):
    kept = OrganisationFactory(name="Atelier de l’Étang", siren="732829320")
    double = OrganisationFactory(name="Les Étangs associés", short_name="LEA", siren="552100554")
    bury(double, kept)
    head = "Organisme;Site internet"
    write(animator, send(animator, "LES ETANGS ASSOCIES;etangs.example", head=head))
    kept.refresh_from_db()
    assert kept.website == "https://etangs.example"
    assert counts(send(animator, "lea;etangs.example", head=head)) == {"unchanged": 1}
    other = send(animator, "Étangs;Institutions;public;national;552 100 554;;;;;;;;;")
    assert told(other) == [
        ("SIREN", "Ce SIREN est celui de « Atelier de l’Étang » : écrivez le nom comme là, ou corrigez le numéro.")
    ]


def test_a_name_that_is_borne_today_is_no_former_one(animator):
    kept, bearer = OrganisationFactory(name="Gardée"), OrganisationFactory(name="Les Étangs associés bis")
    bury(OrganisationFactory(name="Les Étangs associés"), kept)
    Organisation.objects.filter(pk=bearer.pk).update(name="Les Étangs associés")
    write(animator, send(animator, "Les Étangs associés;etangs.example", head="Organisme;Site internet"))
    kept.refresh_from_db()
    bearer.refresh_from_db()
    assert (kept.website, bearer.website) == ("", "https://etangs.example")
