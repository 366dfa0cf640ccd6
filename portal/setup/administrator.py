"""The first administrator of a space: made on the command line, signed in by a link, without any default password."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import addresses, sign_in_links
from core.accounts.models import User, UserQuerySet
from core.db import audit, locks
from core.forms.base import PortalModelForm
from core.models import Space

COMMAND = "start_space"


class StartRefused(Exception):
    """The space cannot be started, or no link made; the text says why and what to do."""


class AdministratorForm(PortalModelForm):
    """What is asked of the first administrator, read as the forms of the portal read it."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name")
        labels = {
            "email": gettext_lazy("E-mail address"),
            "first_name": gettext_lazy("First name"),
            "last_name": gettext_lazy("Last name"),
        }

    def _post_clean(self) -> None:
        """Somebody who is known already may become the administrator: the address is looked up by the service."""


@dataclass(frozen=True)
class Entrance:
    """Who comes in, and by which address; it holds for `sign_in_links.VALID_FOR`."""

    user: User
    link: str


def administrators() -> UserQuerySet:
    """Those who look after this space and can sign in."""
    return User.objects.may_enter().filter(is_staff=True).by_name()


def start(*, email: str, first_name: str, last_name: str, now: dt.datetime) -> Entrance:
    """Makes the first administrator. Raises `StartRefused` where one stands, `ValidationError` for a wrong address."""
    with audit.context(command=COMMAND), transaction.atomic():
        locks.hold_exclusive(COMMAND)  # of two at once the second finds the first one's administrator
        _refuse_demonstration()
        standing = list(administrators())
        if standing:
            raise StartRefused(
                _(
                    "This space is started already. Its administrators: %(names)s. One of them who cannot sign in"
                    " gets a new link from: manage.py start_space --new-link"
                )
                % {"names": _names(standing)}
            )
        user = User.objects.filter(pk=addresses.owner_id(addresses.normal(email))).first()
        if user is None:
            user = User.objects.create_user(
                email, first_name=first_name, last_name=last_name, language=settings.LANGUAGE_CODE, is_staff=True
            )
        elif not user.may_enter:
            raise StartRefused(_("The account of %(email)s is closed: give another address.") % {"email": user.email})
        else:
            user.is_staff = True
            user.save(update_fields=["is_staff"])
        return _entrance(user, now)


def new_link(*, email: str = "", now: dt.datetime) -> Entrance:
    """Another link for an administrator who cannot sign in; `email` chooses among several. Raises `StartRefused`."""
    with audit.context(command=COMMAND), transaction.atomic():
        locks.hold_exclusive(COMMAND)
        _refuse_demonstration()
        standing = list(administrators())
        if not standing:
            raise StartRefused(_("Nobody administers this space yet. Start it with: manage.py start_space"))
        wanted = addresses.normal(email)
        found = [user for user in standing if wanted in ("", user.email)]
        if not found:
            raise StartRefused(
                _("%(email)s is not an administrator of this space. Its administrators: %(names)s.")
                % {"email": email, "names": _names(standing)}
            )
        if len(found) > 1:
            raise StartRefused(
                _("There are several administrators: say which one with --email. They are: %(names)s.")
                % {"names": _names(standing)}
            )
        return _entrance(found[0], now)


def never_came() -> User | None:
    """The sole administrator of a real space while he or she has never signed in, else None."""
    standing = list(administrators())
    return standing[0] if len(standing) == 1 and standing[0].last_login is None else None


def is_demonstration() -> bool:
    return Space.objects.filter(demonstration=True).exists() or User.objects.filter(is_demo=True).exists()


def _refuse_demonstration() -> None:
    if is_demonstration():
        raise StartRefused(
            _("This database holds the demonstration data. Start a real space in an empty one (bin/run --empty).")
        )


def _entrance(user: User, now: dt.datetime) -> Entrance:
    token = sign_in_links.issue(user=user, now=now)
    return Entrance(user, settings.BASE_URL + reverse("account_sign_in_link", args=[token]))


def _names(users: list[User]) -> str:
    return ", ".join(f"{user.get_full_name()} <{user.email}>" for user in users)
