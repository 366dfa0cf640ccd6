"""Sessions as iCalendar (RFC 5545, RFC 7986), for one reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

from core.accounts.models import User
from core.formatting.dates import ordinal_text
from core.space import current_space
from sessions_app.enums import SessionState
from sessions_app.models import Answer, Session
from sessions_app.responses.enums import AnswerChoice
from sessions_app.sessions.agenda import PARIS, start_of_day

REFRESH = dt.timedelta(hours=6)
REMINDER = dt.timedelta(days=-1)
PARTSTAT = {
    AnswerChoice.YES: "ACCEPTED",
    AnswerChoice.MAYBE: "TENTATIVE",
    AnswerChoice.NO: "DECLINED",
    AnswerChoice.REPRESENTED: "DELEGATED",
}


def calendar(
    sessions: Iterable[Session],
    *,
    reader: User,
    answers: Mapping[int, Answer],
    given: Mapping[int, tuple[int, dt.datetime]],
    now: dt.datetime,
    name: str = "",
) -> bytes:
    """In the reader's language. `sessions` and `given` come from `selection`; `answers` are the reader's, by session key."""
    made = Calendar()
    with translation.override(reader.language):
        made.add("prodid", f"-//{current_space().short_name}//{reader.language.upper()}")
        made.add("version", "2.0")
        made.add("calscale", "GREGORIAN")
        if name:
            made.add("name", name)
            made.add("x-wr-calname", name)
            made.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
            made.add("x-published-ttl", vDuration(REFRESH))
        made.add_component(_paris())
        for session in sessions:
            made.add_component(_event(session, reader, answers.get(session.pk), given.get(session.pk), now))
    return made.to_ical()


def _paris() -> Timezone:
    """Europe/Paris by the rule that holds since 1996, as every program understands it.

    Written out because icalendar's own component lists single dates, with hours that other readers misread.
    Source: directive 2000/84/CE, last Sundays of March and October at 1 h UTC.
    """
    zone = Timezone()
    zone.add("tzid", PARIS.key)
    for part, name, start, before, after, month in (
        (TimezoneDaylight(), "CEST", dt.datetime(1996, 3, 31, 2), 1, 2, 3),  # noqa: DTZ001 (by the clock there, as the format asks)
        (TimezoneStandard(), "CET", dt.datetime(1996, 10, 27, 3), 2, 1, 10),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("tzoffsetfrom", dt.timedelta(hours=before))
        part.add("tzoffsetto", dt.timedelta(hours=after))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        zone.add_component(part)
    return zone


def _event(
    session: Session, reader: User, answer: Answer | None, given: tuple[int, dt.datetime] | None, now: dt.datetime
) -> Event:
    """Whatever it shows moves its SEQUENCE and DTSTAMP: a program keeps what it has where these stay."""
    event = Event()
    address = settings.BASE_URL + session.get_absolute_url()
    is_cancelled = session.state == SessionState.CANCELLED
    moments = [session.changed_at, session.agenda_changed_at, session.cycle_changed_at, given and given[1]]
    changed = max(filter(None, moments), default=now)
    changes = session.changes + session.agenda_changes + session.cycle_changes + (given[0] if given else 0)
    event.add("uid", f"session-{session.public_id}")
    event.add("sequence", changes)
    event.add("dtstamp", changed.astimezone(dt.UTC))
    event.add("last-modified", changed.astimezone(dt.UTC))
    _add_times(event, session)
    title = _("%(nth)s session: %(title)s") % {"nth": ordinal_text(session.number), "title": session.title}
    event.add("summary", title)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("description", _description(session, address, is_cancelled=is_cancelled))
    event.add("url", address)
    event.add("categories", [session.cycle.theme])
    if session.place:
        event.add("location", session.place)
    if session.video_link and not is_cancelled:
        event.add("conference", session.video_link, parameters={"VALUE": "URI", "LABEL": _("Join by video")})
    declined = answer is not None and answer.choice in (AnswerChoice.NO, AnswerChoice.REPRESENTED)
    event.add("transp", "TRANSPARENT" if declined or is_cancelled else "OPAQUE")
    _add_people(event, reader, answer)
    if not (is_cancelled or declined) and _starts(session) > now:
        event.add_component(_alarm(title))
    return event


def _starts(session: Session) -> dt.datetime:
    return session.starts_at or dt.datetime.combine(session.date.lower, dt.time.min, PARIS)


def _add_times(event: Event, session: Session) -> None:
    """The clock in Paris; whole days where no hour is known. An end that nobody set follows from the agenda."""
    if session.starts_at is None:
        event.add("dtstart", session.days.lower)
        event.add("dtend", session.days.upper)
        return
    end = session.ends_at or _end_by_agenda(session)
    event.add("dtstart", session.starts_at.astimezone(PARIS))
    if end is not None:
        event.add("dtend", end.astimezone(PARIS))


def _end_by_agenda(session: Session) -> dt.datetime | None:
    """Of several days without a known last hour the last one is taken whole: the later days must not be missed."""
    start = start_of_day(session, session.number_of_days)
    if start is not None and session.minutes_planned:
        return start + dt.timedelta(minutes=session.minutes_planned)
    return dt.datetime.combine(session.days.upper, dt.time.min, PARIS) if session.ends_on else None


def _description(session: Session, address: str, *, is_cancelled: bool) -> str:
    lines = [session.summary]
    if is_cancelled:
        lines.insert(0, _("This session was cancelled.") + f" {session.reason}".rstrip())
    elif session.video_link:
        lines.append(_("Join by video") + f" : {session.video_link}")
    if session.state == SessionState.ANNOUNCED:
        answer_at = settings.BASE_URL + reverse("sessions:answer", args=[session.number])
        lines.append(_("Answer the invitation") + f" : {answer_at}")
    lines.append(address)
    return "\n".join(line for line in lines if line)


def _add_people(event: Event, reader: User, answer: Answer | None) -> None:
    contact = current_space().contact_email
    if contact:
        organizer = vCalAddress(f"mailto:{contact}")
        organizer.params["CN"] = vText(current_space().short_name)
        event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{reader.email}")
    attendee.params["CN"] = vText(reader.get_full_name())
    attendee.params["PARTSTAT"] = vText(PARTSTAT[answer.choice] if answer else "NEEDS-ACTION")
    event.add("attendee", attendee)


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", REMINDER)
    return alarm
