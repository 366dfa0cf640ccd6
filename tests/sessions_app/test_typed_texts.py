"""A text that is too long, or lacks, is told at its field: nothing is cut, nothing typed is lost, nothing is done."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from lxml import html

from sessions_app.enums import RequestState
from sessions_app.minutes import services as minutes
from sessions_app.minutes.review import services as reviews
from sessions_app.models import MinutesVersion, Session, VersionStanding
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(people: Any) -> Session:
    factories.SpaceFactory()
    return factories.SessionFactory(number=22, title="Mesurer autrement", items=1)


def field(response: Any, name: str) -> Any:
    """The control that was refused: it bears the error, and what was typed."""
    assert response.status_code == 422
    (control,) = html.fromstring(response.content).xpath(f"//*[@name='{name}'][@aria-invalid='true']")
    return control


def error_of(response: Any, control: Any) -> str:
    (told,) = html.fromstring(response.content).xpath(f"//*[@id='{control.get('id')}_error']")
    return " ".join(told.text_content().split())


def test_the_reason_of_a_new_version_is_not_cut(session: Session, people: Any, signed_in: Any) -> None:
    factories.MinutesFactory(session=session, entries="<p>Dit</p>")
    minutes.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    minutes.open_amendment(session=session, by=people.animator, now=timezone.now())
    client, page, typed = signed_in(people.animator), "/sessions/22/compte-rendu/publier/", "é" * 301
    refused = client.post(page, {"based_on": "1", "reason": typed})
    control = field(refused, "reason")
    assert control.get("value") == typed
    assert "300" in error_of(refused, control)
    assert MinutesVersion.objects.count() == 1
    assert client.post(page, {"based_on": "1", "reason": typed[:300]}).status_code == 302
    assert MinutesVersion.objects.latest("number").reason == typed[:300]


def test_the_answer_to_a_request_is_not_cut(session: Session, people: Any, signed_in: Any) -> None:
    factories.MinutesFactory(session=session, entries="<p>Dit</p>")
    organisation = people.member.positions.get().organisation
    factories.AttendanceFactory(session=session, organisation=organisation)
    review = reviews.circulate(session=session, by=people.animator, days=8, now=timezone.now())
    asked = reviews.ask(
        circulation=review,
        item=session.agenda.get(),
        by=people.member,
        organisation=organisation,
        passage="",
        wish="Corriger",
        now=timezone.now(),
    )
    client, typed = signed_in(people.animator), "Parce que. " * 200
    page = f"/sessions/22/compte-rendu/relecture/demandes/{asked.public_id}/"
    sent = {"refuse": "1", "answer": typed, "body": "<p>Réécrit.</p>", "text_format": "html", "rev": "1"}
    refused = client.post(page, sent)
    control = field(refused, "answer")
    assert control.text.strip() == typed.strip()
    assert "2\u202f000" in error_of(refused, control) or "2000" in error_of(refused, control)
    assert "Réécrit." in refused.content.decode()
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN


def test_stopping_a_review_asks_its_reason_in_the_form_that_was_sent(
    session: Session, people: Any, signed_in: Any
) -> None:
    factories.MinutesFactory(session=session, entries="<p>Dit</p>")
    reviews.circulate(session=session, by=people.animator, days=8, now=timezone.now())
    client, page = signed_in(people.animator), "/sessions/22/compte-rendu/relecture/conclure/"
    refused = client.post(page, {"issue": "arreter", "reason": " "})
    control = field(refused, "reason")
    assert control.xpath("ancestor::form//input[@name='issue']/@value") == ["arreter"]
    typed = "x" * 301
    assert field(client.post(page, {"issue": "arreter", "reason": typed}), "reason").text.strip() == typed


def test_a_withdrawal_asks_its_reason_at_the_field(session: Session, people: Any, signed_in: Any) -> None:
    factories.MinutesFactory(session=session, entries="<p>Dit</p>")
    minutes.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    client, page = signed_in(people.animator), "/sessions/22/compte-rendu/diffusion/"
    refused = client.post(page, {"choix": "retirer", "reason": " "})
    assert error_of(refused, field(refused, "reason"))
    typed = "x" * 301
    assert field(client.post(page, {"choix": "retirer", "reason": typed}), "reason").text.strip() == typed
    session.minutes.refresh_from_db()
    assert VersionStanding.objects.get().state == "in_force"


@pytest.mark.parametrize("rev", ["", "-1", "un", "9" * 400, "1\u00a0000", "٣"])
def test_a_revision_written_by_hand_is_a_conflict_and_no_fault(
    session: Session, people: Any, signed_in: Any, rev: str
) -> None:
    factories.MinutesFactory(session=session, entries="<p>Ce qui est écrit</p>")
    client = signed_in(people.animator)
    sent = {"body": "<p>Ce que je tape</p>", "text_format": "html", "rev": rev}
    response = client.post("/sessions/22/compte-rendu/modifier/?point=1", sent)
    assert response.status_code == 409
    assert "Ce que je tape" in response.content.decode()
    assert "Ce qui est écrit" in response.content.decode()
