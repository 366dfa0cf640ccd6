"""Whether a code or a file is authentic. Apps that publish documents register who can answer for theirs.

An answer is public: it holds nothing but what the document's own cover says and whether it is still in force.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core.reports import registry
from core.reports.models import Report

LEAST_DIGITS = 12  # of a code typed by hand: 48 bits are enough never to meet another document by chance
_MARK = re.compile(rb"sha256:([0-9a-f]{64})")
MARK_LENGTH = len("sha256:") + 64


@dataclass(frozen=True)
class Authenticity:
    """A document that was published here."""

    content_sha256: str
    title: str | Promise
    version: int
    published_at: dt.datetime
    in_force: int | None  # the version in force today, None where all were withdrawn
    url: str  # the document's page
    right: tuple[str, Any]  # permission and object that the page asks: the link is shown to who holds it
    file_is: str | Promise  # what a file that is authentic and in force is, in a sentence
    code_is: str | Promise  # what a code of such a document belongs to
    is_withdrawn: bool = False  # taken back by those who published it

    @property
    def is_in_force(self) -> bool:
        return self.version == self.in_force and not self.is_withdrawn


Verifier = Callable[[str], Authenticity | None]  # the first digits of a content hash, at least LEAST_DIGITS

_verifiers: list[Verifier] = []


def register(verifier: Verifier) -> None:
    """Adds who can answer for some documents; called from `AppConfig.ready()`."""
    if verifier not in _verifiers:
        _verifiers.append(verifier)


def digits_of(code: str) -> str | None:
    """The digits of a code as people type or scan it: with blanks, hyphens, capitals, or the whole address.

    None where it cannot be a code.
    """
    digits = re.sub(r"[\s\u00a0\u202f.:-]", "", code.strip().rstrip("/").rpartition("/")[2]).lower()
    digits = digits.removeprefix("sha256")
    return digits if re.fullmatch(rf"[0-9a-f]{{{LEAST_DIGITS},64}}", digits) else None


def by_digits(digits: str) -> Authenticity | None:
    """The document whose content hash begins with `digits`."""
    return next((found for verifier in _verifiers if (found := verifier(digits))), None)


def by_file(file_sha256: str) -> Authenticity | None:
    """The document of which a file with this very hash was made here."""
    made = Report.objects.done().filter(file_sha256=file_sha256).exclude(content_sha256=None)
    content = made.values_list("content_sha256", flat=True).first()
    return by_digits(content) if content else None


@dataclass(frozen=True)
class MadeHere:
    """A true file of this portal that is no published document: a draft, or a table, an archive, a list."""

    is_draft: bool
    made_at: dt.datetime


def made_here(file_sha256: str) -> MadeHere | None:
    """Of the very file with this hash; whoever holds it reads no more than what it says itself."""
    made = Report.objects.done().filter(file_sha256=file_sha256, content_sha256=None)
    report = made.order_by("finished_at", "pk").first()
    return report and MadeHere(registry.is_draft(report.kind), report.finished_at)


def marks_in(body: bytes) -> set[str]:
    """Content hashes that the metadata of a report's file would hold; a changed copy usually keeps them."""
    return {mark.decode() for mark in _MARK.findall(body)}


def short_code(content_sha256: str) -> str:
    """What is printed for typing by hand: "7F3C-91AB-04DE"."""
    head = content_sha256[:LEAST_DIGITS].upper()
    return "-".join(head[start : start + 4] for start in range(0, LEAST_DIGITS, 4))
