"""Writing to the members: confirmed, kept back for two minutes, then put into the outbox mail by mail."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, gettext_lazy

from core import canonical
from core.accounts import rights
from core.accounts.models import User
from core.db.periods import today
from core.formatting.dates import ordinal_text
from core.notifications import kinds, outbox
from core.notifications.each_row import each_row
from core.notifications.models import OutboxMessage
from core.space import current_space
from core.transitions import Refusal
from members.models import Membership, Organisation
from members.people import acting_people
from sessions_app.calendars import ics, selection
from sessions_app.checklist.enums import Doing
from sessions_app.checklist.services import done_by_doing
from sessions_app.enums import PRESENT
from sessions_app.messages.enums import Recipients
from sessions_app.models import (
    Answer,
    Attendance,
    Message,
    MessageRecipient,
    MinutesVersion,
    Session,
)
from sessions_app.responses import links
from sessions_app.responses.services import takes_answers
from sessions_app.sessions import transitions

WRITE = "sessions_app.write_to_members"
KIND = kinds.name_mail("sessions_app.message", gettext_lazy("Message about a session"))
ABOUT = "session-message"
RECALL_WITHIN = dt.timedelta(minutes=2)
NOBODY = gettext_lazy("This message would reach nobody.")


class TooLate(Refusal):
    """The message has left, or was recalled already; `message` is shown to people."""

    message = gettext_lazy("This message has left already, or is recalled already.")


@dataclass(frozen=True)
class Draft:
    """What the form holds. `key` makes sending it twice one message."""

    subject: str
    body: str
    invites: bool
    recipients: Recipients
    world: str = ""
    organisations: list[Organisation] = field(default_factory=list)
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def fingerprint(self) -> str:
        """Of all that the preview showed: what is sent must bear the one that was looked at."""
        chosen = sorted(one.pk for one in self.organisations)
        return canonical.sha256([self.subject, self.body, self.invites, self.recipients.value, self.world, chosen])


def recipients(session: Session, draft: Draft, now: dt.datetime) -> QuerySet[User]:
    """The representatives and substitutes, today, whom `draft` would reach, by name."""
    organisations = Organisation.objects.filter(pk__in=Membership.objects.on(today(now)).values("organisation"))
    if draft.recipients == Recipients.SILENT:
        organisations = organisations.exclude(pk__in=Answer.objects.filter(session=session).values("organisation"))
    elif draft.recipients == Recipients.PRESENT:
        present = Attendance.objects.filter(session=session, presence__in=PRESENT)
        organisations = organisations.filter(pk__in=present.values("organisation"))
    elif draft.recipients == Recipients.WORLD:
        organisations = organisations.filter(world=draft.world)
    elif draft.recipients == Recipients.CHOSEN:
        organisations = organisations.filter(pk__in=[one.pk for one in draft.organisations])
    return acting_people(organisations, now)


def version_to_send(session: Session) -> int | None:
    """The number of the version of the minutes that is in force; None where there is none, or it is withdrawn."""
    return MinutesVersion.objects.in_force().filter(session=session).values_list("number", flat=True).first()


@transaction.atomic
def confirm(*, session: Session, draft: Draft, by: User, now: dt.datetime) -> Message:
    """Keeps the message with its recipients; it leaves after `RECALL_WITHIN`. The same key again is the same message.

    Raises `PermissionRefused`, `ValidationError`.
    """
    rights.check_for_writing(by, WRITE, session)
    if known := Message.objects.filter(public_id=draft.key, session=session).first():
        return known
    _check(session, draft, now)
    people = list(recipients(session, draft, now))
    if not people:
        raise ValidationError(NOBODY, code="nobody")
    message = Message(
        public_id=draft.key,
        session=session,
        subject=draft.subject,
        body=draft.body,
        invites=draft.invites,
        recipients=draft.recipients,
        written_by=by,
        written_at=now,
        send_at=now + RECALL_WITHIN,
    )
    message.full_clean()
    message.save(force_insert=True)
    MessageRecipient.objects.bulk_create(MessageRecipient(message=message, user=user) for user in people)
    return message


@transaction.atomic
def announce_and_invite(*, session: Session, draft: Draft, by: User, now: dt.datetime) -> Message:
    """Announces the session and invites to it in one mail, which can be recalled like any; in the portal both are told.

    Raises what `transitions.move` and `confirm` raise.
    """
    if not (known := Message.objects.filter(public_id=draft.key, session=session).first()):
        session = transitions.move(session=session, move=transitions.Move.ANNOUNCE, by=by, now=now, by_mail=False)
    return known or confirm(session=session, draft=draft, by=by, now=now)


def invitation(session: Session) -> tuple[str, str]:
    """Subject and text of an invitation as it begins, before anybody changes a word of it."""
    values = {"nth": ordinal_text(session.number), "title": session.title}
    subject = _("Invitation to the %(nth)s session: %(title)s")
    body = _(
        "You are invited to the %(nth)s session of the space, “%(title)s”.\n\nPlease say by the link below whether "
        "your organisation takes part, is represented or does not come."
    )
    return (subject % values)[:160], body % values


def _check(session: Session, draft: Draft, now: dt.datetime) -> None:
    if draft.invites and not takes_answers(session, now):
        raise ValidationError(_("This session takes no answers: it can invite nobody."), code="closed")


@transaction.atomic
def send_test(*, session: Session, draft: Draft, by: User, now: dt.datetime) -> OutboxMessage:
    """The mail as the recipients would get it, to oneself, at once."""
    rights.check_for_writing(by, WRITE, session)
    _check(session, draft, now)
    return _put(
        session,
        by,
        draft.subject,
        draft.body,
        invites=draft.invites,
        entry=_entry(session) if draft.invites else None,
        about=session.public_id,
        now=now,
    )


@transaction.atomic
def recall(*, message: Message, by: User, now: dt.datetime) -> Message:
    """Holds a message back while it has not left. Raises `TooLate`, `PermissionRefused`."""
    rights.check_for_writing(by, WRITE, message.session)
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if not locked.can_be_recalled(now):
        raise TooLate
    locked.recalled_at = now
    locked.save()
    return locked


def hand_over_due(*, now: dt.datetime) -> int:
    """Puts the mails of every message whose time has come into the outbox, each message once; how many messages."""
    due = Message.objects.filter(send_at__lte=now, handed_at=None, recalled_at=None).order_by("send_at", "pk")
    return sum(each_row(Message, due.values_list("pk", flat=True), lambda key: _hand_over(key, now), now=now))


@transaction.atomic
def _hand_over(key: int, now: dt.datetime) -> bool:
    """The right of who wrote it is asked again, since the animation may have passed on."""
    waiting = Message.objects.select_for_update(of=("self",), skip_locked=True).select_related("session", "written_by")
    message = waiting.filter(pk=key, handed_at=None, recalled_at=None).first()
    if message is None:
        return False
    answer = rights.require(message.written_by, WRITE, message.session)
    is_late = message.invites and not takes_answers(message.session, now)
    if not answer or is_late:
        with translation.override(settings.LANGUAGE_CODE):
            reason = answer.reason if not answer else _("This session takes no answers: it can invite nobody.")
            message.recalled_at, message.problem = now, str(reason)[:300]
        message.save()
        return False
    entry = _entry(message.session) if message.invites else None
    for row in message.people.select_related("user").filter(user__is_active=True):
        row.mail = _put(
            message.session,
            row.user,
            message.subject,
            message.body,
            invites=message.invites,
            entry=entry,
            about=message.public_id,
            now=now,
        )
        row.save()
    message.handed_at = now
    message.save()
    if message.invites:
        done_by_doing(message.session, Doing.INVITED, by=message.written_by, now=now)
    return True


def _put(
    session: Session,
    user: User,
    subject: str,
    body: str,
    *,
    invites: bool,
    entry: CalendarEntry | None,
    about: uuid.UUID,
    now: dt.datetime,
) -> OutboxMessage:
    link = links.issue(session=session, user=user, now=now) if invites else ""
    mail = _mail(session, user, subject, body, link=link)
    if entry is not None:
        mail.attach(entry.name, entry.of(user, now), "text/calendar")
    return outbox.put(mail, kind=KIND, about=(ABOUT, about), recipient=user, now=now)


@dataclass(frozen=True)
class CalendarEntry:
    """What an invitation carries for the calendar of each of its readers."""

    session: Session  # with its whole history
    answers: dict[int, Answer]  # by reader

    @property
    def name(self) -> str:
        return f"session-{self.session.number}.ics"

    def of(self, reader: User, now: dt.datetime) -> bytes:
        answers = {self.session.pk: self.answers[reader.pk]} if reader.pk in self.answers else {}
        return ics.calendar([self.session], reader=reader, answers=answers, given={}, now=now)


def _entry(session: Session) -> CalendarEntry | None:
    """None where the day is not known."""
    if not selection.has_place_in_calendar(session):
        return None
    answers = Answer.objects.filter(session=session).order_by("pk")
    whole = selection.with_whole_history(Session.objects.select_related("cycle")).get(pk=session.pk)
    return CalendarEntry(whole, {answer.user_id: answer for answer in answers})


@dataclass(frozen=True)
class Preview:
    """A mail as `reader` will get it."""

    reader: User
    subject: str
    html: SafeString  # what stands in the mail's body
    replies_to: str
    attached: str  # the name of the file it carries, "" without


def preview(session: Session, draft: Draft, reader: User) -> Preview:
    """Made by the very function that makes the mails; in the place of the personal link stands the page it leads to."""
    link = settings.BASE_URL + reverse("sessions:answer", args=[session.number]) if draft.invites else ""
    mail = _mail(session, reader, draft.subject, draft.body, link=link)
    html = str(mail.alternatives[0][0])
    body = html.partition("<body>")[2].rpartition("</body>")[0]
    entry = _entry(session) if draft.invites else None
    attached = entry.name if entry else ""
    return Preview(reader, mail.subject, mark_safe(body), ", ".join(mail.reply_to), attached)  # noqa: S308  # our own template


def _mail(session: Session, user: User, subject: str, body: str, *, link: str) -> EmailMultiAlternatives:
    """One mail in its reader's language. Answers to it go to the mailbox of the animation."""
    space = current_space()
    with translation.override(user.language):
        context = {
            "user": user,
            "space": space,
            "session": session,
            "body": body,
            "title": subject,
            "link": link,
            "page": settings.BASE_URL + session.get_absolute_url(),
            "language": user.language,
        }
        mail = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string("emails/session_message.txt", context),
            to=[user.email],
            reply_to=[space.contact_email] if space.contact_email else None,
        )
        mail.attach_alternative(render_to_string("emails/session_message.html", context), "text/html")
    return mail
