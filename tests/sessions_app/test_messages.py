"""Writing to the members: to whom, the two minutes, mails sent once, the right asked again, the archive."""

from __future__ import annotations

import base64
import datetime as dt
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core import partial_dates
from core.accounts.rights import PermissionRefused
from core.notifications.models import Notification, OutboxMessage
from members.enums import World
from sessions_app.messages import services
from sessions_app.messages.enums import Recipients
from sessions_app.messages.services import Draft
from sessions_app.models import Message, Session
from sessions_app.responses.enums import AnswerChoice
from sessions_app.responses.services import answer
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(people):
    factories.SpaceFactory()
    return factories.SessionFactory(announced=True, number=23)


def draft(recipients=Recipients.ALL, **fields):
    return Draft(**{"subject": "Objet", "body": "Texte.", "invites": False, "recipients": recipients, **fields})


def confirm(session, people, **fields):
    return services.confirm(session=session, draft=draft(**fields), by=people.animator, now=timezone.now())


def mails():
    return OutboxMessage.objects.filter(kind=services.KIND)


def later(minutes=3):
    return timezone.now() + dt.timedelta(minutes=minutes)


def test_recipients_are_who_speaks_for_members_today(session, people):
    def reached(*args, **fields):
        return {user.pk for user in services.recipients(session, draft(*args, **fields), timezone.now())}

    everybody = {people.member.pk, people.animator.pk, people.former_animator.pk, people.funder.pk}
    atelier = people.member.positions.get().organisation
    assert reached() == everybody
    answer(session=session, by=people.member, organisation=atelier, choice=AnswerChoice.NO, now=timezone.now())
    assert reached(Recipients.SILENT) == everybody - {people.member.pk}
    factories.AttendanceFactory(session=session, organisation=atelier)
    assert reached(Recipients.PRESENT) == {people.member.pk}
    atelier.world = World.FIELD
    atelier.save()
    assert reached(Recipients.WORLD, world=World.FIELD) == {people.member.pk}
    assert reached(Recipients.CHOSEN, organisations=[people.animating]) == {people.animator.pk}


def test_a_message_leaves_after_two_minutes_and_once(session, people):
    message = confirm(session, people, invites=True)
    assert services.hand_over_due(now=timezone.now()) == 0
    assert not mails().exists()
    assert services.hand_over_due(now=later()) == 1
    assert services.hand_over_due(now=later(9)) == 0
    assert mails().count() == 4
    mail = mails().get(recipient=people.member)
    assert mail.headers["Reply-To"] == "contact@espace.example"
    assert mail.subject_id == message.public_id
    links = {re.search(r"/reponse/([\w-]+)/", mail.text)[1] for mail in mails()}
    assert len(links) == 4


def test_a_link_in_the_mail_answers_for_its_reader(session, people, client):
    confirm(session, people, invites=True)
    services.hand_over_due(now=later())
    path = re.search(r"/reponse/[\w-]+/", mails().get(recipient=people.member).text)[0]
    page = client.get(path)
    assert page.status_code == 200
    assert page.context["person"] == people.member


def test_within_two_minutes_it_can_be_recalled(session, people):
    message = confirm(session, people)
    services.recall(message=message, by=people.animator, now=timezone.now())
    assert services.hand_over_due(now=later()) == 0
    assert not mails().exists()
    with pytest.raises(services.TooLate):
        services.recall(message=message, by=people.animator, now=timezone.now())
    other = confirm(session, people)
    with pytest.raises(services.TooLate):
        services.recall(message=other, by=people.animator, now=later())


def test_sent_twice_it_is_one_message(session, people):
    key = uuid.uuid4()
    assert confirm(session, people, key=key) == confirm(session, people, key=key)
    assert Message.objects.count() == 1


def test_the_right_is_asked_again_when_it_leaves(session, people):
    message = confirm(session, people)
    people.animator.positions.update(period=factories.since(factories.days(-100), factories.days(0)))
    assert services.hand_over_due(now=later()) == 0
    message.refresh_from_db()
    assert message.problem
    assert not mails().exists()


def test_an_invitation_to_a_session_called_off_meanwhile_stays_at_home(session, people):
    message = confirm(session, people, invites=True)
    type(session).objects.update(state="cancelled", reason="Motif")
    assert services.hand_over_due(now=later()) == 0
    message.refresh_from_db()
    assert (message.problem != "", mails().exists()) == (True, False)


@pytest.mark.parametrize("role", ["member", "former_animator", "observer", "administrator"])
def test_only_animators_write(session, people, role):
    with pytest.raises(PermissionRefused):
        services.confirm(session=session, draft=draft(), by=people.role(role), now=timezone.now())


