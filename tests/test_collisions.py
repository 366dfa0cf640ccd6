"""Check, then write: whoever meets another one's row in between hears the sentence of the check, never an error page.

The other one stands in a transaction of their own until this one waits for them at the unique index.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.web.collisions import COLLISIONS, is_collision
from core.web.one_time_keys import FIELD
from funding.models import Initiative
from sessions_app.messages import services as messages
from sessions_app.messages.enums import Recipients
from sessions_app.messages.services import Draft
from sessions_app.models import Cycle, Message, Session
from tests import factories
from tests.matrix.funding import new_initiative
from tests.matrix.scene import build
from tests.support.database import owner_connection
from tests.support.forms import form_to
from tests.support.people import make_people

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 20


def enter(user):
    client = Client()
    client.force_login(user, backend="core.accounts.backends.SignInBackend")
    return client


def while_another_writes(write: Callable[[], Any], send: Callable[[], Any]) -> Any:
    """What `send` answers, where `write` was done by another, and committed only once `send` waits for it."""
    written, answered = threading.Event(), []
    surprises: list[BaseException] = []

    def other() -> None:
        try:
            with transaction.atomic():
                write()
                written.set()
                _until_somebody_waits()
        except BaseException as surprise:  # noqa: BLE001 (shown by the test, not lost with the thread)
            surprises.append(surprise)
        finally:
            written.set()
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    written.wait(WAIT)
    answered.append(send())
    thread.join(WAIT)
    assert not thread.is_alive()
    assert not surprises, surprises
    return answered[0]


def _until_somebody_waits() -> None:
    with owner_connection() as watch:
        for _time in range(WAIT * 20):
            waiting = watch.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if waiting.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waited: the check saw the other one's row")


@pytest.fixture
def scene(transactional_db):
    return build(make_people())


def page_form(client, name, *arguments):
    address = reverse(name, args=arguments)
    form = form_to(client.get(address), address)
    form.data.pop(FIELD, None)  # two people, not one who sends twice
    return address, form.data


def test_a_session_of_the_same_number(scene):
    client = enter(scene.people.animator)
    address, data = page_form(client, "sessions:create")
    data |= {"number": "150", "title": "La mienne"}
    response = while_another_writes(
        lambda: factories.SessionFactory(number=150, cycle=scene.sessions["draft"].cycle),
        lambda: client.post(address, data),
    )
    assert response.status_code == 422
    assert response.context["form"].errors["number"]
    assert Session.objects.filter(number=150).count() == 1


def test_a_cycle_of_the_same_year(scene):
    client = enter(scene.people.animator)
    address, data = page_form(client, "sessions:cycle-create")
    response = while_another_writes(
        lambda: Cycle.objects.create(year=2031, theme="Le sien"),
        lambda: client.post(address, {**data, "year": "2031", "theme": "Le mien"}),
    )
    assert response.status_code == 422
    assert Cycle.objects.get(year=2031).theme == "Le sien"


def test_an_initiative_of_the_same_reference(scene):
    """Two people open the form and are offered the same reference."""
    client, other = enter(scene.people.funder), scene.other["funding"]["foreign"]
    address, data = page_form(client, "funding:create")

    def write():
        other.reference = "INI-900"
        other.save()

    response = while_another_writes(write, lambda: client.post(address, {**data, **new_initiative(scene)}))
    assert response.status_code == 422
    assert response.context["form"].errors["reference"]
    assert Initiative.objects.get(reference="INI-900") == other


def test_a_message_confirmed_twice_is_one(scene):
    client, session = enter(scene.people.animator), scene.sessions["announced"]
    address, data = page_form(client, "sessions:message-new", session.number)
    looked = form_to(client.post(address, {**data, "subject": "Objet", "body": "Texte."}), address).data
    looked.pop(FIELD)
    draft = Draft(subject="Objet", body="Texte.", invites=False, recipients=Recipients.ALL, key=looked["key"][0])
    response = while_another_writes(
        lambda: messages.confirm(session=session, draft=draft, by=scene.people.animator, now=timezone.now()),
        lambda: client.post(address, {**looked, "send": "1"}),
    )
    assert response.status_code == 302
    assert Message.objects.count() == 1


@pytest.mark.parametrize("state", sorted(COLLISIONS))
def test_only_collisions_are_asked_again(db, state):
    error = IntegrityError()
    error.__cause__ = psycopg.errors.lookup(state)()
    assert is_collision(error)
    error.__cause__ = psycopg.errors.ForeignKeyViolation()
    assert not is_collision(error)
