"""The kinds of report, registered by the apps that know their content; this app only makes and keeps files.

An app subclasses `ModelReportKind` (or `ReportKind`) and calls `register(Kind())` in `AppConfig.ready()`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise

from core import canonical
from core.jobs import SubjectMissingError
from core.reports.render import RENDERER, print_file


@dataclass(frozen=True)
class Fingerprint:
    """What decides the bytes of a report, besides its template.

    `content_sha256` names frozen content, None for a draft. `parts` is whatever else a reader would see
    (names of people as shown, the audience): canonical JSON.
    """

    title: str
    content_sha256: str | None
    parts: Any


@dataclass(frozen=True)
class ReportContent:
    """What one report prints. `context` feeds the template, `filename` (with .pdf) is what a reader saves.

    `created` goes into the file's metadata: a date of the content, never of the rendering, or two renderings
    would differ. `images` are the only pictures besides those under static/print/, by the name used in `src`.
    """

    title: str
    filename: str
    context: Mapping[str, Any]
    created: dt.datetime
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class FileType:
    suffix: str  # of the name, without the dot
    media_type: str


PDF = FileType("pdf", "application/pdf")


class ReportKind:
    """One kind of report. Class attributes say what it is, methods read its content."""

    name: str
    label: str | Promise
    template: str
    stylesheet = "print/report.css"
    revision = 1  # grows when Python or a translation changes what is printed; templates count by themselves
    queue = "reports"
    subject_kind: str
    is_draft = False  # a file of it is told as a draft without value where it is handed in for checking

    def subject(self, subject_id: uuid.UUID) -> Any:
        """The row the report is about, with what the other methods need; raises `SubjectMissingError`."""
        raise NotImplementedError

    def right_to_request(self, subject: Any) -> tuple[str, Any]:
        """The permission to ask for the report, and the object it is asked of."""
        raise NotImplementedError

    def right_to_fetch(self, subject: Any) -> tuple[str, Any]:
        """The permission to read the file; the same as to ask for it unless a kind says otherwise."""
        return self.right_to_request(subject)

    def right_to_mend(self, subject: Any) -> tuple[str, Any]:
        """The permission to change what is printed: its holders are told of what does not fit on its page."""
        return self.right_to_request(subject)

    def fingerprint(self, subject: Any, language: str) -> Fingerprint:
        raise NotImplementedError

    def content(self, subject: Any, language: str) -> ReportContent:
        raise NotImplementedError

    def file_type(self, subject: Any) -> FileType:
        return PDF

    def made_with(self) -> dict[str, Any]:
        """What decides the bytes besides content and language."""
        return {
            "template": template_revision(self.template, self.stylesheet),
            "revision": self.revision,
            "renderer": RENDERER,
        }


class ModelReportKind(ReportKind):
    """A kind about one row of `model`, found by its public id: it says title, parts and context, the rest is the same."""

    model: type[Model]

    def rows(self) -> QuerySet:
        """The rows it may be about, with what the other methods need."""
        return self.model._default_manager.all()

    def subject(self, subject_id: uuid.UUID) -> Any:
        found = self.rows().filter(public_id=subject_id).first()
        if found is None:
            raise SubjectMissingError(subject_id)
        return found

    def title(self, subject: Any) -> str:
        """The title in the file, and its name on a reader's disk; asked in the language of the document."""
        raise NotImplementedError

    def content_sha256(self, subject: Any) -> str | None:
        """Of frozen content; None for what is read as it stands."""
        return None

    def parts(self, subject: Any) -> Any:
        """Whatever else a reader would see, as canonical JSON."""
        raise NotImplementedError

    def context(self, subject: Any) -> Mapping[str, Any]:
        """What the template prints."""
        raise NotImplementedError

    def created(self, subject: Any) -> dt.datetime:
        """A date of the content."""
        raise NotImplementedError

    def fingerprint(self, subject: Any, language: str) -> Fingerprint:
        with translation.override(language):
            return Fingerprint(self.title(subject), self.content_sha256(subject), self.parts(subject))

    def content(self, subject: Any, language: str) -> ReportContent:
        with translation.override(language):
            title = self.title(subject)
            return ReportContent(title, f"{title}.pdf", self.context(subject), self.created(subject))


class FileKind(ReportKind):
    """A kind that is written, not printed: a table, an archive. Its rows are read while they are written."""

    def made_with(self) -> dict[str, Any]:
        return {"revision": self.revision}

    def file_type(self, subject: Any) -> FileType:
        raise NotImplementedError

    def write(self, subject: Any, language: str, file: IO[bytes], tell: Callable[[int, int | None], None]) -> str:
        """Writes the file and returns the name a reader saves it under; all is read at one moment.

        `tell(done, total)` is to be called now and then: it shows progress, and stops the work that was called off.
        """
        raise NotImplementedError


_PRINTED = {".css", ".svg", ".ttf", ".png"}
_kinds: dict[str, ReportKind] = {}


def register(kind: ReportKind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"Report kind {kind.name} is registered twice.")
    _kinds[kind.name] = kind


def kind(name: str) -> ReportKind:
    return _kinds[name]


def is_draft(name: str) -> bool:
    """Whether files of this kind are drafts; a kind that is no longer registered made none."""
    return name in _kinds and _kinds[name].is_draft


def registered() -> Iterable[ReportKind]:
    return _kinds.values()


def render_key(chosen: ReportKind, fingerprint: Fingerprint, language: str) -> str:
    """64 hexadecimal digits: equal exactly where the file would be equal byte for byte."""
    return canonical.sha256(
        {
            "kind": chosen.name,
            **chosen.made_with(),
            "language": language,
            "address": settings.BASE_URL,  # printed beside the code and in links
            "content": fingerprint.content_sha256,
            "parts": fingerprint.parts,
        }
    )


@cache
def template_revision(template: str, stylesheet: str) -> str:
    """A hash over the template, those beside it that it may include, and everything under static/print/.

    Read once in the life of a process: a changed template makes another file without anybody counting.
    """
    source = Path(get_template(template).origin.name)
    files = sorted(source.parent.glob(f"*{source.suffix}"))
    files += sorted(path for path in print_file(stylesheet).parent.rglob("*") if path.suffix in _PRINTED)
    return canonical.sha256([[path.name, hashlib.sha256(path.read_bytes()).hexdigest()] for path in files])
