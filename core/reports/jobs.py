"""The worker's side of a report: claim, make, finish, fail; and what the sweep takes up again.

Every move is one short transaction that locks the row, checks the move against `enums.MOVES` and the token
against the worker's own. Nothing is rendered inside a transaction.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.accounts import rights
from core.db import lease, locks
from core.db.repeatable_read import repeatable_read
from core.jobs import FailureError, SubjectMissingError, change_state
from core.reports import errors, files, registry
from core.reports.enums import MOVES, ReportState, Step
from core.reports.models import Report
from core.reports.registry import FileKind, ReportContent, ReportKind
from core.reports.render import Rendered, RenderError, render

MOST_ATTEMPTS = 3
UNPUBLISHED_AFTER = dt.timedelta(
    seconds=5
)  # the request died between its commit and the broker, or the broker was away
SILENT_AFTER = dt.timedelta(
    minutes=2
)  # the broker has forgotten it, or the queue is long: a second message does no harm


@dataclass(frozen=True)
class Claim:
    """One attempt at one report; whoever holds the token may finish it."""

    report_id: int
    token: uuid.UUID


def move(report: Report, state: ReportState) -> None:
    """Changes the state in memory; the caller holds the row's lock and saves."""
    change_state(report, state, MOVES)


@transaction.atomic
def claim(report_id: int, *, now: dt.datetime) -> Claim | None:
    """Takes the report for this attempt; None where there is nothing to do: done, called off, or somebody is at it."""
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    if report is None or not report.is_waiting:
        return None
    if report.state == ReportState.RUNNING:
        if report.lease_until > now:
            return None
        if not _release(report, now):
            return None
    move(report, ReportState.RUNNING)
    report.attempt += 1
    report.started_at = now
    report.token = uuid.uuid4()
    report.lease_until = now + lease.LEASE
    report.step, report.progress_done, report.progress_total = Step.READING, 0, None
    report.save()
    return Claim(report.pk, report.token)


def make(claimed: Claim) -> None:
    """Reads, renders or writes, and finishes the claimed report.

    Raises `FailureError` for what is to be told, `lease.LeaseLostError` where somebody else has it now.
    """
    rows = Report.objects.filter(pk=claimed.report_id)
    with lease.held(rows, token=claimed.token) as heartbeat:
        report = rows.select_related("requested_by").get()
        files.sweep_parts(report.public_id)
        kind = registry.kind(report.kind)
        try:
            if isinstance(kind, FileKind):
                _write(report, kind, claimed, heartbeat)
            else:
                _print(report, kind, claimed, heartbeat)
        except RenderError as error:
            raise _told(error) from error
        except OSError as error:
            raise FailureError(errors.code_of(error), str(error)) from error


def _print(report: Report, kind: ReportKind, claimed: Claim, heartbeat: lease.Heartbeat) -> None:
    """A PDF: the content is read at one moment, and laid out outside any transaction."""
    content, html, key = _read(report, kind)
    _keep_key(report, claimed, key)

    def on_progress(step: Step, done: int, total: int | None) -> None:
        heartbeat.check()
        heartbeat.tell(step=step, progress_done=done, progress_total=total)

    rendered = _render(html, stylesheet=kind.stylesheet, identifier=key, images=content.images, on_progress=on_progress)
    heartbeat.tell(step=Step.WRITING, progress_done=0, progress_total=None)
    with files.ready_file(report.public_id, claimed.token, lambda file: file.write(rendered.pdf)) as part:
        heartbeat.check()
        finish(
            claimed,
            part=part,
            file_name=content.filename,
            pages=rendered.pages,
            pages_beyond=rendered.pages_beyond,
            now=timezone.now(),
        )


def _write(report: Report, kind: FileKind, claimed: Claim, heartbeat: lease.Heartbeat) -> None:
    """A file of rows: they are read at one moment while they are written, however many they are."""
    names: list[str] = []

    def on_progress(done: int, total: int | None) -> None:
        heartbeat.check()
        heartbeat.tell(step=Step.WRITING, progress_done=done, progress_total=total)

    def write(file: IO[bytes]) -> None:
        with repeatable_read(), translation.override(report.language):
            subject = _subject(report, kind)
            names.append(kind.file_type(subject).suffix)
            names.append(kind.write(subject, report.language, file, on_progress))

    with files.ready_file(report.public_id, claimed.token, write) as part:
        heartbeat.check()
        suffix, file_name = names
        finish(claimed, part=part, file_name=file_name, suffix=suffix, now=timezone.now())


@transaction.atomic
def finish(
    claimed: Claim,
    *,
    part: Path,
    file_name: str,
    now: dt.datetime,
    pages: int | None = None,
    pages_beyond: Sequence[int] = (),
    suffix: str = "pdf",
) -> None:
    """Moves the file to its place and the row to done, if the lease is still ours. `pages` and `pages_beyond` of a PDF."""
    report = _own(claimed)
    move(report, ReportState.DONE)
    _let_go(report, now)
    report.file_sha256, report.file_size = files.sha256_of(part), part.stat().st_size
    report.file = files.settle(part, report.public_id, suffix)
    report.file_name = file_name
    report.pages = pages
    report.pages_beyond = list(pages_beyond)
    report.save()


