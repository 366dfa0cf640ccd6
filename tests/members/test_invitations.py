"""Invitations: who gets one, what its link opens in each state, many at once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.notifications.models import OutboxMessage
from members.invitations import services
from members.models import Invitation, Organisation, Position
from tests.factories import OrganisationFactory, PositionFactory, UserFactory
from tests.members.merging import bury
from tests.portal.test_one_owner import code_in
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db
MANY = "/membres/personnes/inviter/plusieurs/"


@pytest.fixture
def invited(people: People) -> User:
    user = UserFactory(first_name="Anne", last_name="Invitée", email="anne@exemple.example")
    PositionFactory(user=user, organisation=Organisation.objects.get(slug="atelier"))
    return user


def mailed_link(user: User) -> str:
    """The path of the link in the newest mail to `user`."""
    mail = OutboxMessage.objects.filter(recipient=user, kind="members.invitation").latest("pk")
    found = re.search(r"https?://[^/\s]+(/invitation/\S+/)", mail.text)
    assert found, mail.text
    return found[1]


def invite(people: People, user: User, *, days: float = 0) -> str:
    services.invite(person=user, by=people.animator, now=timezone.now() - dt.timedelta(days=days))
    return mailed_link(user)


def withdrawn(people: People, user: User) -> str:
    link = invite(people, user)
    services.revoke(person=user, by=people.animator, now=timezone.now())
    return link


def older(people: People, user: User) -> str:
    link = invite(people, user, days=1)
    invite(people, user)
    return link


def came_since(people: People, user: User) -> str:
    link = invite(people, user)
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    return link


def moved(people: People, user: User) -> str:
    link = invite(people, user)
    User.objects.filter(pk=user.pk).update(email="ailleurs@exemple.example")
    return link


def test_the_mail_lets_in_once_and_proves_the_address(people, animator, invited):
    page = f"/membres/personnes/{invited.public_id}/"
    assert animator.post(page + "invitation/").status_code == 302
    mail = OutboxMessage.objects.get(recipient=invited)
    assert "Atelier des communs ruraux, représentant" in mail.text
    assert mail.holds_secret
    link, browser = mailed_link(invited), Client()
    assert "Anne Invitée" in browser.get(link).text
    assert browser.get("/membres/").status_code == 302  # a GET lets nobody in
    response = browser.post(link)
    assert (response.status_code, response["Location"]) == (302, "/compte/premier-acces/")
    assert browser.get("/compte/premier-acces/").status_code == 200
    assert browser.get("/membres/").status_code == 200
    assert EmailAddress.objects.get(user=invited).verified
    for method in ("get", "post"):
        response = getattr(Client(), method)(link)
        assert response.status_code == 410
        assert "a déjà servi" in response.text


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda people, user: invite(people, user, days=15), "Son délai est passé"),
        (withdrawn, "Elle a été retirée"),
        (older, "Une plus récente a été envoyée"),
        (came_since, "a déjà servi"),
        (moved, "Elle a été retirée"),
    ],
    ids=["expired", "withdrawn", "replaced", "came by a code", "another address"],
)
def test_each_end_has_its_page(people, invited, make, words):
    link, browser = make(people, invited), Client()
    for method in ("get", "post"):
        response = getattr(browser, method)(link)
        assert response.status_code == 410
        assert words in response.text
    assert browser.get("/membres/").status_code == 302
    unknown = browser.get("/invitation/" + "x" * 43 + "/")
    assert unknown.status_code == 404
    assert "Elle est inconnue" in unknown.text


def test_opened_while_signed_in_as_another_it_says_so(people, signed_in, invited):
    link, browser = invite(people, invited), signed_in(people.member)
    assert "qui sera déconnecté" in browser.get(link).text.replace("\u00a0", " ")
    assert browser.post(link).status_code == 302
    assert browser.get("/compte/premier-acces/").wsgi_request.user == invited


def test_a_link_handed_over_leads_to_a_code(people, animator, invited, mailoutbox):
    page = f"/membres/personnes/{invited.public_id}/"
    shown = animator.post(page + "invitation/lien/")
    link = re.search(r"(/invitation/[\w-]+/)", shown.text)[1]
    assert link not in animator.get(page).text
    browser = Client()
    response = browser.post(link)
    assert (response.status_code, response["Location"]) == (302, "/compte/login/code/confirm/")
    assert browser.get("/membres/").status_code == 302
    code = code_in(mailoutbox[-1])
    assert browser.post("/compte/login/code/confirm/", {"code": code}).status_code == 302
    assert browser.get("/membres/").status_code == 200
    assert "a déjà servi" in Client().get(link).text


def test_a_link_handed_over_sends_three_codes_a_minute(people, invited, mailoutbox):
    link = services.copy_link(person=invited, by=people.animator, now=timezone.now())
    path = "/invitation/" + link.rstrip("/").rpartition("/")[2] + "/"
    assert [Client().post(path).status_code for _ in range(4)] == [302, 302, 302, 429]
    assert len(mailoutbox) == 3


def test_who_invites_is_told_why_not(people, signed_in, animator, invited):
    page = f"/membres/personnes/{invited.public_id}/invitation/"
    animator.post(page)
    assert "il y a moins de cinq minutes" in animator.post(page, follow=True).text
    assert Invitation.objects.count() == 1
    came = people.member
    signed_in(came)
    answer = animator.post(f"/membres/personnes/{came.public_id}/invitation/", follow=True)
    assert "s’est déjà connectée" in answer.text
    closed = UserFactory(closed=True)
    answer = animator.post(f"/membres/personnes/{closed.public_id}/invitation/", follow=True)
    assert "Ce compte est fermé" in answer.text
    answer = animator.post(f"/membres/personnes/{closed.public_id}/invitation/retirer/", follow=True)
    assert "Aucune invitation de cette personne n’est en cours" in answer.text


def test_who_will_administer_is_invited_by_administrators(people, animator, signed_in):
    staff = UserFactory(administrator=True)
    for address in ("invitation/", "invitation/lien/"):
        assert animator.post(f"/membres/personnes/{staff.public_id}/{address}").status_code == 403
    assert signed_in(people.administrator).post(f"/membres/personnes/{staff.public_id}/invitation/").status_code == 302
    assert not Invitation.objects.exclude(user=staff).exists()


def test_a_day_has_an_end(people, invited):
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(
            user=UserFactory() if number == 0 else invited,
            email="x@exemple.example",
            by_mail=True,
            invited_by=people.animator,
            token_hash=f"{number}",
            created_at=now - dt.timedelta(hours=2),
            expires_at=now,
            ended_at=now,
        )
        for number in range(services.MOST_A_DAY)
    )
    with pytest.raises(services.ValidationError, match="épuisées"):
        services.invite(person=invited, by=people.animator, now=now)


# --- many at once ------------------------------------------------------------------------------------------------

GOOD = """
Anne Le Goff <anne.le-goff@exemple.example>, Le RAMEAU, suppléant·e
  Bob Martin <Bob@Exemple.example> ; atelier des communs RURAUX
