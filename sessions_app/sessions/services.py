"""Writes of a session in preparation."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy as _

from core.accounts import rights
from sessions_app.checklist.services import follow
from sessions_app.enums import ItemKind, MinutesState, SessionState
from sessions_app.models import AgendaItem, AmendmentRequest, Circulation, Session, Speaker
from sessions_app.sessions import changes, speakers
from sessions_app.sessions.agenda_lines import Line
from sessions_app.sessions.locks import hold

if TYPE_CHECKING:
    from core.accounts.models import User

FOLLOW_UP_MINUTES = 10


def next_number() -> int:
    """The number a new session is offered: one more than the highest."""
    return (Session.objects.aggregate(highest=Max("number"))["highest"] or 0) + 1


@transaction.atomic
def save_session(*, session: Session, by: User, now: dt.datetime) -> Session:
    """Creates or changes a session whose fields were set by its form. Raises `PermissionRefused`, `ValidationError`.

    The members hear of what changes in a session they know of, some minutes later and once. The tasks around it move
    with its day.
    """
    rights.check_for_writing(by, "sessions_app.prepare_session", session)
    before = hold(session) if session.pk else None
    if before is not None:  # it may have been announced or closed while the form was filled in
        session.state, session.reason, session.never_announced = before.state, before.reason, before.never_announced
    else:
        session.never_announced = session.state == SessionState.DRAFT
    was = changes.facts(before) if before is not None else None
    session.full_clean()
    session.save()
    _fit_agenda(session)
    follow(session, before=before.days if before is not None else None, now=now)
    if was is not None:
        changes.note(session, before=was, by=by, now=now)
    return session


def _fit_agenda(session: Session) -> None:
    """What stood on a day that the session no longer has comes on its last."""
    for item in session.agenda.filter(day__gt=session.number_of_days):
        item.day = session.number_of_days
        item.save()


Stored = dict[str, Any]
Row = tuple[AgendaItem, list[Speaker] | None]


def stored(item: AgendaItem) -> Stored:
    """What an item's row of the form shows, by field; the speakers are at hand."""
    return {
        "title": item.title,
        "kind": str(item.kind),
        "minutes_long": item.minutes_long,
        "is_reserved": item.is_reserved,
        "day": item.day,
        "speakers": speakers.as_text(item.speakers.all()),
    }


def state_of(items: Iterable[AgendaItem]) -> list[tuple[int, int, Stored]]:
    """An agenda as one value, to tell whether it is still what was looked at."""
    return sorted((item.pk, item.position, stored(item)) for item in items)


@transaction.atomic
def save_agenda(
    *,
    session: Session,
    items: list[Row],
    removed: Sequence[AgendaItem] = (),
    added: Sequence[AgendaItem] = (),
    seen: list[tuple[int, int, Stored]] | None = None,
    by: User,
    now: dt.datetime,
) -> None:
    """Writes the agenda in the order of `items` within each day, each with its speakers (None: as they are), then `added`.

    `seen` is the agenda with which the form was compared: where it has changed since, nothing is written and the form
    is compared again. Items that somebody else added meanwhile stay behind those they were put behind. Raises
    `ValidationError` for that, and where something hangs on a removed one by now; `PermissionRefused`.
    """
    rights.check_for_writing(by, "sessions_app.prepare_session", session)
    held = hold(session)
    was = changes.facts(held)
    there = list(AgendaItem.objects.filter(session=held).prefetch_related("speakers__user", "speakers__organisation"))
    if seen is not None and state_of(there) != seen:
        raise ValidationError(
            _("This was saved meanwhile, by somebody else or in another window of yours."), code="changed"
        )
    for item in AgendaItem.objects.filter(pk__in=[item.pk for item in removed]).select_related("entry"):
        if reason := why_it_stays(item):
            raise ValidationError(reason, params={"title": item.title}, code="needed")
        item.delete()
    known = {item.pk for item, _speakers in items} | {item.pk for item in removed}
    before = {item.pk: _values(item) for item in there}
    rows = _with_others(items, there, known) + [(item, None) for item in added]
    rows.sort(key=lambda row: row[0].day)
    for position, (item, who) in enumerate(rows, start=1):
        item.session = session
        item.position = position
        item.day = min(item.day, held.number_of_days)  # the session may have become shorter meanwhile
        if _values(item) != before.get(item.pk):
            item.full_clean(validate_constraints=False)  # places are unique at the end of the transaction only
            item.save()
        if who is not None:
            _put_speakers(item, who)
    changes.note(held, before=was, by=by, now=now)


