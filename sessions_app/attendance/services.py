"""Recording who was there, organisation by organisation, as it is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import files
from core.accounts import rights
from core.files import CheckedUpload
from members.models import Membership, Organisation, Position
from sessions_app.attendance import guests
from sessions_app.enums import PRESENT, Presence, SessionMode
from sessions_app.models import Answer, Attendance, Attendee, Session, SignedSheet
from sessions_app.responses.by_organisation import OrganisationResponse, responses_by_organisation
from sessions_app.responses.enums import AnswerChoice
from sessions_app.responses.services import POUVOIRS_PER_HOLDER
from sessions_app.sessions.locks import hold

if TYPE_CHECKING:
    from core.accounts.models import User

RECORD, SHEET = "sessions_app.record_attendance", "sessions_app.use_signed_sheet"
NAMES_A_ROW = 12


@dataclass(frozen=True)
class Entry:
    """What is recorded of one organisation. `presence` None is "not recorded"; people are known or typed names."""

    organisation: Organisation
    presence: Presence | None
    represented_by: Organisation | None = None
    people: Sequence[User] = ()
    names: Sequence[str] = ()


@dataclass
class Recorded:
    """`lapsed` are organisations whose pouvoir fell with their holder: they are now excused."""

    row: Attendance | None
    lapsed: list[Organisation] = field(default_factory=list)


@transaction.atomic
def record(*, session: Session, entry: Entry, by: User) -> Recorded:
    """Writes one organisation's row. Raises `PermissionRefused`, and `ValidationError` with the field that is wrong."""
    return _write(_lock(session, by), entry)


def _lock(session: Session, by: User) -> Session:
    rights.check_for_writing(by, RECORD, session)  # before the session: what freezes it asks in this order, too
    held = hold(session)
    rights.check(by, RECORD, held)
    return held


def _write(session: Session, entry: Entry) -> Recorded:
    row = Attendance.objects.filter(session=session, organisation=entry.organisation).first()
    if row is None and not was_member(entry.organisation, session):
        raise ValidationError(
            {"presence": _("%(name)s was not a member of the space that day.") % {"name": entry.organisation.label}}
        )
    if entry.presence is None:
        if row is not None:
            row.delete()
        return Recorded(None)
    row = row or Attendance(session=session, organisation=entry.organisation)
    row.presence = entry.presence
    row.represented_by = entry.represented_by if entry.presence == Presence.REPRESENTED else None
    if entry.presence == Presence.REPRESENTED:
        _check_holder(session, entry)
    row.full_clean()
    row.save()
    _write_people(row, entry if entry.presence in PRESENT else Entry(entry.organisation, entry.presence))
    return Recorded(row, [] if entry.presence in PRESENT else _lapse(session, entry.organisation))


def was_member(organisation: Organisation, session: Session) -> bool:
    return Membership.objects.filter(organisation=organisation, period__overlap=session.days).exists()


def _check_holder(session: Session, entry: Entry) -> None:
    holder = entry.represented_by
    if holder is None:
        raise ValidationError({"represented_by": _("Say which organisation represents this one.")}, code="holder")
    values = {"name": holder.label}
    others = Attendance.objects.filter(session=session).exclude(organisation=entry.organisation)
    if others.filter(organisation=holder).exclude(presence__in=PRESENT).exists():
        message = _("%(name)s is not present: it can represent nobody.") % values
        raise ValidationError({"represented_by": message}, code="absent")
    if others.filter(represented_by=holder).count() >= POUVOIRS_PER_HOLDER:
        message = _("%(name)s holds as many pouvoirs as the rule allows already.") % values
        raise ValidationError({"represented_by": message}, code="limit")


def _lapse(session: Session, holder: Organisation) -> list[Organisation]:
    """A pouvoir falls where its holder is not there; who gave it is excused."""
    rows = list(Attendance.objects.filter(session=session, represented_by=holder).select_related("organisation"))
    for row in rows:
        row.presence, row.represented_by = Presence.EXCUSED, None
        row.save()
    return [row.organisation for row in rows]


def _write_people(row: Attendance, entry: Entry) -> None:
    """People who stay keep their identifier, which published minutes name."""
    names = list(dict.fromkeys(name.strip() for name in entry.names if name.strip()))
    if len(names) > NAMES_A_ROW:
        raise ValidationError({"names": _("Too many names for one organisation.")}, code="names")
    wanted = [("user", user.pk) for user in dict.fromkeys(entry.people)] + [("name", name) for name in names]
    response = {("user", one.user_id) if one.user_id else ("name", one.name): one for one in row.people.all()}
    for key, one in response.items():
        if key not in wanted:
            one.delete()
    for kind, value in wanted:
        if (kind, value) not in response:
            one = Attendee(attendance=row, **({"user_id": value} if kind == "user" else {"name": value}))
            one.full_clean()
            one.save()


@transaction.atomic
def take_over_answers(*, session: Session, by: User) -> int:
    """Fills what is not recorded yet from the answers; how many rows. Who hesitates or is silent stays unrecorded."""
    session = _lock(session, by)
    answers = Answer.objects.filter(session=session).select_related("organisation", "holder", "user", "substitute")
    found = responses_by_organisation(answers)
    known = set(Attendance.objects.filter(session=session).values_list("organisation", flat=True))
    waiting = [own for key, own in found.items() if key not in known and own.choice != AnswerChoice.MAYBE]
    waiting.sort(key=lambda own: (own.choice != AnswerChoice.YES, own.answers[0].organisation.name))  # holders first
    written = 0
    for own in waiting:
        if was_member(own.answers[0].organisation, session):
            _take_over(session, own)
            written += 1
    return written


def _take_over(session: Session, own: OrganisationResponse) -> None:
    organisation = own.answers[0].organisation
    if own.choice == AnswerChoice.NO:
        _write(session, Entry(organisation, Presence.EXCUSED))
    elif own.choice == AnswerChoice.REPRESENTED:
        try:
            _write(session, Entry(organisation, Presence.REPRESENTED, own.pouvoir.holder))
        except ValidationError:  # the holder is recorded away: the pouvoir has lapsed
            _write(session, Entry(organisation, Presence.EXCUSED))
    else:
        people = [answer.user for answer in own.answers if answer.choice == AnswerChoice.YES]
        people += [answer.substitute for answer in own.answers if answer.substitute]
        _write(session, Entry(organisation, _how(session, own), people=people))


def _how(session: Session, own: OrganisationResponse) -> Presence:
    if own.by_substitute:
        return Presence.SUBSTITUTED
    return Presence.REMOTE if own.remotely or session.mode == SessionMode.REMOTE else Presence.ON_SITE


@transaction.atomic
def record_others_absent(*, session: Session, by: User) -> int:
    """Fills every row that is still open; how many. Who said no is excused, who gave a pouvoir is represented."""
    session = _lock(session, by)
    answers = Answer.objects.filter(session=session).select_related("organisation", "holder", "user", "substitute")
    found = responses_by_organisation(answers)
    belonged = Membership.objects.filter(period__overlap=session.days).values("organisation")
    known = Attendance.objects.filter(session=session).values("organisation")
    rows = list(Organisation.objects.filter(pk__in=belonged).exclude(pk__in=known).order_by("name", "pk"))
    for organisation in rows:
        own = found.get(organisation.pk)
        if own is not None and own.choice in (AnswerChoice.NO, AnswerChoice.REPRESENTED):
            _take_over(session, own)
        else:
            _write(session, Entry(organisation, Presence.ABSENT))
    return len(rows)


@transaction.atomic
def record_guests(*, session: Session, came: set[str], by: User) -> None:
    """Which guests were there, by the keys of `guests.guests_of`."""
    guests.write_presence(_lock(session, by), came)


@transaction.atomic
def record_all(*, session: Session, entries: Iterable[Entry], by: User) -> list[tuple[Entry, list[str]]]:
    """Many rows at once, pouvoirs last; returns the refused ones with the reasons."""
    session = _lock(session, by)
    refused = []
    for entry in sorted(entries, key=lambda one: one.presence == Presence.REPRESENTED):
        try:
            with transaction.atomic():
                _write(session, entry)
        except ValidationError as error:
            refused.append((entry, list(error.messages)))
    return refused


@transaction.atomic
def keep_scan(*, session: Session, file: CheckedUpload, by: User, now: dt.datetime) -> SignedSheet:
    """Keeps a scan of the signed sheet. Raises `PermissionRefused`, `UploadRefused`."""
    rights.check_for_writing(by, SHEET, session)
    sheet = SignedSheet(session=session, file=files.store(file=file, by=by, now=now), added_by=by, added_at=now)
    sheet.full_clean()
    sheet.save()
    return sheet


@transaction.atomic
def remove_scan(*, sheet: SignedSheet, by: User) -> None:
    """Takes a scan away with its bytes, say where the wrong file was sent."""
    rights.check_for_writing(by, SHEET, sheet.session)
    stored = sheet.file
    sheet.delete()
    stored.delete()
    transaction.on_commit(lambda: stored.file.delete(save=False))


def people_of(session: Session) -> dict[int, list[Position]]:
    """Positions that ran on the day of the session, by organisation, representatives first."""
    places = Position.objects.filter(period__overlap=session.days) if session.date else Position.objects.none()
    found: dict[int, list[Position]] = {}
    for place in places.select_related("user").order_by("role", "user__last_name", "pk"):
        found.setdefault(place.organisation_id, []).append(place)
    return found
