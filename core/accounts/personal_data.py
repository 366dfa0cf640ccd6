"""What accounts hold about a person: the row itself, its addresses, its ways in, the browsers that are open."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.accounts.personal_links import PersonalLink
from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding

_OPENS = "Lets somebody in: what is kept does not give it back, and must not travel in a file."


ACCOUNT = Holding(
    key="accounts",
    what=_("Name, e-mail addresses, language"),
    whose=retention.ACCOUNT,
    why=_("To open your account, to write to you."),
    basis=retention.PARTICIPATION,
    readers=_(
        "Members see your name; your addresses are for the animators and administrators, and for the incoming animators once their taking over is set."
    ),
    until=_("As long as you take part; the addresses are erased when you ask for it."),
    order=10,
)
SECRETS = Holding(
    key="secrets",
    what=_("Password, keys, codes of a second factor"),
    whose=retention.ACCOUNT,
    why=_("To let you in, and nobody else."),
    basis=retention.PARTICIPATION,
    readers=_("Nobody: what is kept of a password does not give it back."),
    until=_("Until you change or remove them."),
    order=20,
)


def forget_browsers(before: dt.datetime, now: dt.datetime) -> int:
    """Ends the sign-ins of that age, and removes what ended by itself; how many browsers."""
    old = UserSession.objects.filter(created_at__lt=before)
    Session.objects.filter(Q(session_key__in=old.values("session_key")) | Q(expire_date__lt=now)).delete()
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


BROWSERS = Holding(
    key="browsers",
    what=_("Open browsers: network address, kind of browser"),
    whose=retention.ACCOUNT,
    why=_("So that you can recognise and close them."),
    basis=retention.INTEREST,
    readers=_("You alone."),
    until=_("Until you sign out, %(period)s after signing in at the latest."),
    order=30,
    days=14,
    most=90,
    purge=forget_browsers,
)


def forget_links(before: dt.datetime, now: dt.datetime) -> int:
    return PersonalLink.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)).delete()[0]


LINKS = Holding(
    key="personal_links",
    what=_("Personal links: for whom, for what, when they were used"),
    whose=_("People written to who have not signed in yet"),
    why=_("So that you can answer, vote or correct without an account, and see that nobody else did."),
    basis=retention.PARTICIPATION,
    readers=_("Nobody: only a digest of the link is kept."),
    until=_("%(period)s after the link has ended."),
    order=40,
    days=retention.MONTH,
    most=retention.YEAR,
    purge=forget_links,
)


def end_sign_ins(user: User, now: dt.datetime) -> None:
    """Wherever the account is open, it closes."""
    keys = UserSession.objects.filter(user=user).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    erasure.remove(UserSession, by=("user",), first=end_sign_ins)
    erasure.remove(Authenticator, by=("user",))
    erasure.remove(SocialAccount, by=("user",))
    erasure.remove(PersonalLink, by=("user",))
    erasure.keep("account.EmailAddress.user", ground=_("One address that leads nowhere takes the place of all."))
    for holding in (ACCOUNT, SECRETS, BROWSERS, LINKS):
        retention.register(holding)
    export.register(User, rows=lambda user: User.objects.filter(pk=user.pk), without={"password": _OPENS})
    export.register(PersonalLink, by=("user",), without={"token_hash": _OPENS})
    export.register(EmailAddress, by=("user",))
    export.register(Authenticator, by=("user",), without={"data": _OPENS})
    export.register(SocialAccount, by=("user",))
    export.register(UserSession, by=("user",), without={"session_key": _OPENS})
    export.leave_out("account.EmailConfirmation", "socialaccount.SocialToken", "sessions.Session", why=_OPENS)
    export.leave_out("socialaccount.SocialApp", why="Settings of the machine.")
