"""How the portal logs: one JSON object a line for a collector, no traceback for what is no fault, and no secret.

The address of a personal link lets whoever reads it act, as does that of a password reset. Both formatters write
every line without them: the resolver says which addresses have one, so a new address is covered from its first day.
Nor does a line hold PostgreSQL's DETAIL, which quotes the row that was refused: names, addresses, texts.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextvars import ContextVar
from functools import cache

from django.apps import apps
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.urls import URLPattern, URLResolver, get_resolver

SECRET_ARGUMENTS = {"token", "key", "uidb36"}  # of addresses
SECRET_PARAMETERS = ("cle", "token", "key", "code", "state")  # after the question mark
HIDDEN = "…"
# of the request that is being answered, or of the one that queued the job that runs; see `core.web.request_log`
request_number: ContextVar[str] = ContextVar("request_number", default="")
_ARGUMENT = re.compile(r"<[^>]+>")
_SECRET = re.compile(
    rf"<(?:\w+:)?(?:{'|'.join(sorted(SECRET_ARGUMENTS))})>|\(\?P<(?:{'|'.join(sorted(SECRET_ARGUMENTS))})>"
)
_SLASH = "(?:/|%2[Ff])"
# A refused row may hold line breaks, so its end is what can stand behind it; written by repr() it stands on one line.
_DETAIL = re.compile(
    r"^[ |]*DETAIL: .*?(?=^[ |]*(?:HINT|CONTEXT|Traceback|The above exception|During handling)\b|\Z)"
    r"|\\nDETAIL: [^\n]*",
    re.MULTILINE | re.DOTALL,
)


def without_secrets(text: str) -> str:
    """`text` with "…" for every secret of an address in it, whether the address leads anywhere or is cut off."""
    return _secrets().sub(lambda found: found[1] + HIDDEN, text) if apps.ready else text


def without_details(text: str) -> str:
    return _DETAIL.sub(f"DETAIL: {HIDDEN}\n", text).rstrip("\n")


@cache
def _secrets() -> re.Pattern[str]:
    places = sorted(set(map(_expression, _before_secrets(get_resolver(), "/"))))
    parameters = rf"(?:[?&]|%3[Ff]|%26)(?:{'|'.join(SECRET_PARAMETERS)})(?:=|%3[Dd])"
    return re.compile(rf"({'|'.join([*places, parameters])})(?!{_SLASH})[^\s/?#&%\"'<>]+")


def _before_secrets(resolver: URLResolver, path: str) -> Iterator[str]:
    """What stands before the secret in each address that has one."""
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _before_secrets(entry, here)
        elif isinstance(entry, URLPattern) and (found := _SECRET.search(here)):
            yield here[: found.start()]


def _expression(before: str) -> str:
    """What matches `before`, with anything in place of its other arguments and slashes as they stand in a parameter."""
    texts = (_SLASH.join(map(re.escape, text.split("/"))) for text in _ARGUMENT.split(before))
    return r"[^\s/]+?".join(texts)


class _WithoutSecrets(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        number = request_number.get()
        return without_details(super().format(record)) + (f" [{number}]" if number else "")


class PlainFormatter(_WithoutSecrets, _Plain):
    pass


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_details(record.getMessage()),
        }
        if number := request_number.get():
            entry["request"] = number
        entry |= getattr(record, "facts", {})
        if record.exc_info:
            entry["exception"] = without_details(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


class JsonFormatter(_WithoutSecrets, _Json):
    pass


class BriefRefusals(logging.Filter):
    """A refused page or a form that is too large is told in one line: where it was raised helps nobody.

    An address whose parameters cannot be read is answered with a page that says so, and is no event at all.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        raised = record.exc_info[1] if record.exc_info else None
        if isinstance(raised, BadRequest):
            return False
        if isinstance(raised, PermissionDenied | SuspiciousOperation):
            record.exc_info = record.exc_text = None
        return True
