"""What people are told of sessions: the kinds of notification, and to whom each goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _, pgettext, pgettext_lazy

from core.accounts.models import User
from core.db.periods import today
from core.formatting.dates import clock, ordinal_text
from core.notifications import kinds, mails, services
from core.partial_dates import Days, display, phrases
from core.partial_dates.values import as_json, from_json
from members.people import member_people
from sessions_app.enums import SessionMode
from sessions_app.models import Session
from sessions_app.when import over_days


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """The session's number, its day and a due date as the reader's language writes them."""
    dates = {**day_in_words(values), "due": display(from_json(values.get("due")))}
    return {**values, **dates, "nth": ordinal_text(values["number"])}


def day_in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """The session's day or days: "12 et 13 novembre 2027", "les 12 et 13 …", "pour les …", "des …"."""
    date = from_json(values.get("date"))
    if date is None:
        return {"day": "", "on_day": "", "for_day": "", "of_day": ""}
    return {
        "day": display(date),
        "on_day": phrases.on(date),
        "for_day": phrases.for_(date),
        "of_day": phrases.of(date),
    }


def _when(value: Mapping[str, Any]) -> str:
    """ "12 novembre 2027, 14 h 00 – 17 h 00"; "" where nothing is known."""
    date, starts_at, ends_at = (
        from_json(value["date"]),
        *(value[name] and dt.datetime.fromisoformat(value[name]) for name in ("starts_at", "ends_at")),
    )
    if isinstance(date, Days) and starts_at:
        next_days_at = value.get("next_days_at")
        return over_days(date, starts_at, ends_at, next_days_at and dt.time.fromisoformat(next_days_at))
    clocks = [clock(moment) for moment in (starts_at, ends_at) if moment]
    return ", ".join(filter(None, [display(date), " – ".join(clocks)]))


def _mode(value: str) -> str:
    return str(dict(SessionMode.choices).get(value, value))


FACTS: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "title": (_("Title"), str),
    "when": (_("Date and time"), _when),
    "mode": (pgettext_lazy("of a session", "Mode"), _mode),
    "place": (pgettext_lazy("of a session", "Place"), str),
    "video_link": (_("Video link"), str),
}


def _changes(values: Mapping[str, Any]) -> list[str]:
    """ "Place: Paris → Lyon" for each fact; for the agenda which items came and went."""
    lines = []
    for row in values.get("changes", []):
        if row["what"] == "agenda":
            lines += _agenda_changes(row)
            continue
        label, words = FACTS[row["what"]]
        nothing = pgettext("of a session: place, link", "not given")
        lines.append(
            gettext("%(what)s: %(old)s → %(new)s")
            % {"what": label, "old": words(row["old"]) or nothing, "new": words(row["new"]) or nothing}
        )
    return lines


def _agenda_changes(row: Mapping[str, Any]) -> list[str]:
    said = [(gettext("Added to the agenda: %(items)s"), row["added"])]
    said.append((gettext("Taken off the agenda: %(items)s"), row["removed"]))
    lines = [text % {"items": "; ".join(items)} for text, items in said if items]
    return lines or [gettext("The agenda has another order or other durations.")]


def _reason(values: Mapping[str, Any]) -> list[str]:
    reason = values.get("reason", "")
    return [gettext("Reason: %(reason)s") % {"reason": reason}] if reason else []


def _report(values: Mapping[str, Any]) -> list[str]:
    """Where the PDF of the version stands: it is made with the publication, some seconds later."""
    if "version" not in values:
        return []
    address = reverse("sessions:report-version-file", args=[values["number"], values["version"]])
    return [gettext("Report (PDF): %(link)s") % {"link": settings.BASE_URL + address}]


DETAILS = {
    "moved": _changes,
    "changed": _changes,
    "cancelled": _reason,
    "minutes_published": _report,
    "minutes_amended": _report,
}


def _no_details(values: Mapping[str, Any]) -> list[str]:
    return []


def _to(url_name: str, anchor: str = "") -> Any:
    return lambda values: reverse(url_name, args=[values["number"]]) + anchor


