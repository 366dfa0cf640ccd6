"""Who is asked for news of an initiative, and the personal link by which they answer without an account.

A contact is a person as everywhere else; where he or she has never signed in, the link is the only way to act. It
opens one page of one initiative, and holds as long as the person is its contact: the rights are asked each time.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import addresses, personal_links, rights
from core.accounts.models import User
from core.accounts.personal_links import PersonalLink
from core.notifications import kinds
from core.notifications.link_mail import mail_link
from core.partial_dates.text import full_day
from funding.models import BearerContact, Initiative, Update
from funding.notifications import notify, of_update
from members.people import acting_people

KEEP = "funding.edit_initiative"
SCOPE = "funding.update"
KIND = kinds.name_mail("initiative", gettext_lazy("Link to the updates of an initiative"))
OTHER_NAME = gettext_lazy("This address and this name do not go together here: ask the animators.")
HOLDS = dt.timedelta(days=200)  # each question sends a new link


@transaction.atomic
def name_contact(
    *, initiative: Initiative, first_name: str, last_name: str, email: str, by: User, now: dt.datetime
) -> BearerContact:
    """Somebody who is asked for news from now on; known by the address, so nobody is entered twice.

    Raises `ValidationError` where the person is a contact already, and where the address is somebody's of another name:
    nobody learns by naming a contact whose an address is.
    """
    rights.check_for_writing(by, KEEP, initiative)
    user = User.objects.filter(pk=addresses.owner_id(addresses.normal(email))).first()
    if user is None:
        user = User.objects.create_user(email, first_name=first_name, last_name=last_name)
    elif not user.is_called(first_name, last_name):
        raise ValidationError({"email": OTHER_NAME})
    contact = BearerContact(initiative=initiative, user=user, added_at=now)
    contact.full_clean()
    contact.save()
    update = initiative.updates.awaited().first()
    if update is not None:
        ask(contact=contact, update=update, now=now)
    return contact


@transaction.atomic
def withdraw(*, contact: BearerContact, by: User, now: dt.datetime) -> None:
    """Is asked no more; links that were sent lead nowhere from this moment on."""
    rights.check_for_writing(by, KEEP, contact.initiative)
    contact = (
        BearerContact.objects.select_for_update(of=("self",), no_key=True)
        .select_related("initiative")
        .get(pk=contact.pk)
    )
    if contact.ended_at is None:
        contact.ended_at = now
        contact.full_clean()
        contact.save()
    personal_links.revoke(user=contact.user, scope=SCOPE, about=(KIND, contact.initiative.public_id), now=now)


@transaction.atomic
def send_link(*, contact: BearerContact, by: User, now: dt.datetime) -> None:
    """The keeper sends a new link; the former ones are revoked."""
    rights.check_for_writing(by, KEEP, contact.initiative)
    about = (KIND, contact.initiative.public_id)
    personal_links.revoke(user=contact.user, scope=SCOPE, about=about, now=now)
    _mail(contact, contact.initiative.updates.awaited().first(), now)


def ask(*, contact: BearerContact, update: Update, now: dt.datetime) -> None:
    """Asks for one update: a notification, or a mail with a link for who never signed in."""
    if contact.user.last_login:
        notify("update_expected", [contact.user], of_update(update), about=("update", update.public_id), now=now)
    else:
        _mail(contact, update, now)


def ask_all(*, update: Update, now: dt.datetime) -> None:
    """Asks everybody who may give this news: the contacts, and the people of a bearing organisation that is a member."""
    initiative = update.initiative
    asked = list(initiative.contacts.running().select_related("user", "initiative"))
    for contact in asked:
        ask(contact=contact, update=update, now=now)
    known = {contact.user_id for contact in asked}
    people = [user for user in _of_bearer(initiative, now) if user.pk not in known]
    notify("update_expected", people, of_update(update), about=("update", update.public_id), now=now)


def people_asked(initiative: Initiative, now: dt.datetime) -> list[User]:
    """Who is asked for its news today."""
    contacts = User.objects.filter(borne_initiatives__in=initiative.contacts.running())
    return list({user.pk: user for user in (*contacts, *_of_bearer(initiative, now))}.values())


def _of_bearer(initiative: Initiative, now: dt.datetime) -> list[User]:
    return list(acting_people([initiative.bearer_id], now)) if initiative.bearer_id is not None else []


def _mail(contact: BearerContact, update: Update | None, now: dt.datetime) -> None:
    initiative = contact.initiative

    def title() -> str:
        if update is None:
            return _("Give news of “%(title)s”") % {"title": initiative.title}
        text = _("An update of “%(title)s” is expected on %(day)s.")
        return text % {"title": initiative.title, "day": full_day(update.due_on)}

    mail_link(
        contact.user,
        view="funding:update-by-link",
        template="update_link",
        title=title,
        context={"initiative": initiative, "until": now + HOLDS},
        scope=SCOPE,
        about=(KIND, initiative.public_id),
        expires_at=now + HOLDS,
        now=now,
    )


def find(token: str, *, now: dt.datetime) -> tuple[PersonalLink, Initiative] | None:
    """The link and its initiative, while both hold and the person may still write."""
    link = personal_links.find(token, scope=SCOPE, now=now)
    if link is None:
        return None
    initiative = Initiative.objects.select_related("prepared_by").filter(public_id=link.object_id).first()
    if initiative is None or not rights.allows(link.user, "funding.write_update", initiative):
        return None
    return link, initiative