def test_who_reaches_nobody_is_told(session, people):
    with pytest.raises(ValidationError):
        confirm(session, people, recipients=Recipients.PRESENT)
    held = factories.SessionFactory()
    with pytest.raises(ValidationError):
        confirm(held, people, invites=True)


def test_the_silent_are_invited_first_and_reminded_afterwards(session, people, signed_in):
    client = signed_in(people.animator)
    overview = reverse("sessions:answers", args=[23])
    assert "?invitation=1" in client.get(overview).content.decode()
    message = confirm(session, people, invites=True)
    page = client.get(overview).content.decode()
    assert "?relance=1" in page
    assert "?invitation=1" not in page
    form = client.get(reverse("sessions:message-new", args=[23]) + "?relance=1").context["form"]
    assert (form["recipients"].value(), form["invites"].value()) == (Recipients.SILENT, True)
    assert form["subject"].value().startswith("Rappel")
    services.recall(message=message, by=people.animator, now=timezone.now())
    assert "?invitation=1" in client.get(overview).content.decode()  # nobody has received it


def test_compose_preview_test_send_and_archive(session, people, signed_in):
    client, address = signed_in(people.animator), reverse("sessions:message-new", args=[23])
    page = client.get(address + "?invitation=1")
    data = {name: page.context["form"][name].value() or "" for name in ("recipients", "subject", "body", "key")}
    preview = client.post(address, {**data, "invites": "on"})
    assert [person.pk for person in preview.context["people"]] != []
    assert not Message.objects.exists()
    client.post(address, {**data, "invites": "on", "test": "1"})
    assert mails().get().recipient == people.animator
    data["previewed"] = preview.context["preview"].fingerprint
    for _twice in range(2):
        response = client.post(address, {**data, "invites": "on", "send": "1"})
        assert response.status_code == 302
    message = Message.objects.get()
    services.hand_over_due(now=later())
    shown = client.get(response["Location"]).content.decode()
    assert str(people.member) in shown
    assert message.subject in client.get(reverse("sessions:messages", args=[23])).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": ""},
        {"body": ""},
        {"recipients": "world"},
        {"recipients": "chosen"},
        {"recipients": "present"},
        {"key": "x"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(session, people, signed_in, wrong):
    data = {"recipients": "all", "subject": "Objet gardé", "body": "Texte gardé", "key": str(uuid.uuid4()), "send": "1"}
    response = signed_in(people.animator).post(reverse("sessions:message-new", args=[23]), data | wrong)
    assert response.status_code == 422
    assert "gardé" in response.content.decode()
    assert not Message.objects.exists()


def test_a_subject_of_several_lines_is_one_line(session, people, signed_in):
    data = {
        "recipients": "all",
        "subject": "Un\r\nBcc: x@exemple.example",
        "body": "T",
        "key": str(uuid.uuid4()),
        "send": "1",
    }
    client, address = signed_in(people.animator), reverse("sessions:message-new", args=[23])
    looked_at = client.post(address, data).context["preview"]  # sent unseen, it is shown first
    client.post(address, {**data, "previewed": looked_at.fingerprint})
    services.hand_over_due(now=later())
    assert {mail.subject for mail in mails()} == {"Un Bcc: x@exemple.example"}


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Autre objet"},
        {"body": "Texte changé sous l’aperçu"},
        {"invites": "on"},
        {"recipients": "silent"},
        {"recipients": "chosen"},
        {"previewed": ""},
        {"previewed": "0" * 64},
    ],
    ids=str,
)
def test_what_was_not_previewed_is_shown_again_and_not_sent(session, people, signed_in, change):
    client, address = signed_in(people.animator), reverse("sessions:message-new", args=[23])
    member = people.member.positions.get().organisation
    data = {"recipients": "all", "subject": "Objet", "body": "Texte", "key": str(uuid.uuid4())}
    data["organisations"] = [member.pk]
    data["previewed"] = client.post(address, data).context["preview"].fingerprint
    response = client.post(address, {**data, **change, "send": "1"})
    assert (response.status_code, response.context["has_changed"]) == (409, True)
    assert change.get("body", "Texte") in response.content.decode()
    assert not Message.objects.exists()
    again = {**data, **change, "previewed": response.context["preview"].fingerprint, "send": "1"}
    assert client.post(address, again).status_code == 302
    assert Message.objects.get().body == change.get("body", "Texte")


