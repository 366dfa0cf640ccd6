"""What is shown before one confirms is what comes of it: public minutes, a version, a message."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from core.notifications.models import OutboxMessage
from sessions_app.messages import services as messages
from sessions_app.minutes import names_in_text, publication, services
from sessions_app.models import Minutes, MinutesVersion, Session
from tests import factories

pytestmark = pytest.mark.django_db
OUT = "/sessions/22/compte-rendu/diffusion/"


@pytest.fixture
def session(people: Any) -> Session:
    factories.SpaceFactory(contact_email="animation@exemple.example")
    session = factories.SessionFactory(number=22)
    opened = factories.AgendaItemFactory(session=session, title="Ouverture")
    factories.AgendaItemFactory(session=session, title="Huis clos", is_reserved=True)
    name = people.member.get_full_name()
    factories.MinutesFactory(session=session, entries=f"<p><strong>Merci</strong> à {name} &amp; à ses amis.</p>")
    factories.DecisionFactory(session=session, item=opened, text=f"{people.funder.get_full_name()} écrit la suite")
    factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    return session


def test_making_public_shows_the_public_form_with_the_names_marked_and_opens_that_alone(session, people, signed_in):
    animator = signed_in(people.animator)
    shown = animator.post(OUT, {"choix": "rendre-public"})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert Minutes.objects.get().public_since is None
    assert f"<mark>{people.member.get_full_name()}</mark> &amp; à ses amis." in page
    assert [each.name for each in shown.context["found"]] == sorted(
        person.get_full_name() for person in (people.member, people.funder)
    )
    assert "Huis clos" not in page
    version = session.versions.get()
    wrong = animator.post(OUT, {"choix": "rendre-public", "seen": "0" * 64})
    assert (wrong.status_code, Minutes.objects.get().public_since) == (409, None)
    assert animator.post(OUT, {"choix": "rendre-public", "seen": version.content_sha256}).status_code == 302
    public = signed_in(people.visitor).get("/sessions/22/compte-rendu/public/").content.decode()
    assert "<mark>" not in public
    assert f"à {people.member.get_full_name()} &amp; à ses amis." in public


def test_a_version_published_meanwhile_is_looked_at_before_it_is_opened(session, people, signed_in):
    animator = signed_in(people.animator)
    seen = animator.post(OUT, {"choix": "rendre-public"}).context["version"].content_sha256
    services.open_amendment(session=session, by=people.animator, now=timezone.now())
    services.publish(session=session, by=people.animator, based_on=1, reason="Autre", now=timezone.now())
    response = animator.post(OUT, {"choix": "rendre-public", "seen": seen})
    assert (response.status_code, response.context["version"].number) == (409, 2)
    assert not MinutesVersion.objects.public().exists()


def test_names_are_found_whole_and_by_their_surname_and_not_within_words():
    names = ["Anne Rivière", "Jo Li"]
    marked = names_in_text.marked("<p>Rivière, Anne\u00a0Rivière, Rivièrette, Li, Jo Li</p>", names)
    assert marked == ("<p><mark>Rivière</mark>, <mark>Anne&nbsp;Rivière</mark>, Rivièrette, Li, <mark>Jo Li</mark></p>")
    assert names_in_text.marked("<p>Personne</p>", []) == "<p>Personne</p>"


def test_names_are_found_with_any_apostrophe_and_in_capitals_but_not_as_common_words():
    names = ["Rose D'Arcy", "Anne Rivière", "Luc Petit"]
    marked = names_in_text.marked("<p>Rose D’Arcy, D'Arcy, Mme RIVIERE, Anne RIVIÈRE, un petit M. PETIT</p>", names)
    assert marked == (
        "<p><mark>Rose D’Arcy</mark>, <mark>D'Arcy</mark>, Mme <mark>RIVIERE</mark>, <mark>Anne RIVIÈRE</mark>,"
        " un petit M. <mark>PETIT</mark></p>"
    )


def test_the_preview_shows_what_the_pdf_prints_besides_and_finds_the_names_there(people, signed_in):
    name, other = people.member.get_full_name(), people.funder.get_full_name()
    session = factories.SessionFactory(number=25, items=1, summary=f"Avec {name}.")
    factories.MinutesFactory(session=session, entries="<p>Dit.</p>")
    factories.MaterialFactory(session=session, title=f"Exposé de {other}", audience="public")
    factories.MaterialFactory(session=session, title="Note interne")
    factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    shown = signed_in(people.animator).post("/sessions/25/compte-rendu/diffusion/", {"choix": "rendre-public"})
    page = shown.content.decode()
    assert [(each.name, each.items) for each in shown.context["found"]] == sorted([(name, [0]), (other, [0])])
    assert f"Avec <mark>{name}</mark>." in page
    assert f"Exposé de {other}" in page
    assert "Note interne" not in page


def test_the_page_that_publishes_tells_what_is_missing_and_who_is_told(people, signed_in):
    session = factories.SessionFactory(number=23, items=2)
    factories.MinutesFactory(session=session, entries="")
    animator, address = signed_in(people.animator), "/sessions/23/compte-rendu/publier/"
    item = session.agenda.first()
    services.save_entry(
        item=item, by=people.animator, body="<p>Dit.</p>", based_on=item.entry.revision, now=timezone.now()
    )
    decision = factories.DecisionFactory(session=session, item=item, responsible=None)
    page = animator.get(address).content.decode()
    second = session.agenda.last()
    assert f"Le point 2 n’a pas de texte\u00a0: {second.title}" in page
    assert "Les présences ne sont pas notées." in page
    assert f"Personne ne répond de {decision.reference}." in page
    assert "3 personnes en sont prévenues." in page
    factories.AttendanceFactory(session=session, organisation=people.animating)
    assert "Les présences ne sont pas notées pour" in animator.get(address).content.decode()
    publication_told = animator.post(address, {"based_on": "0"})
    assert publication_told.status_code == 302
    assert OutboxMessage.objects.filter(kind="sessions_app.minutes_published").count() == 3
    assert publication.state_of(session) == "members"


def test_the_preview_of_a_message_is_the_mail_as_it_is_sent(people, signed_in):
    factories.SpaceFactory(contact_email="animation@exemple.example")
    factories.SessionFactory(announced=True, number=24, title="La rencontre", place="Lyon")
    client, address = signed_in(people.animator), "/sessions/24/messages/nouveau/"
    data = {"recipients": "all", "subject": "Rendez-vous", "body": "Venez.\n\nMerci.", "invites": "on"}
    page = client.get(address)
    data["key"] = page.context["form"]["key"].value()
    shown = client.post(address, data)
    mail = shown.context["mail"]
    client.post(address, {**data, "previewed": shown.context["preview"].fingerprint, "send": "1"})
    messages.hand_over_due(now=timezone.now() + messages.RECALL_WITHIN)
    sent = OutboxMessage.objects.get(kind=messages.KIND, recipient=mail.reader)
    body = sent.html.partition("<body>")[2].rpartition("</body>")[0]
    personal = body.split('<p><a href="', 1)[1].split('"', 1)[0]
    page_of_answer = mail.html.split('<p><a href="', 1)[1].split('"', 1)[0]
    assert body.replace(personal, page_of_answer) == mail.html
    assert (sent.subject, mail.replies_to) == (mail.subject, "animation@exemple.example")
    for part in ("La rencontre", "Lyon", "Venez.", mail.reader.first_name):
        assert part in mail.html
    assert mail.html in shown.content.decode()
