"""What the portal as a whole keeps of people, and in their browsers; a test counts the cookies."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from portal.context import THEME_COOKIE


@dataclass(frozen=True)
class Cookie:
    name: str
    why: Promise
    until: Promise


JOURNAL = Holding(
    key="journal",
    what=_("Who changed what, and when"),
    whose=retention.ACCOUNT,
    why=_("To prove that the register was not rewritten."),
    basis=retention.INTEREST,
    readers=_("Animators and administrators, in the journal."),
    until=retention.AS_THE_REGISTER,
    order=90,
)
CONTACT = Holding(
    key="contact",
    what=_("Messages through the form of the portal: name, organisation, address"),
    whose=_("Visitors who write"),
    why=_("To answer whoever writes."),
    basis=retention.INTEREST,
    readers=_("The people who animate the space; administrators."),
    until=_("As other mails."),
    order=105,
)

COOKIES = [
    Cookie(settings.SESSION_COOKIE_NAME, _("Keeps you signed in."), _("Until you sign out, or for two weeks.")),
    Cookie(settings.CSRF_COOKIE_NAME, _("Protects the forms against other sites."), _("One year.")),
    Cookie(settings.LANGUAGE_COOKIE_NAME, _("Your language, if you chose one."), _("One year.")),
    Cookie(THEME_COOKIE, _("Light or dark, if you chose one."), _("One year.")),
    Cookie(
        CookieStorage.cookie_name, _("Carries a message to the page that shows it."), _("Until that page is shown.")
    ),
]


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    from portal.models import StartMark  # known once all apps are loaded

    retention.register(JOURNAL)
    retention.register(CONTACT)
    export.register(StartMark, by=("by",))
    erasure.keep("portal.StartMark.by", ground=_("The start of the space is part of its register; the name goes."))