@transaction.atomic
def fail(claimed: Claim, *, code: str, detail: str, now: dt.datetime) -> None:
    """Tells why there is no file; nothing where somebody else has the report by now."""
    try:
        report = _own(claimed)
    except lease.LeaseLostError:
        return
    _fail(report, code=code, detail=detail, now=now)


@transaction.atomic
def give_back(claimed: Claim, *, now: dt.datetime) -> None:
    """Back to the queue at once from a worker that could not go on; the sweep hands it to the next."""
    try:
        report = _own(claimed)
    except lease.LeaseLostError:
        return
    if _release(report, now):
        report.save()


@transaction.atomic
def requeue_stale(*, now: dt.datetime, at_most: int = 200) -> list[Report]:
    """Reports that nobody works on, made ready to be queued again; the caller hands them to the broker.

    Two sweeps at once share the rows between them (`skip_locked`).
    """
    lost = Report.objects.lost(now=now, unpublished=UNPUBLISHED_AFTER, silent=SILENT_AFTER).order_by(
        "requested_at", "pk"
    )
    taken = []
    for report in lost.select_for_update(skip_locked=True)[:at_most]:
        if report.state == ReportState.RUNNING:
            if not _release(report, now):
                continue
            report.save()
        taken.append(report)
    return taken


def mark_queued(report_id: int, *, now: dt.datetime) -> None:
    """Notes that the broker has the report's number; it may have been claimed meanwhile."""
    Report.objects.filter(pk=report_id, state=ReportState.QUEUED).update(queued_at=now)


def _release(report: Report, now: dt.datetime) -> bool:
    """Back to the queue from a worker that died; after too many attempts failed instead (False)."""
    if report.attempt >= MOST_ATTEMPTS:
        _fail(report, code=errors.WORKER_LOST, detail=f"{report.attempt} attempts", now=now)
        return False
    move(report, ReportState.QUEUED)
    report.token = report.lease_until = report.started_at = None
    report.step, report.progress_done, report.progress_total = "", 0, None
    report.queued_at = None
    return True


def _own(claimed: Claim) -> Report:
    report = Report.objects.select_for_update().filter(pk=claimed.report_id, token=claimed.token).first()
    if report is None or report.state != ReportState.RUNNING:
        raise lease.LeaseLostError
    return report


def _fail(report: Report, *, code: str, detail: str, now: dt.datetime) -> None:
    move(report, ReportState.FAILED)
    _let_go(report, now)
    report.error_code = code
    report.error_detail = detail[:500]
    report.save()


def _let_go(report: Report, now: dt.datetime) -> None:
    report.finished_at = now
    report.token = report.lease_until = None
    report.step = ""


def _read(report: Report, kind: ReportKind) -> tuple[ReportContent, str, str]:
    """The content as it stands at one moment, its HTML and its key; the right is asked again."""
    with repeatable_read(), translation.override(report.language):
        subject = _subject(report, kind)
        key = registry.render_key(kind, kind.fingerprint(subject, report.language), report.language)
        content = kind.content(subject, report.language)
        html = print_html(kind, content, report.language)
    return content, html, key


def _subject(report: Report, kind: ReportKind) -> Any:
    """What the report is about, if it is still there and who asked still has the right."""
    try:
        subject = kind.subject(report.subject_id)
    except SubjectMissingError as error:
        raise FailureError(errors.GONE) from error
    answer = rights.require(report.requested_by, *kind.right_to_request(subject))
    if not answer:
        raise FailureError(errors.NOT_ALLOWED, str(answer.reason))
    return subject


def print_html(kind: ReportKind, content: ReportContent, language: str) -> str:
    """The document before it is laid out; the caller has activated `language`."""
    shown = {"title": content.title, "created": content.created, "language": language}
    return render_to_string(kind.template, {**content.context, **shown})


@transaction.atomic
def _keep_key(report: Report, claimed: Claim, key: str) -> None:
    """A draft, or a name, may have changed since the report was asked for: the row takes the key of what was read."""
    if report.render_key == key:
        return
    locks.hold_exclusive(f"report {key}")  # as who asks for it does: one live row a key
    if Report.objects.live().filter(render_key=key).exists():
        raise FailureError(errors.CHANGED)
    own = _own(claimed)
    own.render_key = key
    own.save(update_fields=["render_key"])


def _render(html: str, **options: Any) -> Rendered:
    """Signs that no font here can draw (a pictogram, a rare script) are spelled by their number.

    Published content is frozen: an emoji in a title must not keep its report from being printed for ever.
    """
    try:
        return render(html, **options)
    except RenderError as error:
        if not error.signs:
            raise
        spelled = {ord(sign): f"[U+{ord(sign):04X}]" for sign in error.signs if len(sign) == 1}
    return render(html.translate(spelled), **options)


def _told(error: RenderError) -> FailureError:
    if error.signs:
        return FailureError(errors.SIGNS, " ".join(error.signs))
    return FailureError(errors.LAYOUT, str(error))
