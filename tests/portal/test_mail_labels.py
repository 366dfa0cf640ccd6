"""The administrators read what a mail is for, not the word by which the code knows it."""

from __future__ import annotations

import pytest
from django import forms
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation

from core.forms.base import PortalForm
from core.notifications import kinds, outbox

pytestmark = pytest.mark.django_db


MAILS = [
    *("account", "digest", "session", "evaluation", "date-poll", "consultation", "initiative", "portal.contact"),
    *("portal.test_mail", "sessions_app.message", "members.access_request", "members.invitation"),
]


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_that_is_no_notification_has_a_label_in_both_languages(name):
    labels = []
    for language in ("fr", "en"):
        with translation.override(language):
            labels.append(str(kinds.label_of_mail(name)))
    assert name not in labels
    assert len(set(labels)) == 2 or name == "account"


def test_the_page_of_a_mail_shows_the_label(people, signed_in):
    mail = outbox.put(
        EmailMessage("Objet", "Texte", to=["a@example.org"]), kind="sessions_app.message", now=timezone.now()
    )
    page = signed_in(people.administrator).get(reverse("administration:mail", args=[mail.public_id])).content.decode()
    assert "Message au sujet d’une session" in page
    assert "sessions_app.message" not in page


def test_an_address_that_is_none_is_told_with_an_example():
    class LinkForm(PortalForm):
        link = forms.URLField(assume_scheme="https")

    with translation.override("fr"):
        form = LinkForm({"link": "pas une adresse"})
        assert form.errors["link"] == ["Donnez l’adresse entière, par exemple https://www.exemple.org"]
