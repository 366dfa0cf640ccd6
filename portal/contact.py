"""A message to whoever animates the space today, from anybody: the form, and the mails it becomes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts.models import User
from core.forms.base import AddsOnce, PortalForm
from core.notifications import kinds, outbox
from core.space import current_space
from governance.models import Mandate
from governance.notifications import acting_people
from members.models import Organisation

KIND = kinds.name_mail("portal.contact", gettext_lazy("Message by the contact form"))
LIMITS = {"contact": "5/h/ip,20/d/ip"}  # messages of one network address, as allauth writes its limits
LONGEST = 4_000


@dataclass(frozen=True)
class Message:
    name: str
    organisation: str
    email: str
    text: str


class ContactForm(AddsOnce, PortalForm):
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    organisation = forms.CharField(label=gettext_lazy("Your organisation"), max_length=160, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("The answer goes there. It is not kept for anything else."),
    )
    text = forms.CharField(
        label=gettext_lazy("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        initial = {"name": user.get_full_name(), "email": user.email} if user.is_authenticated else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def message(self) -> Message:
        return Message(**self.cleaned_data)


def animating(now: dt.datetime) -> Organisation | None:
    """Whom a message goes to: the contact follows the mandate."""
    return Mandate.objects.organisation_at(now)


@transaction.atomic
def send(*, message: Message, now: dt.datetime) -> int:
    """One mail to each person who acts for the animating organisation today, in his or her language; how many.

    Where nobody does, it goes to the address of the space. An answer goes to whoever wrote.
    """
    organisation = animating(now)
    people = list(acting_people([organisation], now)) if organisation else []
    for person in people:
        _put(message, to=person.email, person=person, language=person.language, now=now)
    space = current_space()
    if not people and space.contact_email:
        _put(message, to=space.contact_email, person=None, language="fr", now=now)
        return 1
    return len(people)


def _put(message: Message, *, to: str, person: User | None, language: str, now: dt.datetime) -> None:
    with translation.override(language):
        subject = _("Message from %(name)s") % {"name": message.name}
        about = {"space": current_space(), "user": person, "language": language}
        context = {"message": message, "title": subject, **about}
        mail = EmailMultiAlternatives(
            subject=subject, body=render_to_string("emails/contact.txt", context), to=[to], reply_to=[message.email]
        )
        mail.attach_alternative(render_to_string("emails/contact.html", context), "text/html")
    outbox.put(mail, kind=KIND, recipient=person, now=now)