def _with_others(items: list[Row], there: list[AgendaItem], known: set[int]) -> list[Row]:
    """`items`, and among them each of `there` that their sender does not know, behind the one it stands behind there."""
    rows = list(items)
    former: list[int] = []  # what stands before, the nearest last
    for item in there:
        if item.pk not in known:
            places = {row.pk: place for place, (row, _who) in enumerate(rows, start=1)}
            rows.insert(next((places[pk] for pk in reversed(former) if pk in places), 0), (item, None))
        former.append(item.pk)
    return rows


def _values(row: AgendaItem) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _put_speakers(item: AgendaItem, wanted: list[Speaker]) -> None:
    """Who stays keeps the identifier, by which published minutes name a guest; who stood twice may go once."""
    there: dict[tuple[int | None, int | None, str], list[Speaker]] = {}
    for speaker in item.speakers.all():
        there.setdefault(_who(speaker), []).append(speaker)
    for position, one in enumerate(wanted):
        same = there.get(_who(one))
        speaker = same.pop(0) if same else one
        speaker.item, speaker.position = item, position
        speaker.full_clean()
        speaker.save()
    for rest in there.values():
        for gone in rest:
            gone.delete()


def _who(speaker: Speaker) -> tuple[int | None, int | None, str]:
    return speaker.user_id, speaker.organisation_id, speaker.guest_name


def items_of(lines: Iterable[Line], *, day: int) -> list[AgendaItem]:
    """Unsaved items for the lines of a list, on the day `day` of the session."""
    return [
        AgendaItem(title=line.title, day=day, **({"minutes_long": line.minutes} if line.minutes else {}))
        for line in lines
    ]


def why_it_stays(item: AgendaItem) -> str:
    """What hangs on an item that one wants to remove; "" where nothing does."""
    entry = getattr(item, "entry", None)
    if entry is not None and entry.revision:
        return _("“%(title)s” already has a text in the minutes and can no longer be removed.")
    if AmendmentRequest.objects.filter(item=item).exists():
        return _("A change of “%(title)s” was asked for in a review: the item can no longer be removed.")
    if Circulation.objects.filter(approval_item=item, session__minutes__state=MinutesState.CIRCULATED).exists():
        return _("Minutes wait to be approved under “%(title)s”: the item cannot be removed.")
    return ""


def follow_up_title() -> str:
    """The title of the item under which the open actions of earlier sessions come up; agendas are written in French."""
    with translation.override("fr"):
        return gettext("Actions under way from earlier sessions")


def follow_up_item(session: Session) -> AgendaItem:
    """An item at the end of the last day, not saved yet, for what earlier sessions left to do."""
    return AgendaItem(
        title=follow_up_title(),
        kind=ItemKind.INFORMATION,
        minutes_long=FOLLOW_UP_MINUTES,
        day=session.number_of_days,
    )


@transaction.atomic
def duplicate(*, session: Session, by: User, now: dt.datetime) -> Session:
    """A new draft with the next number, the same title, format, place and agenda; no date, no minutes."""
    rights.check_for_writing(by, "sessions_app.prepare_session", session)
    agenda = list(session.agenda.prefetch_related("speakers"))
    copy = _copy_of(session, number=next_number(), state=SessionState.DRAFT, never_announced=True, reason="", date=None)
    copy.starts_at = copy.ends_at = copy.ends_on = copy.next_days_at = None
    copy.video_link = ""
    copy.full_clean()
    copy.save()
    for item in agenda:
        new = _copy_of(item, session=copy, day=1)
        new.save()
        Speaker.objects.bulk_create(_copy_of(speaker, item=new, came=False) for speaker in item.speakers.all())
    return copy


def _copy_of(row: Any, **changes: Any) -> Any:
    """An unsaved row with the same values, an identity of its own and `changes`."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    copy = type(row)(**values)
    copy.public_id = uuid.uuid4()
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy
