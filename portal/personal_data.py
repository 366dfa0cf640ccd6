"""What the portal keeps of people and in their browsers, as the privacy page says it; a test counts the cookies."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.context import THEME_COOKIE


@dataclass(frozen=True)
class Kept:
    what: Promise
    why: Promise
    basis: Promise
    readers: Promise
    until: Promise


@dataclass(frozen=True)
class Cookie:
    name: str
    why: Promise
    until: Promise


_INTEREST = _("Legitimate interest of the space in working and keeping its record (RGPD, article 6.1.f).")
_PARTICIPATION = _("Your taking part in the space for your organisation (RGPD, article 6.1.b).")
_AS_THE_REGISTER = _("As long as the space keeps its register.")

KEPT = [
    Kept(
        _("Name, e-mail addresses, language"),
        _("To open your account, to write to you."),
        _PARTICIPATION,
        _(
            "Members see your name; your addresses are for the animators and administrators, and for the incoming animators once their taking over is set."
        ),
        _("As long as you take part; the addresses are erased when you ask for it."),
    ),
    Kept(
        _("Password, keys, codes of a second factor"),
        _("To let you in, and nobody else."),
        _PARTICIPATION,
        _("Nobody: what is kept of a password does not give it back."),
        _("Until you change or remove them."),
    ),
    Kept(
        _("Positions in organisations, with their dates"),
        _("Your rights follow from them."),
        _INTEREST,
        _("Members."),
        _AS_THE_REGISTER,
    ),
    Kept(
        _("Attendance and words in sessions"),
        _("To keep the register of the space’s life."),
        _INTEREST,
        _("Members."),
        _AS_THE_REGISTER,
    ),
    Kept(
        _("Who changed what, and when"),
        _("To prove that the register was not rewritten."),
        _INTEREST,
        _("Animators and administrators, in the journal."),
        _AS_THE_REGISTER,
    ),
    Kept(
        _("Mails that the portal sent you"),
        _("To know what left and what was refused."),
        _INTEREST,
        _("Administrators."),
        _("As long as the register; a code or a personal link is removed once the mail is sent."),
    ),
    Kept(
        _("Messages through the form of the portal: name, organisation, address"),
        _("To answer whoever writes."),
        _INTEREST,
        _("The people who animate the space; administrators."),
        _("As other mails."),
    ),
    Kept(
        _("Requests for access: name, organisation, address, reason"),
        _("To answer whoever asks to come in."),
        _INTEREST,
        _("The people who animate the space; administrators."),
        _("As other mails."),
    ),
    Kept(
        _("Invitations: address, by whom, when"),
        _("To know who was invited and has not come."),
        _INTEREST,
        _("The people who animate the space; administrators."),
        _AS_THE_REGISTER,
    ),
    Kept(
        _("Open browsers: network address, kind of browser"),
        _("So that you can recognise and close them."),
        _INTEREST,
        _("You alone."),
        _("Until you sign out, or for two weeks."),
    ),
]

COOKIES = [
    Cookie(settings.SESSION_COOKIE_NAME, _("Keeps you signed in."), _("Until you sign out, or for two weeks.")),
    Cookie(settings.CSRF_COOKIE_NAME, _("Protects the forms against other sites."), _("One year.")),
    Cookie(settings.LANGUAGE_COOKIE_NAME, _("Your language, if you chose one."), _("One year.")),
    Cookie(THEME_COOKIE, _("Light or dark, if you chose one."), _("One year.")),
    Cookie(
        CookieStorage.cookie_name, _("Carries a message to the page that shows it."), _("Until that page is shown.")
    ),
]
