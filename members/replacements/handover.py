"""What this app hands over to a successor: how the organisation is reached; and what of its rows stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _, ngettext

from core.lifecycle import replacing
from core.lifecycle.replacing import Handler, Kept, Leaving, Line
from members.models import Invitation, Organisation

_LONGEST = Organisation._meta.get_field("internal_contact").max_length


def _name(name: str) -> re.Pattern[str]:
    """`name` as a whole: "Paul Martin" stands neither in "Jean-Paul Martin" nor in "Paul Martinez"."""
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE)


def _address(email: str) -> re.Pattern[str]:
    """`email` as a whole: "anne@lien.example" stands neither in "jeanne@lien.example" nor in "anne@lien.example.org"."""
    return re.compile(rf"(?<![\w.+-]){re.escape(email)}(?!\.?[\w-])", re.IGNORECASE)


def _names(text: str, leaving: Leaving) -> bool:
    leaver = leaving.leaver
    return any(found.search(text) for found in (_name(leaver.get_full_name()), _address(leaver.email)))


def _renamed(text: str, leaving: Leaving) -> str:
    """`text` with the successor's name and address; telephone numbers stand, which nobody knows of the successor."""
    leaver, successor = leaving.leaver, leaving.successor
    text = _name(leaver.get_full_name()).sub(lambda found: successor.get_full_name(), text)
    return _address(leaver.email).sub(lambda found: successor.email, text)[:_LONGEST]


def _preview_contacts(leaving: Leaving) -> Iterator[Line]:
    here = leaving.organisation
    if _names(here.internal_contact, leaving):
        now_reads = _renamed(here.internal_contact, leaving) if leaving.successor else here.internal_contact
        yield Line(_("The contact for the animators names the leaver"), 1, [now_reads])
    if _names(here.public_email, leaving):
        now_reads = _renamed(here.public_email, leaving) if leaving.successor else here.public_email
        yield Line(_("The address for everybody is the leaver’s"), 1, [now_reads])


def _move_contacts(leaving: Leaving) -> None:
    here = Organisation.objects.select_for_update(of=("self",)).get(pk=leaving.organisation.pk)
    before = (here.internal_contact, here.public_email)
    here.internal_contact, here.public_email = (_renamed(text, leaving) for text in before)
    if before != (here.internal_contact, here.public_email):
        here.full_clean()
        here.save()


def _invitations(leaving: Leaving) -> Iterator[Line]:
    if not leaving.keeps_another:
        found = Invitation.objects.open().filter(user=leaving.leaver, expires_at__gt=leaving.now).count()
        text = ngettext("%(count)d open invitation of the leaver", "%(count)d open invitations of the leaver", found)
        yield Line(text % {"count": found}, found)


def _end_invitations(leaving: Leaving) -> None:
    if not leaving.keeps_another:
        Invitation.objects.open().filter(user=leaving.leaver).update(ended_at=leaving.now)


def register() -> None:
    replacing.register(Handler(order=70, relations=(), preview=_preview_contacts, move=_move_contacts))
    # positions are begun and ended by `services.replace` itself
    replacing.register(
        Handler(
            order=75,
            relations=("members.Position.user", "members.Invitation.user"),
            preview=_invitations,
            move=_end_invitations,
        )
    )
    replacing.leave_behind(
        Kept(
            order=60,
            what=_("Who invited people and answered requests for access"),
            why=_("It was done by the leaver, and stays so."),
            relations=("members.Invitation.invited_by", "members.AccessRequest.answered_by"),
        )
    )
    replacing.leave_behind(
        Kept(
            order=61,
            what=_("The request by which the leaver came in"),
            why=_("It is the person’s own."),
            relations=("members.AccessRequest.person",),
        )
    )
