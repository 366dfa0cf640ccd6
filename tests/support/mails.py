"""Mails as they were really sent: in the folder that stands for a mail server, with the links that the outbox forgets."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

END = b"-" * 79  # between two mails of one connection


def text_sent_to(address: str, subject: str) -> str:
    """The plain text of the one mail with this subject that went to `address`."""
    [found] = [mail for mail in _sent() if mail["To"] == address and mail["Subject"] == subject]
    body = found.get_body(("plain",))
    assert body is not None
    return body.get_content()


def _sent() -> list[EmailMessage]:
    parts = [part for file in Path(settings.EMAIL_FILE_PATH).glob("*") for part in file.read_bytes().split(END)]
    return [email.message_from_bytes(part.lstrip(), policy=email.policy.default) for part in parts if part.strip()]  # type: ignore[misc]
