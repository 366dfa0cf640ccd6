"""Every mail of the portal: written with its cause, then sent once by a worker.

A worker takes the mail under a lease, connects to the mail server, marks it "being sent" and hands it over.
What happens then decides:
- accepted: sent;
- refused for good (5xx): failed, with the server's words;
- refused for now (4xx), or no connection: waiting again, later each time, failed after the last attempt;
- no answer, or the worker died while sending: uncertain. Nobody sends it again but an administrator.
What lets its reader act (a code, a personal link) is taken out of a mail once it is sent, and out of a refused or
uncertain one after a day.
A worker that died before it began to send loses nothing: the sweep takes the mail up.
"""

from __future__ import annotations

import base64
import datetime as dt
import logging
import smtplib
import uuid
from email.utils import format_datetime, make_msgid, parseaddr
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from core.accounts.models import User
from core.jobs import change_state
from core.logs import HIDDEN, without_secrets
from core.notifications.enums import HELD, MOVES, MailState
from core.notifications.models import OutboxMessage
from core.queue import enqueue
from core.transitions import MoveRefused

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)  # longer than connecting and sending may take (EMAIL_TIMEOUT bounds each step)
WAITS = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]  # before each further attempt
SWEEP = 200  # mails taken up by one run of the sweep
ENDED_SENDING = "The worker ended while sending."
RESTORED = "It waited when the backup was made; it may have left since."
ENDED_BEFORE = "The worker ended before sending, again and again."


# --- writing -----------------------------------------------------------------------------------------------------


def put(
    message: EmailMessage,
    *,
    now: dt.datetime,
    kind: str = "account",
    about: tuple[str, uuid.UUID] | None = None,
    recipient: User | None = None,
) -> OutboxMessage:
    """Keeps `message` in the transaction of the caller and queues it when that commits.

    Raises `BadHeaderError` where a header holds a line end.
    """
    message.message()  # Django's own checks of headers, now and not in the worker
    stored = OutboxMessage(
        message_id=make_msgid(domain=parseaddr(message.from_email)[1].rpartition("@")[2] or None),
        kind=kind,
        subject_kind=about[0] if about else "",
        subject_id=about[1] if about else None,
        recipient=recipient,
        sender=message.from_email,
        to=[*message.to, *message.cc],
        hidden_to=message.bcc,
        subject=str(message.subject),
        headers={"Auto-Submitted": "auto-generated"}
        | ({"Reply-To": ", ".join(message.reply_to)} if message.reply_to else {})
        | {name: str(value) for name, value in message.extra_headers.items()},
        attachments=[_packed(attachment) for attachment in message.attachments],
        created_at=now,
        queued_at=now,
        **_bodies(message),
    )
    stored.secrets = list(getattr(message, "secrets", ()))
    stored.holds_secret = bool(stored.secrets) or bool(_emptied(stored, now))
    stored.full_clean()
    stored.save(force_insert=True)
    _queue_on_commit(stored)
    return stored


def _emptied(stored: OutboxMessage, now: dt.datetime) -> dict[str, Any]:
    """What changes when the codes and links of `stored` are taken out of it; nothing where it holds none."""
    texts = {name: _without(getattr(stored, name), stored.secrets) for name in ("subject", "text", "html")}
    if not stored.secrets and all(getattr(stored, name) == text for name, text in texts.items()):
        return {}
    return {**texts, "secrets": [], "holds_secret": False, "emptied_at": now}


