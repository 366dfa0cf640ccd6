"""Two people, two accounts: minutes from their review to a withdrawal, its correction and a restoration."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.models import Organisation
from sessions_app.models import Circulation, Session
from tests import factories
from tests.support.people import make_people

PAGE = "/sessions/22/compte-rendu/"


@pytest.fixture
def people(transactional_db: None) -> Any:
    factories.SpaceFactory()
    return make_people()


@pytest.fixture
def session(people: Any) -> Session:
    session = factories.SessionFactory(number=22, items=2)
    factories.MinutesFactory(session=session, entries="<p>Un texte à relire.</p>")
    organisation = Organisation.objects.get(positions__user=people.member)
    factories.AttendanceFactory(session=session, organisation=organisation)
    return session


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def main(page: Page) -> Any:
    return expect(page.get_by_role("main"))


def test_review_adoption_withdrawal_correction_and_restoration(session, people, browsing, assert_accessible):
    animator, member = browsing.open(people.animator), browsing.open(people.member, width=360)

    animator.goto(f"{PAGE}relecture/ouvrir/")
    press(animator, "Soumettre à relecture")
    for number, wish in ((1, "Écrire « un beau texte »."), (2, "Retirer ce point.")):
        member.goto(f"{PAGE}relecture/")
        member.get_by_role("link", name=f"Demander une modification {number}").click()
        member.fill("[name=wish]", wish)
        press(member, "Envoyer la demande")
        main(member).to_contain_text("Votre demande est enregistrée.")

    animator.goto(f"{PAGE}relecture/")
    animator.get_by_role("link", name="Répondre", exact=True).first.click()
    text = animator.get_by_role("textbox", name="Texte du point")
    text.press("Control+a")
    text.press_sequentially("Un beau texte.")
    press(animator, "Accepter avec ce texte")
    animator.get_by_role("link", name="Répondre", exact=True).click()
    animator.fill("[name=answer]", "Ce point fut bien traité.")
    press(animator, "Refuser, sans changer le texte")
    main(animator).to_contain_text("Ce point fut bien traité.")

    now = timezone.now()  # the period has passed
    Circulation.objects.update(opened_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(minutes=1))
    animator.goto(f"{PAGE}relecture/conclure/")
    press(animator, "Publier comme adopté")
    main(animator).to_contain_text("2 demandes, 1 acceptée")

    member.goto("/notifications/")  # the link of the answer leads to what became of the request
    told = member.get_by_role("main").get_by_role("link", name=re.compile("Votre demande sur le compte rendu")).first
    member.goto(told.get_attribute("href"))
    main(member).to_contain_text("Elle a mené à la version 1 du compte rendu.")
    main(member).to_contain_text("Ce point fut bien traité.")
    assert_accessible(member)
    assert member.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    member.get_by_role("link", name="Lire cette version").click()
    main(member).to_contain_text("Un beau texte.")

    animator.goto(f"{PAGE}diffusion/")
    animator.fill("[name=reason]", "Un nom de trop")
    press(animator, "Retirer d’urgence")
    main(animator).to_contain_text("Un nom de trop")
    assert_accessible(animator)
    browsing.expect_problem("410")
    assert member.goto(PAGE).status == 410
    main(member).to_contain_text("N’est plus ouvert")
    assert_accessible(member)
    assert member.goto(f"{PAGE}relecture/").status == 410  # what was changed tells the text, too

    animator.goto(PAGE)
    press(animator, "Ouvrir un amendement")
    animator.goto(f"{PAGE}publier/")
    main(animator).to_contain_text("La version 1 a été retirée et reste fermée à tous, sauf aux animateurs.")
    animator.fill("[name=reason]", "Sans le nom")
    press(animator, "Publier auprès des membres")
    assert member.goto(PAGE).status == 200
    main(member).to_contain_text("Version 2, en vigueur")
    assert member.goto(f"{PAGE}versions/1/").status == 410

    animator.goto(f"{PAGE}diffusion/")
    press(animator, "Rétablir pour les membres")
    main(animator).to_contain_text("Dites pourquoi vous rouvrez cette version.")
    animator.fill("[name=restoration]", "Le nom pouvait rester")
    press(animator, "Rétablir pour les membres")
    assert member.goto(f"{PAGE}versions/1/").status == 200
    main(member).to_contain_text("Remplacé par la version 2")
    member.goto(f"{PAGE}relecture/")
    main(member).to_contain_text("Ce point fut bien traité.")
