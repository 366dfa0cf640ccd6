"""What people are told of governance: the kinds of notification, and to whom each goes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.db.periods import today
from core.formatting import names as formatting_names
from core.notifications import kinds, services
from core.partial_dates.text import full_day
from governance.models import Consultation, Handover, Mandate, RescuedForm
from members.enums import ACTING_ROLES
from members.models import Membership, Organisation, Position


def acting_people(organisations: Iterable[Organisation] | QuerySet, now: dt.datetime) -> QuerySet[User]:
    """Representatives and substitutes, today, of `organisations`."""
    positions = Position.objects.running(now).filter(
        user=OuterRef("pk"), role__in=ACTING_ROLES, organisation__in=organisations
    )
    return User.objects.filter(Exists(positions), is_active=True).by_name()


def member_people(now: dt.datetime) -> QuerySet[User]:
    """Representatives and substitutes, today, of every member organisation."""
    return acting_people(Membership.objects.on(today(now)).values("organisation"), now)


def _to_handover(values: Mapping[str, Any]) -> str:
    return reverse("governance:handover", args=[values["handover"]])


def _to_consultation(values: Mapping[str, Any]) -> str:
    return reverse("governance:consultation", args=[values["consultation"]])


def _to_page(values: Mapping[str, Any]) -> str:
    return reverse("governance:page")


def _to_rescued_forms(values: Mapping[str, Any]) -> str:
    return reverse("governance:left-texts")


def _written_out(values: Mapping[str, Any]) -> dict[str, Any]:
    """The ISO day and the names, as a sentence in the language of the moment needs them."""
    names = {key: values[key] for key in ("holder", "receiver", "organisation") if key in values}
    day = full_day(dt.date.fromisoformat(values["day"])) if values.get("day") else ""
    return {**values, **formatting_names.in_sentence(**names), "day": day}


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for name, label, text, address, always in (
        (
            "handover_proposed",
            _("Handover proposed"),
            _("%(Holder)s proposes to hand the animation of the space over %(to_receiver)s."),
            _to_handover,
            True,
        ),
        (
            "handover_moved",
            _("Handover: a new step"),
            _("The handover %(from_holder)s %(to_receiver)s has moved on: a step was recorded."),
            _to_handover,
            False,
        ),
        (
            "handover_ended",
            _("Handover ended"),
            _("The handover %(from_holder)s %(to_receiver)s was declined or withdrawn. The animation does not change."),
            _to_handover,
            True,
        ),
        (
            "handover_corrected",
            _("Handover corrected"),
            _("An entry of the handover %(from_holder)s %(to_receiver)s was corrected."),
            _to_handover,
            False,
        ),
        (
            "mandate_moved",
            _("The animation has changed hands"),
            _("%(Receiver)s now animates the space, after %(holder)s."),
            _to_handover,
            True,
        ),
        (
            "interim_requested",
            _("Interim asked for"),
            _("Member organisations ask that %(receiver)s animate the space for an interim."),
            _to_handover,
            True,
        ),
        (
            "text_left",
            _("Text left by the former animators"),
            _("A text that %(organisation)s was writing when its mandate ended is left to you."),
            _to_rescued_forms,
            True,
        ),
        (
            "ballot_changed",
            _("Position changed"),
            _("The position %(of_organisation)s on “%(title)s” has changed."),
            _to_consultation,
            True,
        ),
        (
            "ballot_on_behalf",
            _("Position recorded for you"),
            _("The animators have recorded the position %(of_organisation)s on “%(title)s”, as said in the session."),
            _to_consultation,
            True,
        ),
        (
            "proxy_given",
            _("Proxy received"),
            _("%(Organisation)s entrusts you with its voice on “%(title)s”."),
            _to_consultation,
            True,
        ),
        (
            "proxy_revoked",
            _("Proxy revoked"),
            _("%(Organisation)s has taken its proxy on “%(title)s” back."),
            _to_consultation,
            True,
        ),
        (
            "consultation_closed",
            _("Consultation closed"),
            _("The consultation “%(title)s” is closed; its result is published."),
            _to_consultation,
            False,
        ),
        (
            "consultation_called_off",
            _("Consultation called off"),
            _("The consultation “%(title)s” was called off: no position is awaited any more."),
            _to_consultation,
            True,
        ),
    ):
        kinds.register(
            kinds.Kind(
                f"governance.{name}", label=label, text=text, address=address, always=always, prepare=_written_out
            )
        )
    for name, label, text, address in (
        (
            "mandate_planned",
            _("The animation will change hands"),
            _("%(Receiver)s will animate the space from %(day)s on, after %(holder)s."),
            _to_handover,
        ),
        (
            "term_ends",
            _("A mandate nears its term"),
            _("The agreed term of the animation by %(holder)s ends on %(day)s. It goes on until its successor starts."),
            _to_page,
        ),
        (
            "consultation_opened",
            _("Consultation opened"),
            _("Your organisation is asked for its position: “%(title)s”."),
            _to_consultation,
        ),
        (
            "consultation_reminder",
            _("Consultation: your position is awaited"),
            _("Your organisation has not answered yet: “%(title)s”."),
            _to_consultation,
        ),
    ):
        kinds.register(
            kinds.Kind(f"governance.{name}", label=label, text=text, address=address, always=True, prepare=_written_out)
        )


def _notify(
    kind: str, users: Iterable[User], values: dict[str, str], about: tuple[str, uuid.UUID], now: dt.datetime
) -> None:
    services.notify(kind=f"governance.{kind}", users=users, values=values, now=now, about=about)


def notify_of_handover(
    kind: str, handover: Handover, users: Iterable[User], *, now: dt.datetime, day: dt.date | None = None
) -> None:
    """Writes the notifications of `governance.<kind>` in the transaction of the step."""
    values = {
        "handover": str(handover.public_id),
        "holder": handover.holder.label,
        "receiver": handover.receiver.label,
        "day": day.isoformat() if day else "",
    }
    about = ("handover", handover.public_id)
    _notify(kind, users, values, about, now)


def notify_of_consultation(
    kind: str,
    consultation: Consultation,
    users: Iterable[User],
    *,
    now: dt.datetime,
    organisation: Organisation | None = None,
) -> None:
    values = {
        "consultation": str(consultation.public_id),
        "title": consultation.title,
        "organisation": organisation.label if organisation else "",
    }
    about = ("consultation", consultation.public_id)
    _notify(kind, users, values, about, now)


def notify_of_term(mandate: Mandate, users: Iterable[User], *, now: dt.datetime) -> None:
    values = {"holder": mandate.organisation.label, "day": mandate.term_ends_on.isoformat()}
    about = ("mandate", mandate.public_id)
    _notify("term_ends", users, values, about, now)


def notify_of_rescued_form(left: RescuedForm, users: Iterable[User], *, now: dt.datetime) -> None:
    values = {"organisation": left.organisation.label}
    _notify("text_left", users, values, ("left_text", left.public_id), now)
