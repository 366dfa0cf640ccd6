"""Permissions of this app. `animator` is the holder of the animation mandate, a role that `governance` answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import Denied, always, register
from members.backends import positions_of
from members.enums import ACTING_ROLES, PositionRole

NOT_YOUR_ORGANISATION = Denied(
    _("This organisation is looked after by those who speak for it, and by the animators of the space."),
    _("Ask one of its representatives, or the animators."),
    weight=2,
)
OBSERVER = Denied(
    _("You follow the space as an observer; representatives and substitutes look after their organisation."),
    _("Ask a representative of your organisation."),
    weight=3,
)
NOT_REPRESENTATIVE = Denied(
    _("Who takes over from somebody is said by the representatives of the organisation."),
    _("Ask a representative of your organisation, or the animators."),
    weight=3,
)
NOT_ITS_PEOPLE = Denied(
    _("This is for the people of the organisation and for the animators of the space."),
    _("Ask the animators of the space."),
    weight=2,
)


def speaks_for(user: Any, organisation: Any) -> Denied | None:
    """A denial unless `user` is representative or substitute of `organisation` today."""
    held = [position for position in positions_of(user) if position.organisation_id == organisation.pk]
    if any(position.role in ACTING_ROLES for position in held):
        return None
    return OBSERVER if held else NOT_YOUR_ORGANISATION


def represents(user: Any, organisation: Any) -> Denied | None:
    """A denial unless `user` is a representative of `organisation` today."""
    held = [position for position in positions_of(user) if position.organisation_id == organisation.pk]
    if any(position.role == PositionRole.REPRESENTATIVE for position in held):
        return None
    return NOT_REPRESENTATIVE if held else NOT_YOUR_ORGANISATION


def belongs_to(user: Any, organisation: Any) -> Denied | None:
    """A denial unless `user` holds any position at `organisation` today."""
    held = any(position.organisation_id == organisation.pk for position in positions_of(user))
    return None if held else NOT_ITS_PEOPLE


register("members.view_organisation", _("read the directory"), member=always, animator=always, administrator=always)
register(
    "members.edit_organisation",
    _("present an organisation: texts, logo, contacts, regions, competences, schemes"),
    member=speaks_for,
    animator=always,
    administrator=always,
)
register(
    "members.view_internal_contact",
    _("read whom to call at an organisation"),
    member=belongs_to,
    animator=always,
    administrator=always,
)
# In a new space nobody animates yet: what the animators look after, the administrators can start.
register(
    "members.manage_organisation",
    _("add organisations; change their names, numbers and membership"),
    animator=always,
    administrator=always,
)
register(
    "members.edit_competences",
    _("keep the list of competences: add, rename, merge"),
    animator=always,
    administrator=always,
)
register(
    "members.manage_people",
    _("look after people: their positions and invitations"),
    animator=always,
    administrator=always,
)
register(
    "members.replace_person",
    _("say who takes over from somebody at an organisation"),
    member=represents,
    animator=always,
    administrator=always,
)
register(
    "members.merge_organisations", _("merge an organisation that stands twice"), animator=always, administrator=always
)

NOT_YOUR_VIEW = Denied(
    _("This view is somebody else’s."),
    _("Open it, and save the filter under a name of your own."),
    weight=2,
)

register(
    "members.keep_views",
    _("keep filters under a name"),
    member=always,
    animator=always,
    administrator=always,
    funder=always,
)
