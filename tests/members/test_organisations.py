"""Entering, presenting and ending what an organisation is in the space, sent as people send it."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from core.models import StoredFile
from core.partial_dates import day, month
from members.models import EngineeringScheme, Membership, Organisation
from tests.factories import (
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PositionFactory,
    SchemeFactory,
    UserFactory,
    days,
    picture,
    since,
)
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db
NEW = "/membres/nouvelle/"


@pytest.fixture
def animator(people: People, signed_in: Any) -> Client:
    return signed_in(people.animator)


@pytest.fixture
def member(people: People, signed_in: Any) -> Client:
    return signed_in(people.member)


def filled(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """What a browser sends of the page's form, with what was typed."""
    form = form_to(client.get(address), address)
    return {**form.data, **typed}


def send(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, filled(client, address, **typed))


def errors(response: Any) -> list[str]:
    assert response.status_code == 422
    return [message for messages in response.context["form"].errors.values() for message in messages]


WHO = {"name": "Élan des communs", "world": "field", "sector": "association", "level": "national"}


@pytest.mark.parametrize("role", ["animator", "administrator"])
def test_a_new_organisation_is_a_member_with_a_page_of_its_own(people, signed_in, role):
    client = signed_in(people.role(role))
    response = send(client, NEW, **WHO, siren="900 000 019 00019", rna="w2a1 000017", member_since="novembre 2024")
    assert (response.status_code, response["Location"]) == (302, "/membres/elan-des-communs/")
    made = Organisation.objects.get(slug="elan-des-communs")
    assert (made.siren, made.rna) == ("900000019", "W2A1000017")
    period = made.memberships.get()
    assert (period.began_on, period.period.lower, period.period.upper) == (month(2024, 11), dt.date(2024, 11, 1), None)
    assert "Membre depuis novembre 2024" in client.get("/membres/elan-des-communs/").text