def _to_review(values: Mapping[str, Any]) -> str:
    """The review it was about; what was written before reviews had addresses leads to the last one."""
    if "review" in values:
        return reverse("sessions:circulation-one", args=[values["number"], values["review"]])
    return reverse("sessions:circulation", args=[values["number"]])


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    to_session = _to("sessions:session")
    for name, label, text, address, always in (
        (
            "announced",
            _("Session announced"),
            _("The %(nth)s session is announced %(for_day)s: %(title)s"),
            to_session,
            False,
        ),
        (
            "moved",
            _("Session moved"),
            _("The %(nth)s session changes its date, time or place: %(day)s."),
            to_session,
            True,
        ),
        (
            "changed",
            _("Session changed"),
            _("The %(nth)s session %(of_day)s changes: %(title)s"),
            to_session,
            False,
        ),
        (
            "cancelled",
            _("Session cancelled"),
            _("The %(nth)s session, planned %(on_day)s, is cancelled."),
            to_session,
            True,
        ),
        (
            "record_released",
            _("Record of decisions"),
            _("The record of decisions of the %(nth)s session is out."),
            _to("sessions:record"),
            False,
        ),
        (
            "review_opened",
            _("Minutes under review"),
            _("The minutes of the %(nth)s session are under review: you may ask for changes."),
            _to_review,
            False,
        ),
        (
            "review_changed",
            _("Minutes under review: changed"),
            _("The minutes of the %(nth)s session under review have changed: read them again."),
            _to_review,
            False,
        ),
        (
            "review_stopped",
            _("Review stopped"),
            _("The review of the minutes of the %(nth)s session was stopped."),
            _to_review,
            False,
        ),
        (
            "request_answered",
            _("Answer to your request"),
            _("Your request on the minutes of the %(nth)s session has been answered."),
            _to_review,
            False,
        ),
        (
            "material_answered",
            _("Answer to your material"),
            _("Your material for the %(nth)s session has been answered: %(material)s"),
            _to("sessions:session", "#supports"),
            False,
        ),
        (
            "minutes_published",
            _("Minutes published"),
            _("The minutes of the %(nth)s session are published: %(title)s"),
            _to("sessions:minutes"),
            False,
        ),
        (
            "minutes_amended",
            _("Minutes amended"),
            _("The minutes of the %(nth)s session have a version %(version)s: %(reason)s"),
            _to("sessions:minutes"),
            False,
        ),
        (
            "action_soon",
            _("Action due soon"),
            _("Action %(reference)s is due %(due)s: %(text)s"),
            _to("sessions:session", "#decisions"),
            False,
        ),
        (
            "action_late",
            _("Action overdue"),
            _("Action %(reference)s is overdue, it was due %(due)s: %(text)s"),
            _to("sessions:session", "#decisions"),
            False,
        ),
        (
            "minutes_withdrawn",
            _("Minutes withdrawn"),
            _("The minutes of the %(nth)s session were withdrawn."),
            to_session,
            True,
        ),
        (
            "record_withdrawn",
            _("Record of decisions withdrawn"),
            _("The record of decisions of the %(nth)s session was withdrawn."),
            to_session,
            True,
        ),
    ):
        kinds.register(
            kinds.Kind(
                f"sessions_app.{name}",
                label=label,
                text=text,
                address=address,
                always=always,
                prepare=_in_words,
                details=DETAILS.get(name, _no_details),
            )
        )


SOON = dt.timedelta(hours=72)  # before a session people must hear at once: no weekly mail comes in time


def begins_soon(session: Session, now: dt.datetime) -> bool:
    """Whether it is ahead and begins within `SOON`, or before the next weekly mail; without hours its first day counts."""
    limit = max(now + SOON, mails.next_digest(now))
    if session.starts_at is not None:
        return now <= session.starts_at <= limit
    return session.date is not None and today(now) <= session.date.lower <= today(limit)


def notify(
    name: str,
    session: Session,
    *,
    now: dt.datetime,
    by: User | None = None,
    users: Iterable[User] | None = None,
    by_mail: bool = True,
    **values: Any,
) -> None:
    """Writes the notifications of `sessions_app.<name>` in the transaction of their cause.

    `users` are all acting people of the members unless given; who did it is not told. Without `by` the clock did it.
    Without `by_mail` they find it in the portal alone: a mail of its own says the same.
    """
    people = member_people(now) if users is None else users
    services.notify(
        cannot_wait=begins_soon(session, now),
        kind=f"sessions_app.{name}",
        users=[user for user in people if by is None or user.pk != by.pk],
        values={"number": session.number, "title": session.title, "date": as_json(session.days), **values},
        now=now,
        about=("session", session.public_id),
        by_mail=by_mail,
    )