"""


def preview(client: Client, text: str) -> Any:
    return client.post(MANY, {**form_to(client.get(MANY), MANY).data, "lines": text})


def carry_out(client: Client, shown: Any) -> Any:
    return client.post(MANY, form_to(shown, MANY).data)


def test_lines_are_shown_before_anything_happens_then_all_carried_out(people, animator):
    shown = preview(animator, GOOD)
    assert shown.status_code == 200
    assert shown.text.count("nouvelle personne, invitée") == 2
    assert not User.objects.filter(email="bob@exemple.example").exists()
    response = carry_out(animator, shown)
    assert response.status_code == 302
    anne, bob = User.objects.get(last_name="Le Goff"), User.objects.get(email="bob@exemple.example")
    assert (anne.positions.get().role, bob.positions.get().role) == ("substitute", "representative")
    assert bob.positions.get().organisation.slug == "atelier"
    assert Invitation.objects.count() == 2
    again = preview(animator, GOOD)
    assert again.text.count("jamais venue") == 2
    carry_out(animator, again)
    assert (Position.objects.filter(user__in=[anne, bob]).count(), Invitation.objects.count()) == (2, 2)


def test_a_line_may_name_a_double_that_was_merged(people, animator):
    kept = Organisation.objects.get(slug="atelier")
    bury(OrganisationFactory(name="Atelier bis", short_name="AB"), kept)
    text = "Anne Le Goff <anne@exemple.example>, atelier BIS\nBob Martin <bob@exemple.example>, AB, observateur"
    assert carry_out(animator, preview(animator, text)).status_code == 302
    placed = Position.objects.filter(user__email__in=("anne@exemple.example", "bob@exemple.example"))
    assert set(placed.values_list("organisation", "role")) == {(kept.pk, "representative"), (kept.pk, "observer")}


def test_one_wrong_line_holds_all_back_and_each_says_what(people, animator):
    text = (
        "Anne Le Goff <anne@exemple.example>, Le RAMEAU\n"
        "sans adresse, Le RAMEAU\n"
        "Cécile <cecile@exemple.example>, Le RAMEAU\n"
        "Denis Roy <denis@>, Le RAMEAU\n"
        "Eve Petit <eve@exemple.example>, Le RAMAU, suppléante\n"
        "Faustine Roy <faustine@exemple.example>, Nulle part ailleurs\n"
        "Gaël Roy <gael@exemple.example>, Le RAMEAU, président\n"
        "Anne Bis <ANNE@exemple.example>, Le RAMEAU"
    )
    shown = preview(animator, text)
    assert shown.status_code == 422
    problems = [str(row.problem).replace("\u00a0", " ") for row in shown.context["rows"]]
    assert problems == [
        "",
        "Écrivez : Prénom Nom <e-mail>, organisation, rôle.",
        "Le nom de famille manque.",
        "« denis@ » n’est pas une adresse électronique.",
        "Aucune organisation ne s’appelle « Le RAMAU ». Pensez-vous à « Le RAMEAU » ?",
        "Aucune organisation ne s’appelle « Nulle part ailleurs » : ajoutez-la d’abord.",
        "Le rôle est l’un de ceux-ci : représentant·e, suppléant·e, observateur·rice.",
        "La même adresse figure à la ligne 1.",
    ]
    form = form_to(shown, MANY).data
    assert "sans adresse" in form["lines"][0]
    assert animator.post(MANY, {**form, "send": "on"}).status_code == 422
    assert not User.objects.filter(email="anne@exemple.example").exists()


def test_who_is_known_keeps_the_account(people, signed_in, animator):
    signed_in(people.outsider)
    text = (
        f"Autre Nom <{people.outsider.email}>, Le RAMEAU, observatrice\n"
        f"Claire Membre <{people.member.email}>, Atelier des communs ruraux"
    )
    signed_in(people.member)
    shown = preview(animator, text)
    fates = [row.fate.value for row in shown.context["rows"]]
    assert fates == ["position", "nothing"]
    carry_out(animator, shown)
    people.outsider.refresh_from_db()
    assert people.outsider.last_name == "Outsider"
    assert people.outsider.positions.get().role == "observer"
    assert not Invitation.objects.exists()


def test_too_many_lines_are_told(animator):
    response = preview(animator, "\n".join(f"A B <a{number}@exemple.example>, Le RAMEAU" for number in range(101)))
    assert response.status_code == 422
    assert "100 personnes au plus" in response.text
