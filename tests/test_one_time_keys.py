"""What is sent twice is added once: every form that adds bears a one-time key, and the key holds."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from core.models import SentForm
from core.web import one_time_keys
from core.web.one_time_keys import FIELD
from sessions_app.models import (
    ActionItem,
    AgendaItem,
    AmendmentRequest,
    Cycle,
    Decision,
    Guest,
    Material,
    MaterialProposal,
    Message,
    PreparationTask,
    Session,
    SignedSheet,
)
from tests.matrix.adding import ADDS, CHANGES, OF_ALLAUTH, WAITING
from tests.matrix.scene import build
from tests.support import races
from tests.support.forms import form_to, forms_of
from tests.support.pages import readable_pages, tables
from tests.support.people import make_people

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def scene(db):
    return build(make_people())


def enter(user):
    client = Client()
    client.force_login(user, backend="core.accounts.backends.SignInBackend")
    return client


def rows_for_funders():
    """What the funder reads of funding: its forms stand on pages of its own."""
    return [row for row in tables()["funding"] if row.get and not row.file and row.get["funder"] == 200]


def test_every_form_says_whether_it_adds(scene):
    """Walks every page: a form whose address adds bears the key, and every address that takes a form is told."""
    bare, told = set(), set()
    of_funders = [("funder", reverse(row.url, args=row.arguments(scene)) + row.query) for row in rows_for_funders()]
    for role, address in [*readable_pages(scene), *of_funders]:
        client = Client() if role == "visitor" else enter(scene.people.role(role))
        for form in forms_of(client.get(address), address):
            if form.method != "post":
                continue
            name = resolve(urlsplit(form.action).path).view_name
            told.add(name)
            if name in ADDS and FIELD not in form.data:
                bare.add(name)
    assert sorted(bare) == [], "these forms add something: give them a one-time key"
    ours = {name for name in told if not name.startswith(OF_ALLAUTH)}
    assert sorted(ours - ADDS - CHANGES - WAITING) == [], "say of these forms whether they add something"
    assert sorted(ADDS - told) == [], "no page was seen with a form of these addresses"


ADDINGS = {
    "session": (Session, "animator", "sessions:create", "", {"title": "Nouvelle", "number": "140"}),
    "cycle": (Cycle, "animator", "sessions:cycle-create", "", {"year": "2031", "theme": "Suite"}),
    "copy": (Session, "animator", "sessions:moves", "announced", {}, "sessions:duplicate"),
    "decision": (Decision, "animator", "sessions:decision-add", "written", {"decision-text": "Oui"}),
    "action": (ActionItem, "animator", "sessions:action-add", "written", {"action-text": "Faire"}),
    "material": (
        Material,
        "animator",
        "sessions:material-add",
        "announced",
        {"title": "Note", "link": "https://exemple.example/n"},
    ),
    "proposal": (
        MaterialProposal,
        "member",
        "sessions:material-propose",
        "announced",
        {"title": "Note", "link": "https://exemple.example/n"},
    ),
    "item": (
        AgendaItem,
        "animator",
        "sessions:agenda-edit",
        "announced",
        {"lines": "Un point, 10 min"},
    ),
    "task": (PreparationTask, "animator", "sessions:checklist", "announced", {"title": "Réserver la salle"}),
    "message": (
        Message,
        "animator",
        "sessions:message-new",
        "announced",
        {"subject": "Objet", "body": "Texte."},
    ),
}


def prepared(scene, case):
    """(model, client, where it is sent, what a browser sends)."""
    model, role, page, state, typed, *action = ADDINGS[case]
    arguments = scene.number(state) if state else []
    address = reverse(page, args=arguments)
    client = enter(scene.people.role(role))
    form = form_to(client.get(address), address, reverse(action[0], args=arguments) if action else None)
    data = {**form.data, **typed}
    if case == "message":  # what is sent was looked at
        looked = form_to(client.post(form.action, data), address)
        data = {**looked.data, "send": "1"}
    return model, client, form.action, data


@pytest.mark.parametrize("case", ADDINGS)
def test_sent_three_times_it_is_added_once(scene, case):
    model, client, address, data = prepared(scene, case)
    before = model.objects.count()
    first = client.post(address, data)
    assert first.status_code == 302, first.content.decode()
    added = model.objects.count() - before
    assert added == 1
    for _again in range(2):
        again = client.post(address, data)
        assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert model.objects.count() - before == added


def test_a_guest_sent_twice_is_announced_once(scene):
    page = reverse("sessions:answer", args=scene.number("announced"))
    client = enter(scene.people.member)
    form = form_to(client.get(page), page, reverse("sessions:guest-add", args=scene.number("announced")))
    name = next(name for name in form.data if name.endswith("-name"))
    for _time in range(2):
        assert client.post(form.action, {**form.data, name: "Jeanne"})["Location"] == page
    assert Guest.objects.filter(name="Jeanne").count() == 1


def test_a_request_of_a_review_sent_twice_is_made_once(scene):
    session = scene.sessions["reviewed"]
    page = reverse("sessions:amendment-request", args=[session.number, session.agenda.last().public_id])
    client = enter(scene.people.member)
    form = form_to(client.get(page), page)
    for _time in range(2):
        assert client.post(page, {**form.data, "wish": "Autrement"}).status_code == 302
    assert AmendmentRequest.objects.filter(wish="Autrement").count() == 1


def test_a_file_sent_twice_is_kept_once(scene):
    number = scene.number("written")
    page, action = reverse("sessions:signing-sheet", args=number), reverse("sessions:signed-sheet-add", args=number)
    client = enter(scene.people.animator)
    form = form_to(client.get(page), page, action)
    for _time in range(2):
        client.post(action, {**form.data, "file": SimpleUploadedFile("feuille.pdf", PDF)})
    assert SignedSheet.objects.count() == 1


def test_a_fragment_sent_twice_is_told_in_a_fragment_with_the_next_key(scene):
    number = scene.number("written")
    page = reverse("sessions:minutes-edit", args=number)
    action = reverse("sessions:decision-add", args=number)
    client = enter(scene.people.animator)
    form = form_to(client.get(f"{page}?point=1"), page, action)
    data = {**form.data, "decision-text": "Une fois"}
    htmx = {"HX-Request": "true"}
    first = client.post(form.action, data, headers=htmx)
    again = client.post(form.action, data, headers=htmx)
    assert (first.status_code, again.status_code, again["HX-Trigger"]) == (200, 200, "sent-already")
    other = client.post(form.action, {**data, "decision-text": "Autre chose"}, headers=htmx)
    assert other.status_code == 409
    assert list(Decision.objects.values_list("text", flat=True).filter(text__in=["Une fois", "Autre chose"])) == [
        "Une fois"
    ]
    former = form.data["one_time_key"][0]
    for told in (again, other):
        content = told.content.decode()
        assert "<html" not in content
        assert f"outerHTML:input[name=one_time_key][value='{former}']" in content
    key = re.search(r'name="one_time_key" value="(\w+)"', other.content.decode())[1]
    added = client.post(form.action, {**data, "decision-text": "Autre chose", "one_time_key": key}, headers=htmx)
    assert added.status_code == 200
    assert Decision.objects.filter(text="Autre chose").exists()


def test_what_was_refused_may_be_sent_again_with_the_same_key(scene):
    _model, client, address, data = prepared(scene, "decision")
    assert client.post(address, {**data, "decision-text": ""}).status_code == 422
    assert not SentForm.objects.exists()
    assert client.post(address, data).status_code == 302
    assert Decision.objects.filter(text="Oui").count() == 1


def test_other_words_with_the_same_key_are_asked_about_and_not_lost(scene):
    _model, client, address, data = prepared(scene, "decision")
    first = client.post(address, data)
    other = client.post(address, {**data, "decision-text": "Non <b>\n"})
    assert other.status_code == 409
    assert not Decision.objects.filter(text__startswith="Non").exists()
    assert first["Location"] in other.content.decode()
    form = form_to(other, address)
    assert form.data[FIELD] != data[FIELD]
    assert client.post(address, form.data).status_code == 302
    assert Decision.objects.filter(text__startswith="Non <b>").count() == 1


def test_the_key_is_of_one_person_at_one_address(scene):
    _model, client, address, data = prepared(scene, "proposal")
    assert client.post(address, data).status_code == 302
    assert enter(scene.people.funder).post(address, data).status_code == 302
    assert MaterialProposal.objects.filter(title="Note").count() == 2


def test_the_right_is_asked_first(scene):
    _model, _client, address, data = prepared(scene, "decision")
    assert enter(scene.people.member).post(address, data).status_code == 403
    assert not SentForm.objects.exists()


def test_keys_are_forgotten_after_a_month(db):
    now = timezone.now()
    for days in (29, 31):
        SentForm.objects.create(digest=f"{days:064}", content="", sent_at=now - dt.timedelta(days=days))
    assert one_time_keys.forget_old(before=now - dt.timedelta(days=one_time_keys.KEPT)) == 1
    assert SentForm.objects.get().digest.endswith("29")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", ["decision", "material", "message", "item"])
def test_sent_twice_at_once_it_is_added_once(transactional_db, case):
    scene = build(make_people())
    model, client, address, data = prepared(scene, case)
    before = model.objects.count()

    def send():
        sender = Client()
        sender.cookies = client.cookies.copy()
        response = sender.post(address, data)
        return response.status_code, response.headers.get("Location")

    first, second = races.together(send, send)
    assert first == second
    assert first[0] == 302
    assert model.objects.count() - before == 1