def test_it_need_not_be_a_member(animator):
    send(animator, NEW, **WHO, member_since="")
    assert not Membership.objects.filter(organisation__slug="elan-des-communs").exists()
    assert "Non membre" in animator.get("/membres/elan-des-communs/").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "fondation des territoires"}, "Une organisation porte déjà ce nom."),
        ({"name": "FONDATION  DES  TÉRRITOIRES"}, "Une organisation porte déjà ce nom."),
        ({"siren": "900000018"}, "Ce SIREN n’existe pas : sa clé de contrôle est fausse."),
        ({"siren": "90000001900014"}, "Ce SIRET n’existe pas : sa clé de contrôle est fausse."),
        ({"siren": "12"}, "Un SIREN a neuf chiffres."),
        ({"rna": "17"}, "Un numéro RNA s’écrit W suivi de neuf chiffres."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(animator, typed, sentence):
    response = send(animator, NEW, **{**WHO, **typed})
    assert [text.replace("\u00a0", " ") for text in errors(response)] == [sentence]
    assert sentence.replace(" :", "\u00a0:") in response.text.replace("&#x27;", "’")
    assert not Organisation.objects.filter(slug__startswith="elan").exists()


def test_a_word_of_the_addresses_is_no_address(animator):
    send(animator, NEW, **{**WHO, "name": "Nouvelle"})
    assert Organisation.objects.get(name="Nouvelle").slug == "nouvelle-2"


def test_its_representative_presents_it_and_names_nothing_anew(member):
    address = "/membres/atelier/modifier/"
    sent = filled(member, address, summary="Un atelier.", regions=["53", "11"], public_phone="01 23 45 67 89")
    assert "name" not in sent
    sent |= {"name": "Autre nom", "upload": picture()}
    assert member.post(address, sent).status_code == 302
    stored = Organisation.objects.get(slug="atelier")
    assert (stored.name, stored.summary) == ("Atelier des communs ruraux", "Un atelier.")
    assert sorted(stored.regions.values_list("code", flat=True)) == ["11", "53"]
    page = member.get("/membres/atelier/").text
    assert "01 23 45 67 89" in page
    assert 'src="/membres/atelier/logo/"' in page


def test_an_observer_hears_why_not(people, signed_in):
    response = signed_in(people.observer).get("/membres/fondation/modifier/")
    assert response.status_code == 403
    assert "en observateur" in response.text


def test_the_contact_for_the_animators_stays_with_them(people, signed_in, animator):
    Organisation.objects.filter(slug="atelier").update(
        internal_contact="Appeler Anne", public_email="tous@exemple.example"
    )
    read = {
        role
        for role in ("member", "funder", "animator", "administrator")
        if "Appeler Anne" in signed_in(people.role(role)).get("/membres/atelier/").text
    }
    assert read == {"member", "animator", "administrator"}
    assert "tous@exemple.example" in signed_in(people.funder).get("/membres/atelier/").text


def test_of_two_who_edit_at_once_the_second_is_told(member, animator):
    address = "/membres/atelier/modifier/"
    early = filled(member, address, summary="La première.")
    assert send(animator, address, summary="La seconde.").status_code == 302
    response = member.post(address, early)
    assert response.status_code == 409
    assert "La première." in response.text
    assert Organisation.objects.get(slug="atelier").summary == "La seconde."


def test_a_logo_is_drawn_anew_and_can_go(member):
    address = "/membres/atelier/modifier/"
    member.post(address, filled(member, address) | {"upload": picture(1800, 900)})
    response = member.get("/membres/atelier/logo/")
    assert response["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.getvalue())).size == (600, 300)
    assert send(member, address, without_logo="on").status_code == 302
    assert member.get("/membres/atelier/logo/").status_code == 404


def huge_png() -> bytes:
    """40,000 × 40,000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "Les fichiers de ce type ne sont pas acceptés"),
        (
            "logo.heic",
            b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
            "Les fichiers de ce type ne sont pas acceptés",
        ),
        ("logo.png", huge_png(), "trop grande"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "endommagée"),
    ],
)
def test_what_is_no_picture_we_keep_is_told(member, name, content, words):
    address = "/membres/atelier/modifier/"
    sent = filled(member, address, summary="Reste") | {"upload": SimpleUploadedFile(name, content)}
    response = member.post(address, sent)
    (sentence,) = errors(response)
    assert words in sentence
    assert sentence in response.text
    assert "Reste" in response.text
    assert not StoredFile.objects.exists()


def test_a_scheme_is_added_changed_and_ended(member):
    address = "/membres/atelier/dispositifs/nouveau/"
    typed = {"name": "Premiers pas", "engineerings": ["project"], "helps": ["technical"], "phase": "both"}
    assert send(member, address, **typed).status_code == 302
    scheme = EngineeringScheme.objects.get()
    assert errors(send(member, address, **typed | {"name": "PREMIERS pas"})) == [
        "Cette organisation a déjà un dispositif de ce nom."
    ]
    edit = f"/membres/atelier/dispositifs/{scheme.public_id}/"
    assert send(member, edit, ended_on="2024").status_code == 302
    page = member.get("/membres/atelier/").text
    assert "1 dispositif terminé" in page
    assert "Premiers pas" not in member.get("/membres/").text
    assert member.get("/membres/?dispositif=oui").context["page"].object_list.count() == 0


def test_only_its_own_people_write_of_a_scheme(people, signed_in, member):
    foreign = SchemeFactory(organisation=Organisation.objects.get(slug="le-rameau"))
    assert member.get(f"/membres/le-rameau/dispositifs/{foreign.public_id}/").status_code == 403
    assert member.get(f"/membres/atelier/dispositifs/{foreign.public_id}/").status_code == 404


def test_an_organisation_leaves_and_comes_back(people, animator, signed_in):
    leave = "/membres/atelier/adhesion/fin/"
    assert send(animator, leave, ended_on="12/11/2026").status_code == 302
    stored = Membership.objects.get(organisation__slug="atelier")
    assert (stored.ended_on, stored.period.upper) == (day(dt.date(2026, 11, 12)), dt.date(2026, 11, 13))
    assert signed_in(people.member).get("/membres/").status_code == 403
    address = "/membres/atelier/adhesion/"
    assert errors(send(animator, address, began_on="novembre 2026")) == [
        "L’organisation est déjà membre pendant une partie de cette période."
    ]
    assert send(animator, address, began_on="13/11/2026").status_code == 302
    assert signed_in(people.member).get("/membres/").status_code == 200
    assert errors(send(animator, address, began_on="2019", ended_on="2018")) == ["La fin précède le début."]


def test_who_animates_cannot_leave(people, animator):
    response = send(animator, "/membres/fondation/adhesion/fin/", ended_on="2027")
    (sentence,) = errors(response)
    assert "Transmettez-la d’abord" in sentence
    assert sentence in response.text
    period = Membership.objects.get(organisation=people.animating)
    assert period.period.upper is None
    response = animator.post(f"/membres/fondation/adhesion/{period.pk}/retirer/", follow=True)
    assert "Transmettez-la d’abord" in response.text
    assert Membership.objects.filter(pk=period.pk).exists()


def test_who_will_animate_cannot_leave(people, animator):
    MandateFactory(organisation=Organisation.objects.get(slug="atelier"), planned=True, started_on=month(2030, 1))
    (sentence,) = errors(send(animator, "/membres/atelier/adhesion/fin/", ended_on=f"{days(3):%d/%m/%Y}"))
    assert "Transmettez-la d’abord" in sentence


def test_former_periods_of_who_animates_are_corrected_freely(people, animator):
    earlier = MembershipFactory(organisation=people.animating, period=since(dt.date(2018, 1, 1), dt.date(2019, 1, 1)))
    assert send(animator, f"/membres/fondation/adhesion/{earlier.pk}/", ended_on="2017").status_code == 422
    assert (
        send(animator, f"/membres/fondation/adhesion/{earlier.pk}/", began_on="2017", ended_on="2018").status_code
        == 302
    )
    earlier.refresh_from_db()
    assert earlier.period.lower == dt.date(2017, 1, 1)


def test_a_period_of_another_organisation_is_not_found(animator):
    foreign = Membership.objects.get(organisation__slug="le-rameau")
    assert animator.get(f"/membres/atelier/adhesion/{foreign.pk}/").status_code == 404


def test_partial_dates_of_positions_show_as_they_are_known(member):
    made = OrganisationFactory(slug="elan")
    PositionFactory(organisation=made, user=UserFactory(), began_on=month(2024, 11), period=since(dt.date(2024, 11, 1)))
    assert "Novembre 2024" in member.get("/membres/elan/").text


def test_who_looks_after_them_finds_organisations_outside_the_space(people, animator):
    OrganisationFactory(name="Jamais venue")
    MembershipFactory(organisation=OrganisationFactory(name="Partie"), ended=True)
    MembershipFactory(organisation=OrganisationFactory(name="Attendue"), period=since(days(30)))

    def found(query: str) -> list[str]:
        return [row.name for row in animator.get(f"/membres/hors-espace/{query}").context["page"].object_list]

    assert found("") == ["Attendue", "Jamais venue", "Partie"]
    assert (found("?etat=ancien"), found("?etat=futur"), found("?etat=jamais")) == (
        ["Partie"],
        ["Attendue"],
        ["Jamais venue"],
    )
