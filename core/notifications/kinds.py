"""The kinds of notification: each app registers its own in `AppConfig.ready()`.

    register(Kind(
        "sessions_app.minutes_published",
        label=_("Minutes published"),
        text=_("The minutes of session %(number)s are published."),
        address=lambda values: reverse("sessions_app:session", args=[values["number"]]),
    ))

`values` is what `notify` was given: numbers, texts and identifiers, never a person's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core.notifications.enums import Delivery

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """`text` holds %(name)s for values; with `prepare` the values are put into words first (dates, plurals)."""

    name: str
    label: str | Promise
    text: str | Promise
    address: Callable[[Values], str]
    delivery: Delivery = Delivery.AT_ONCE
    prepare: Callable[[Values], Values] = dict
    details: Callable[[Values], list[str]] = lambda values: []  # lines below it: what changed, or why
    of_others: bool = False  # the mail holds words of somebody who wrote to the reader: no copy of data gives them out
    always: bool = False  # told at once whatever the person prefers: a session is called off, rights change

    def title(self, values: Values) -> str:
        """The text in the language of the moment."""
        return str(self.text) % self.prepare(values)

    def lines(self, values: Values) -> list[str]:
        """The details in the language of the moment."""
        return self.details(values)

    def url(self, values: Values) -> str:
        return self.address(values)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    if kind.name in _kinds:
        raise ValueError(f"The notification kind {kind.name} is registered twice.")
    _kinds[kind.name] = kind
    return kind


def kind(name: str) -> Kind:
    """The kind of that name; one no longer registered (an app was taken out) becomes a plain line."""
    return _kinds.get(name) or Kind(name, label=name, text=name.replace("%", "%%"), address=lambda values: "/")


_mails: dict[str, str | Promise] = {}


def name_mail(name: str, label: str | Promise) -> str:
    """Gives mails that are no notification a label for the administrators; returns `name`, their kind."""
    _mails[name] = label
    return name


def label_of_mail(name: str) -> str | Promise:
    """What the administrators read of a mail: never the bare kind where somebody named it."""
    return _mails[name] if name in _mails else kind(name).label


name_mail("account", gettext_lazy("Account"))  # what allauth sends
DIGEST = name_mail("digest", gettext_lazy("Weekly mail"))


def registered() -> list[Kind]:
    return [_kinds[name] for name in sorted(_kinds)]