def test_the_archive_asks_the_same_number_of_queries(session, people, signed_in, assert_constant_queries):
    def add():
        confirm(session, people)

    assert_constant_queries(signed_in(people.animator), reverse("sessions:messages", args=[23]), add)


# --- the entry for the calendar; announced and invited in one mail ----------------------------------------------------


def attached(mail):
    return [(one["name"], one["type"], base64.b64decode(one["base64"]).decode()) for one in mail.attachments]


def test_an_invitation_carries_the_entry_for_the_calendar(session, people):
    atelier = people.member.positions.get().organisation
    answer(session=session, by=people.member, organisation=atelier, choice=AnswerChoice.YES, now=timezone.now())
    confirm(session, people, invites=True)
    services.hand_over_due(now=later())
    [(name, mimetype, entry)] = attached(mails().get(recipient=people.member))
    assert (name, mimetype) == ("session-23.ics", "text/calendar")
    lines = entry.replace("\r\n ", "").split("\r\n")
    assert f"UID:session-{session.public_id}" in lines
    assert any(line.startswith("ATTENDEE") and "PARTSTAT=ACCEPTED" in line for line in lines)
    [(_name, _mimetype, other)] = attached(mails().get(recipient=people.former_animator))
    assert "PARTSTAT=NEEDS-ACTION" in other.replace("\r\n ", "")


def test_a_message_that_does_not_invite_carries_nothing(session, people):
    confirm(session, people)
    services.hand_over_due(now=later())
    assert [mail.attachments for mail in mails()] == [[]] * 4


def test_the_preview_names_the_entry(session, people, signed_in):
    client, address = signed_in(people.animator), reverse("sessions:message-new", args=[23])
    page = client.get(address + "?invitation=1")
    data = {name: page.context["form"][name].value() or "" for name in ("recipients", "subject", "body", "key")}
    with_entry = "Avec l’entrée pour leur agenda : session-23.ics"
    shown = client.post(address, {**data, "invites": "on"}).content.decode().replace("\u00a0", " ")
    assert with_entry in shown
    assert with_entry not in client.post(address, data).content.decode().replace("\u00a0", " ")


def test_the_answer_page_leads_to_agenda_and_calendar(session, people, signed_in):
    client = signed_in(people.member)
    shown = client.get(reverse("sessions:answer", args=[23])).content.decode()
    assert f'href="{session.get_absolute_url()}#ordre-du-jour"' in shown
    assert f'href="{reverse("sessions:calendar-one", args=[23])}"' in shown
    assert client.get(reverse("sessions:calendar-one", args=[23])).status_code == 200


@pytest.fixture
def drafted(people):
    factories.SpaceFactory()
    return factories.SessionFactory(draft=True, number=24, items=1, date=partial_dates.day(factories.days(30)))


def test_announced_and_invited_in_one_mail(drafted, people, signed_in):
    client, address = signed_in(people.animator), reverse("sessions:moves", args=[24])
    data = {"move": "annoncer", "invites": "on", "key": client.get(address).context["key"]}
    for _twice in range(2):
        response = client.post(address, data)
    message = Message.objects.get()
    assert response["Location"] == reverse("sessions:message", args=[24, message.public_id])
    assert (message.invites, message.recipients) == (True, Recipients.ALL)
    assert Notification.objects.filter(kind="sessions_app.announced").count() == 3  # all but who announced it
    assert not OutboxMessage.objects.exists()
    services.hand_over_due(now=later())
    assert sorted(OutboxMessage.objects.values_list("kind", flat=True)) == [services.KIND] * 4


def test_announced_alone_it_is_told_by_a_mail_of_its_own(drafted, people, signed_in):
    signed_in(people.animator).post(reverse("sessions:moves", args=[24]), {"move": "annoncer"})
    assert not Message.objects.exists()
    assert OutboxMessage.objects.filter(kind="sessions_app.announced").count() == 3


def test_who_announces_a_session_of_yesterday_is_warned(drafted, people, signed_in):
    Session.objects.filter(pk=drafted.pk).update(
        date=partial_dates.day(factories.days(-1)), starts_at=None, ends_at=None
    )
    client, address = signed_in(people.animator), reverse("sessions:moves", args=[24])
    assert "Le jour de cette séance est passé." in client.get(address).content.decode()
    refused = client.post(address, {"move": "annoncer"})  # from a page that was opened the day before
    assert refused.status_code == 422
    assert Session.objects.get(pk=drafted.pk).state == "draft"
    assert client.post(address, {"move": "annoncer", "past": "1"}).status_code == 302
    assert Session.objects.get(pk=drafted.pk).state == "announced"
