"""An animator's whole session in the browser: create, prepare, invite, attend, record, write, circulate, adopt, amend, close.

A real worker sends the mails and makes the documents. The clock cannot be turned for a worker: where a day or a
period has to pass, the row is set back instead, and nothing else of the row is touched.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core import partial_dates
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from sessions_app.enums import Presence, SessionState
from sessions_app.messages.services import KIND as MESSAGE
from sessions_app.models import (
    ActionItem,
    Answer,
    Attendance,
    Circulation,
    Decision,
    Message,
    MinutesEntry,
    MinutesVersion,
    Session,
)
from sessions_app.tasks import send_due_messages
from tests import factories
from tests.support.mails import text_sent_to
from tests.support.people import make_people
from tests.support.worker import wait_for

SAVED = re.compile(r"Enregistré à \d+\sh\s\d\d")
PAGE = "/sessions/24/"


@pytest.fixture
def people(transactional_db: None) -> Any:
    factories.SpaceFactory(contact_email="animation@espace.example")
    found = make_people()
    cycle = factories.CycleFactory(year=2026, theme="Mesurer ensemble")
    factories.SessionFactory(number=23, cycle=cycle)
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def main(page: Page) -> Any:
    return expect(page.get_by_role("main"))


def test_a_whole_session(browsing, people, worker, assert_accessible, tmp_path):
    animator = browsing.open(people.animator)
    create(animator, assert_accessible)
    prepare(animator, assert_accessible)
    announce(animator)
    invite(animator, browsing, people, assert_accessible)
    attend(animator, people, assert_accessible)
    note_decisions(animator, assert_accessible, tmp_path)
    write(animator)
    circulate_and_adopt(animator, browsing, people, assert_accessible)
    amend(animator)
    check_and_expose(animator, browsing, people, tmp_path)
    close(animator)


def create(page: Page, assert_accessible: Any) -> None:
    page.goto("/sessions/nouvelle/")
    assert_accessible(page)
    expect(page.locator("[name=number]")).to_have_value("24")
    page.fill("[name=title]", "Investir en commun 🌱")
    page.fill("[name=date]", "mars 2031")
    page.fill("[name=end]", "16:30")
    press(page, "Créer le brouillon")
    expect(page.locator("#id_date_error")).to_have_text("Un horaire demande un jour exact.")
    expect(page.locator("[name=title]")).to_have_value("Investir en commun 🌱")
    page.fill("[name=end]", "")
    press(page, "Créer le brouillon")
    page.wait_for_url(f"**{PAGE}ordre-du-jour/")


def prepare(page: Page, assert_accessible: Any) -> None:
    page.fill("[name=lines]", "Témoignage\nDécider de la suite")
    page.press("[name=lines]", "Enter")
    expect(page.locator("[name=agenda-1-title]")).to_have_value("Décider de la suite")
    page.fill("[name=agenda-0-speakers]", "Fonds ODD 17; Jeanne Invitée (invitée)")
    for place, kind in enumerate(("testimony", "decision")):
        page.select_option(f"[name=agenda-{place}-kind]", kind)
    press(page, "Enregistrer l’ordre du jour")
    expect(page.locator("[name=agenda-1-title]")).to_have_value("Décider de la suite")
    assert_accessible(page)
    page.get_by_role("link", name="État", exact=True).click()
    main(page).to_contain_text("Annoncer demande un jour exact : complétez la date.")
    assert_accessible(page)
    page.get_by_role("link", name="Informations", exact=True).click()
    for name, value in (("date", "12/03/2031"), ("start", "14:00"), ("end", "16:30"), ("place", "Lyon")):
        page.fill(f"[name={name}]", value)
    press(page, "Enregistrer")
    main(page).to_contain_text("Mercredi 12 mars 2031, 14 h 00 – 16 h 30")


def announce(page: Page) -> None:
    page.goto(f"{PAGE}etat/")
    press(page, "Annoncer")
    main(page).to_contain_text("Annoncée")
    assert Session.objects.get(number=24).state == SessionState.ANNOUNCED


def invite(page: Page, browsing: Any, people: Any, assert_accessible: Any) -> None:
    page.goto(f"{PAGE}messages/")
    page.get_by_role("link", name="Inviter", exact=True).click()
    press(page, "Aperçu")
    main(page).to_contain_text("Ce message irait à 4 personnes.")
    main(page).to_contain_text("Les réponses iront à animation@espace.example")
    assert_accessible(page)
    press(page, "M’envoyer un essai")
    main(page).to_contain_text("Un exemplaire part à votre adresse.")
    press(page, "Envoyer")
    expect(page.get_by_role("button", name="Rappeler le message")).to_be_visible()
    assert_accessible(page)
    two_minutes_pass(Message.objects.get())
    send_due_messages.delay()
    mails = OutboxMessage.objects.filter(kind=MESSAGE, subject_kind="session-message")
    wait_for(lambda: mails.filter(state=MailState.SENT).count() == 5, what=lambda: f"{list(mails.values('state'))}")
    page.reload()
    expect(page.get_by_role("button", name="Rappeler le message")).to_have_count(0)
    assert page.get_by_role("main").inner_text().count("Envoyé") >= 4  # each mail says where it stands

    mail = mails.filter(recipient=people.member).get()
    assert mail.headers["Reply-To"] == "animation@espace.example"
    reader = browsing.open()  # nobody is signed in
    reader.goto(re.search(r"/reponse/[\w-]+/", text_sent_to(people.member.email, mail.subject))[0])
    main(reader).to_contain_text("Vous répondez pour l’Atelier des communs ruraux")
    assert_accessible(reader)
    reader.get_by_label("Je participe", exact=True).check()
    reader.get_by_role("button", name="Enregistrer ma réponse").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Votre réponse est enregistrée")
    assert Answer.objects.get().user == people.member
    page.goto(f"{PAGE}reponses/")
    expect(page.get_by_role("link", name="Relancer celles qui n’ont pas répondu")).to_be_visible()
    expect(page.locator(".kpi").first).to_contain_text("1")


def two_minutes_pass(message: Message) -> None:
    earlier = timezone.now() - dt.timedelta(minutes=3)
    Message.objects.filter(pk=message.pk).update(written_at=earlier, send_at=earlier + dt.timedelta(minutes=2))


def the_day_comes() -> None:
    start = timezone.now() - dt.timedelta(hours=3)
    Session.objects.filter(number=24).update(
        date=partial_dates.day(timezone.localdate(start)), starts_at=start, ends_at=start + dt.timedelta(hours=2)
    )


def attend(page: Page, people: Any, assert_accessible: Any) -> None:
    the_day_comes()
    page.goto(f"{PAGE}etat/")
    press(page, "Marquer comme tenue")
    page.goto(f"{PAGE}presences/")
    press(page, "Reprendre les réponses (1)")
    assert_accessible(page)
    rows = page.locator("[data-attendance-row]")
    expect(rows.nth(0).locator("input[type=radio]:checked")).to_have_value("onsite")
    rows.nth(1).locator("input[type=radio]:checked").focus()
    for letter in "de":
        with page.expect_response(lambda response: response.url.endswith("/presences/")):
            page.keyboard.press(letter)
        page.keyboard.press("ArrowDown")
    found = dict(Attendance.objects.filter(session__number=24).values_list("organisation__slug", "presence"))
    assert found == {"atelier": Presence.ON_SITE, "fondation": Presence.REMOTE, "fonds-odd-17": Presence.EXCUSED}


def note_decisions(page: Page, assert_accessible: Any, tmp_path: Any) -> None:
    page.goto(f"{PAGE}suites/")
    page.get_by_role("link", name="Ajouter une décision").click()
    page.fill("[name=decision-text]", "Essayer cinq indicateurs communs.")
    assert_accessible(page)
    press(page, "Enregistrer")
    page.get_by_role("link", name="Ajouter une action").click()
    page.fill("[name=action-text]", "Écrire la fiche des indicateurs.")
    page.select_option("[name=action-responsible]", label="Atelier des communs ruraux")
    page.fill("[name=action-due]", "mars 2032")
    press(page, "Enregistrer")
    page.get_by_role("link", name="Diffuser le relevé…").click()
    press(page, "Diffuser aux membres")
    main(page).to_contain_text("Sous réserve d’approbation du compte rendu")
    press(page, "Établir le PDF")
    link = page.get_by_role("link", name=re.compile("Télécharger le relevé"))
    expect(link).to_be_visible(timeout=60_000)
    assert_accessible(page)
    with page.expect_download() as waiting:
        link.click()
    assert bytes_of(waiting, tmp_path / "releve.pdf").startswith(b"%PDF-")
    assert (Decision.objects.get().reference, ActionItem.objects.get().reference) == ("D-24-01", "A-24-01")


def bytes_of(waiting: Any, target: Any) -> bytes:
    waiting.value.save_as(target)
    return target.read_bytes()


def write(page: Page) -> None:
    for place, text in ((1, "Le fonds raconte son essai."), (2, "Les membres décident.")):
        page.goto(f"{PAGE}compte-rendu/modifier/?point={place}")
        page.get_by_role("textbox", name="Texte du point").press_sequentially(text)
        expect(page.get_by_text(SAVED).first).to_be_visible()
    bodies = MinutesEntry.objects.order_by("item__position").values_list("body", flat=True)
    assert list(bodies) == ["<p>Le fonds raconte son essai.</p>", "<p>Les membres décident.</p>"]


def circulate_and_adopt(page: Page, browsing: Any, people: Any, assert_accessible: Any) -> None:
    page.get_by_role("link", name="Soumettre à relecture…").click()
    expect(page.locator("[name=days]")).to_have_value("8")
    assert_accessible(page)
    press(page, "Soumettre à relecture")

    member = browsing.open(people.member)
    member.goto("/")
    member.get_by_role("main").get_by_role("link", name=re.compile("^Relire")).first.click()
    main(member).to_contain_text("Les membres décident.")
    assert_accessible(member)
    member.get_by_role("link", name="Demander une modification 2").click()
    member.fill("[name=wish]", "Écrire « décident ensemble ».")
    press(member, "Envoyer la demande")
    main(member).to_contain_text("Votre demande est enregistrée.")

    page.goto(f"{PAGE}compte-rendu/relecture/conclure/")
    main(page).to_contain_text("La période court encore.")
    main(page).to_contain_text("1 demande attend une réponse.")
    page.goto(f"{PAGE}compte-rendu/relecture/")
    page.get_by_role("link", name="Répondre", exact=True).click()
    press(page, "Refuser, sans changer le texte")
    main(page).to_contain_text("Dites")  # a refusal needs its reason
    press(page, "Accepter avec ce texte")
    main(page).to_contain_text("Le texte est resté le même")
    page.get_by_role("textbox", name="Texte du point").press("Control+a")
    page.get_by_role("textbox", name="Texte du point").press_sequentially("Les membres décident ensemble.")
    press(page, "Accepter avec ce texte")
    main(page).to_contain_text("Acceptée")

    the_period_is_over()
    page.goto(f"{PAGE}compte-rendu/relecture/conclure/")
    assert_accessible(page)
    press(page, "Publier comme adopté")
    main(page).to_contain_text(re.compile(r"Réputé adopté au\s.*, toutes les demandes ayant reçu une réponse"))
    main(page).to_contain_text("Les membres décident ensemble.")
    assert_accessible(page)
    member.goto(f"{PAGE}compte-rendu/")
    main(member).to_contain_text("Les membres décident ensemble.")


def the_period_is_over() -> None:
    now = timezone.now()
    Circulation.objects.update(opened_at=now - dt.timedelta(days=9), closes_at=now - dt.timedelta(minutes=1))


def amend(page: Page) -> None:
    page.goto(f"{PAGE}compte-rendu/")
    press(page, "Ouvrir un amendement")
    page.goto(f"{PAGE}compte-rendu/modifier/?point=1")
    page.get_by_role("textbox", name="Texte du point").press("Control+End")
    page.get_by_role("textbox", name="Texte du point").press_sequentially(" Une précision.")
    expect(page.get_by_text(SAVED).first).to_be_visible()
    page.get_by_role("link", name="Publier…").click()
    page.fill("[name=reason]", "Une précision au premier point")
    press(page, "Publier auprès des membres")
    main(page).to_contain_text("La version 2 est publiée")
    page.goto(f"{PAGE}compte-rendu/versions/1/")
    main(page).to_contain_text("Remplacé par la version 2")
    page.goto(f"{PAGE}compte-rendu/versions/2/changements/")
    expect(page.locator("ins").first).to_contain_text("Une précision.")


def check_and_expose(page: Page, browsing: Any, people: Any, tmp_path: Any) -> None:
    """The report is handed in for checking; public minutes name nobody; a withdrawal closes them at once."""
    page.goto(PAGE)  # the report was asked for with the publication
    link = page.get_by_role("link", name=re.compile("Télécharger le rapport"))
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as waiting:
        link.click()
    target = tmp_path / "rapport.pdf"
    content = bytes_of(waiting, target)

    first, second = MinutesVersion.objects.order_by("number")
    visitor = browsing.open()
    verdicts = [(first.content_sha256, "remplacé"), (second.content_sha256, "Authentique et en vigueur")]
    for code, words in verdicts:
        visitor.goto(f"/verifier/{code}/")
        main(visitor).to_contain_text(re.compile(words, re.IGNORECASE))
    hand_in(visitor, target)
    main(visitor).to_contain_text("Authentique et en vigueur")
    target.write_bytes(content + b"\n")
    hand_in(visitor, target)
    main(visitor).to_contain_text("octet pour octet")

    public = f"{PAGE}compte-rendu/public/"
    assert visitor.goto(public).status == 404
    page.goto(f"{PAGE}compte-rendu/diffusion/")
    press(page, "Rendre public…")
    main(page).to_contain_text("Ce que tout le monde lira")
    assert visitor.goto(public).status == 404
    press(page, "Ouvrir à tous")
    visitor.goto(public)
    main(visitor).to_contain_text("Les membres décident ensemble.")
    main(visitor).not_to_contain_text(people.animator.get_full_name())
    main(visitor).not_to_contain_text("Jeanne Invitée")
    page.fill("[name=reason]", "  ")
    press(page, "Retirer d’urgence")
    main(page).to_contain_text("Dites pourquoi vous retirez ce compte rendu.")
    page.fill("[name=reason]", "Une donnée personnelle")
    press(page, "Retirer d’urgence")
    assert visitor.goto(public).status == 404
    visitor.goto(f"/verifier/{second.content_sha256}/")
    main(visitor).to_contain_text(re.compile("retiré", re.IGNORECASE))
    page.fill("[name=restoration]", "Vérifié")
    press(page, "Rétablir pour les membres")


def hand_in(page: Page, path: Any) -> None:
    page.goto("/verifier/")
    page.set_input_files("input[type=file]", path)
    page.locator("form:has(input[type=file]) button[type=submit]").click()


def close(page: Page) -> None:
    page.goto(f"{PAGE}etat/")
    press(page, "Clore")
    main(page).to_contain_text("Clôturée")
    assert Session.objects.get(number=24).state == SessionState.CLOSED
    page.goto(f"{PAGE}etat/")
    press(page, "Dupliquer cette session")
    page.wait_for_url("**/sessions/25/modifier/")
    assert list(Session.objects.get(number=25).agenda.values_list("title", flat=True)) == [
        "Témoignage",
        "Décider de la suite",
    ]
