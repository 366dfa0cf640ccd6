"""The steps of the start of a space, each read from the data it leads to: nothing is ticked off by hand.

Only two things are kept beside them (`portal.models.StartMark`): that a step may wait, and that the test mail arrived.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.models import User
from core.db.periods import today
from core.models import Space
from governance.backends import running_mandate
from governance.models import LegalIdentity, Mandate
from members.enums import PositionRole
from members.models import Membership, Position
from portal.models import MarkKind, StartMark
from sessions_app.models import Cycle, Session

MAIL = "mail"
Text = str | Promise


@dataclass(frozen=True)
class Step:
    """`url` is "" where the reader cannot act: `whose` then says who can, or what comes before."""

    key: str
    title: Text
    text: Text
    done: bool
    later: bool
    url: str = ""
    action: Text = ""
    whose: Text = ""
    table: str = ""  # where the same comes from a table

    @property
    def is_open(self) -> bool:
        return not self.done and not self.later


@dataclass(frozen=True)
class Start:
    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def open(self) -> list[Step]:
        return [step for step in self.steps if step.is_open]

    @property
    def next(self) -> Step | None:
        """What to do first: the first open step that the reader can act on, else the first open one."""
        return next((step for step in self.open if step.url), self.open[0] if self.open else None)


def start(user: User, now: dt.datetime) -> Start:
    """All steps in their order, as `user` can act on them. In a bounded number of queries."""
    facts = _facts(user, now)
    later = set(StartMark.objects.filter(kind=MarkKind.LATER).values_list("step", flat=True))
    steps = []
    for key, (title, text, action) in _WORDS.items():
        url, whose = _way(key, user, facts)
        table = reverse("members:import") if key in _FROM_TABLE and url and not facts[key] else ""
        steps.append(Step(key, title, text, bool(facts[key]), key in later, url, action if url else "", whose, table))
    return Start(steps)


def _facts(user: User, now: dt.datetime) -> dict[str, Any]:
    """For each step whether it is done, beside what says who can do it; one query for most."""
    day = today(now)
    in_position = Position.objects.running(now)
    others = Position.objects.running(now).exclude(user=user)
    confirmed = StartMark.objects.filter(step=MAIL, kind=MarkKind.CONFIRMED)
    found = User.objects.filter(pk=user.pk).values_list(
        Exists(Space.objects.all()),
        Exists(Space.objects.filter(demonstration=True)),
        Exists(Membership.objects.on(day)),
        Exists(in_position.filter(role=PositionRole.REPRESENTATIVE)),
        Exists(Mandate.objects.all()),
        Exists(LegalIdentity.objects.shown(now)),
        Exists(confirmed),
        Exists(others.filter(user__last_login__isnull=False)),
        Exists(Cycle.objects.all()),
        Exists(Session.objects.all()),
    )
    names = ("name", "demonstration", "organisation", "people", "mandate", "legal", MAIL, "invitations", "cycle")
    facts = dict(zip((*names, "session"), found.get(), strict=True))
    facts[MAIL] = facts[MAIL] or facts["demonstration"]
    mandate = running_mandate(user)
    facts["animating"] = mandate and mandate.organisation
    return facts


def _way(key: str, user: User, facts: dict[str, Any]) -> tuple[str, Text]:
    """(where `user` does it or sees it done, "" where it is not his or hers; whose it is then, or what comes first)."""
    if facts[key] and key in _DONE:
        return reverse(_DONE[key]), ""
    if key == "name":
        return reverse("setup:space"), ""
    if key in _OF_MEMBERS:
        waits = key == "people" and not facts["organisation"]
        return ("", _AFTER_ORGANISATION) if waits else (reverse(_OF_MEMBERS[key]), "")
    if key == "mandate":
        return _mandate_way(facts)
    if key == "legal":
        animating = facts["animating"]
        if animating is None:
            return "", _("After the first mandate: the legal pages name the organisation that animates.")
        return reverse("governance:legal-identity", args=[animating.slug]), ""
    if key == MAIL:
        return reverse("setup:test-mail"), ""
    return _session_way(key, user, facts)


def _mandate_way(facts: dict[str, Any]) -> tuple[str, Text]:
    if facts["mandate"]:
        return reverse("governance:page"), ""
    if not facts["people"]:
        return "", _("After the first organisation and its representative.")
    return reverse("governance:mandate-found"), ""


def _session_way(key: str, user: User, facts: dict[str, Any]) -> tuple[str, Text]:
    """Sessions belong to those who animate, whoever administers."""
    permission, address = _OF_ANIMATORS[key]
    if rights.allows(user, permission):
        return reverse(address), ""
    if facts["animating"] is None:
        return "", _("After the first mandate: it falls to the organisation that animates.")
    return "", _("It falls to the people who animate the space.")


_AFTER_ORGANISATION = _("After the first organisation.")
_OF_MEMBERS = {
    "organisation": "members:organisation-create",
    "people": "members:invite",
    "invitations": "members:invite-many",
}
_FROM_TABLE = ("organisation", "people")
_DONE = {  # where what is there already can be seen and changed
    "organisation": "members:directory",
    "people": "members:people",
    "invitations": "members:people",
    "cycle": "sessions:list",
    "session": "sessions:list",
}
_OF_ANIMATORS = {
    "cycle": ("sessions_app.edit_cycle", "sessions:cycle-create"),
    "session": ("sessions_app.prepare_session", "sessions:create"),
}
_WORDS: dict[str, tuple[Text, Text, Text]] = {
    "name": (
        _("Name the space"),
        _("Its name, its logo, its texts and its language, as visitors read them."),
        _("Name it"),
    ),
    "organisation": (
        _("Enter the first organisation"),
        _("One is enough to start with: the one that will animate the space."),
        _("Enter it"),
    ),
    "people": (
        _("Enter its people"),
        _("At least one representative, who can act for it."),
        _("Enter them"),
    ),
    "mandate": (
        _("Entrust the animation"),
        _("Who animates the space, since when, by which act. Its people then prepare sessions and publish minutes."),
        _("Entrust it"),
    ),
    "legal": (
        _("Say who publishes and who hosts"),
        _("French law asks for it: publisher, director of publication, host, contact for personal data."),
        _("Write it"),
    ),
    MAIL: (
        _("Send a test mail"),
        _("Codes, invitations and reports travel by mail: see what the mail server answers and what arrives."),
        _("Send it"),
    ),
    "invitations": (
        _("Invite the others"),
        _("All at once, by pasting a list. Done as soon as one of them has come."),
        _("Invite them"),
    ),
    "cycle": (
        _("Open the first cycle"),
        _("A year and its theme, under which sessions stand."),
        _("Open it"),
    ),
    "session": (
        _("Prepare the first session"),
        _("A title and a date; its agenda and its invitations follow."),
        _("Prepare it"),
    ),
}
KEYS = tuple(_WORDS)