def _without(text: str, secrets: list[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return without_secrets(text)


def _bodies(message: EmailMessage) -> dict[str, str]:
    if message.content_subtype == "html":
        return {"text": "", "html": str(message.body)}
    alternatives = getattr(message, "alternatives", [])
    html = next((str(content) for content, mimetype in alternatives if mimetype == "text/html"), "")
    return {"text": str(message.body), "html": html}


def _packed(attachment: Any) -> dict[str, str]:
    name, content, mimetype = attachment
    data = content.encode() if isinstance(content, str) else bytes(content)
    return {"name": name or "", "type": mimetype or "", "base64": base64.b64encode(data).decode()}


def _queue_on_commit(stored: OutboxMessage) -> None:
    from core.notifications.tasks import send_mail  # tasks call this module

    transaction.on_commit(partial(enqueue, send_mail, message_id=stored.pk))


# --- sending -----------------------------------------------------------------------------------------------------


def send(*, message_id: int, now: dt.datetime) -> MailState | None:
    """One attempt for the mail of that number; its state afterwards, None where it was not due."""
    stored = _take(message_id, now)
    if stored is None:
        return None
    transport = get_connection(settings.MAIL_TRANSPORT)
    try:
        transport.open()
    except (smtplib.SMTPException, OSError) as error:
        return _put_off(stored, now, _words(error))
    try:
        message = rebuild(stored)
        if not _move(stored, MailState.SENDING, keep_lease=True):
            return None
        try:
            transport.send_messages([message])
        except (smtplib.SMTPException, OSError) as error:
            return _after_refusal(stored, now, error)
        _move(stored, MailState.SENT, sent_at=now, **_emptied(stored, now))
        return MailState.SENT
    finally:
        _close(transport)


def rebuild(stored: OutboxMessage) -> EmailMessage:
    """The mail as it was written, with its lasting Message-ID."""
    headers = stored.headers | {"Message-ID": stored.message_id, "Date": format_datetime(stored.created_at)}
    message = EmailMultiAlternatives(
        stored.subject, stored.text, stored.sender, stored.to, bcc=stored.hidden_to, headers=headers
    )
    if stored.html and stored.text:
        message.attach_alternative(stored.html, "text/html")
    elif stored.html:
        message.body, message.content_subtype = stored.html, "html"
    for packed in stored.attachments:
        message.attach(packed["name"], base64.b64decode(packed["base64"]), packed["type"] or None)
    return message


def _take(message_id: int, now: dt.datetime) -> OutboxMessage | None:
    with transaction.atomic():
        stored = OutboxMessage.objects.due(now).select_for_update(skip_locked=True).filter(pk=message_id).first()
        if stored is None:
            return None
        stored.token, stored.lease_until = uuid.uuid4(), now + LEASE
        stored.attempts += 1
        _change(stored, MailState.TAKEN)
        stored.save(update_fields=["state", "token", "lease_until", "attempts"])
    return stored


def _after_refusal(stored: OutboxMessage, now: dt.datetime, error: Exception) -> MailState:
    """The server answered "no" for good or for now, or it did not answer and nobody knows."""
    codes = _answer_codes(error)
    if not codes and not isinstance(error, smtplib.SMTPNotSupportedError):
        logger.warning("Mail %s: no answer after it was handed over: %s", stored.public_id, _words(error))
        _move(stored, MailState.UNCERTAIN, problem=_words(error))
        return MailState.UNCERTAIN
    if codes and all(code < 500 for code in codes):
        return _put_off(stored, now, _words(error))
    _move(stored, MailState.FAILED, problem=_words(error))
    return MailState.FAILED


def _answer_codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    if isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 600:
        return [error.smtp_code]
    return []


def _put_off(stored: OutboxMessage, now: dt.datetime, problem: str) -> MailState:
    if stored.attempts > len(WAITS):
        _move(stored, MailState.FAILED, problem=problem)
        return MailState.FAILED
    _move(stored, MailState.QUEUED, problem=problem, not_before=now + WAITS[stored.attempts - 1], queued_at=None)
    return MailState.QUEUED


def _words(error: Exception) -> str:
    """The server's own words, short enough for a line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        parts = [f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values()]
        return "; ".join(parts)[:500]
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"[:500]
    return f"{type(error).__name__}: {error}"[:500]


def _close(transport: Any) -> None:
    """Says goodbye; a server that no longer listens then changes nothing of what became of the mail."""
    try:
        transport.close()
    except (smtplib.SMTPException, OSError) as error:
        logger.info("The mail server did not say goodbye: %s", error)


# --- states ------------------------------------------------------------------------------------------------------


def _change(stored: OutboxMessage, to: MailState) -> None:
    change_state(stored, to, MOVES)


def _move(stored: OutboxMessage, to: MailState, *, keep_lease: bool = False, **changes: Any) -> bool:
    """Writes the new state if this attempt still holds the mail; False where the sweep has taken it away."""
    token, before = stored.token, stored.state
    _change(stored, to)
    if not keep_lease:
        changes |= {"token": None, "lease_until": None}
    held = OutboxMessage.objects.filter(pk=stored.pk, token=token, state=before)
    if not held.update(state=to, **changes):
        logger.warning("Mail %s is no longer held by this attempt", stored.public_id)
        return False
    for name, value in changes.items():
        setattr(stored, name, value)
    return True


def requeue_stale(*, now: dt.datetime) -> int:
    """Queues what the broker lost and settles what a dead worker held; the number of mails touched."""
    with transaction.atomic():
        abandoned = OutboxMessage.objects.abandoned(now).select_for_update(skip_locked=True).order_by("pk")
        for stored in abandoned[:SWEEP]:
            lost, spent = stored.state == MailState.SENDING, stored.attempts > len(WAITS)
            _change(stored, MailState.UNCERTAIN if lost else MailState.FAILED if spent else MailState.QUEUED)
            stored.token = stored.lease_until = stored.queued_at = None
            stored.problem = ENDED_SENDING if lost else ENDED_BEFORE if spent else stored.problem
            stored.save(update_fields=["state", "token", "lease_until", "queued_at", "problem"])
        forgotten = OutboxMessage.objects.forgotten(now).select_for_update(skip_locked=True).order_by("pk")[:SWEEP]
        for stored in (
            OutboxMessage.objects.stale_secrets(now).select_for_update(skip_locked=True).order_by("pk")[:SWEEP]
        ):
            OutboxMessage.objects.filter(pk=stored.pk).update(**_emptied(stored, now))
        found = list(forgotten)
        OutboxMessage.objects.filter(pk__in=[stored.pk for stored in found]).update(queued_at=now)
        for stored in found:
            _queue_on_commit(stored)
    return len(found)


def after_restore(*, now: dt.datetime) -> str:
    """What waited in a backup has most likely left since: an administrator decides, nothing is sent a second time."""
    with transaction.atomic():
        waiting = OutboxMessage.objects.filter(state__in=(MailState.QUEUED, *HELD)).select_for_update().order_by("pk")
        for stored in waiting:
            _change(stored, MailState.UNCERTAIN)
            stored.token = stored.lease_until = stored.queued_at = None
            stored.problem = RESTORED
            stored.save(update_fields=["state", "token", "lease_until", "queued_at", "problem"])
    if not waiting:
        return ""
    text = ngettext(
        "%(number)s mail that waited may have left since: decide on it under Administration, Mails.",
        "%(number)s mails that waited may have left since: decide on them under Administration, Mails.",
        len(waiting),
    )
    return text % {"number": len(waiting)}


def resend(*, message_id: int, now: dt.datetime) -> OutboxMessage:
    """An administrator's decision to send a refused or uncertain mail once more. Raises `MoveRefused` for others."""
    with transaction.atomic():
        stored = OutboxMessage.objects.select_for_update().get(pk=message_id)
        if stored.state not in (MailState.FAILED, MailState.UNCERTAIN):
            raise MoveRefused(_("Only a mail that was refused or is uncertain can be sent again."))
        if stored.emptied_at:
            raise MoveRefused(_("The code or link of this mail was removed; the person can ask for another."))
        _change(stored, MailState.QUEUED)
        stored.attempts, stored.queued_at, stored.not_before, stored.problem = 0, now, None, ""
        stored.save(update_fields=["state", "attempts", "queued_at", "not_before", "problem"])
        _queue_on_commit(stored)
    return stored
