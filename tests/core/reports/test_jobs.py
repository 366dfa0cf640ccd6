"""The worker's side: one attempt at a time, told failures, nothing half-made."""

from __future__ import annotations

import datetime as dt
import errno
import os
import uuid
from pathlib import Path
from typing import Any

import pypdf
import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.db import lease
from core.jobs import FailureError, IllegalMoveError
from core.reports import errors, files, jobs, services, tasks
from core.reports.enums import MOVES, ReportState
from core.reports.models import Report
from core.reports.render import RenderError
from members.models import Membership
from sessions_app.documents import SESSION_DRAFT
from sessions_app.models import MinutesVersion
from tests import factories
from tests.core.reports.conftest import ask, make
from tests.support.people import People

# The heartbeat has a connection of its own; and no worker of another test may take the reports of these.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]


@pytest.fixture
def report(version: MinutesVersion, people: People) -> Report:
    return ask(version, people.member)


def claim(report: Report, *, later: float = 0) -> jobs.Claim:
    claimed = jobs.claim(report.pk, now=timezone.now() + dt.timedelta(seconds=later))
    assert claimed is not None
    return claimed


def parts() -> list[Path]:
    return list(files.absolute_path(files.FOLDER).rglob("*.part"))


def test_a_report_is_made(report: Report, version: MinutesVersion) -> None:
    make(report)

    body = files.absolute_path(report.file).read_bytes()
    assert report.state == ReportState.DONE
    assert report.attempt == 1
    assert report.file_name == "Rapport de la 21e session, version 1.pdf"
    assert (report.file_size, report.file_sha256) == (len(body), files.sha256(body))
    assert report.pages > 2
    assert b"sha256:" + version.content_sha256.encode() in body
    assert parts() == []


def test_asking_for_what_is_done_renders_nothing(report: Report, version: MinutesVersion, people: People) -> None:
    """One round of reading finds the finished file by its key: nothing is written, and nobody waits for a lock."""
    make(report)

    with CaptureQueriesContext(connection) as captured:
        assert ask(version, people.animator) == report
    statements = [query["sql"] for query in captured.captured_queries]
    assert not [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len([sql for sql in statements if 'FROM "reports_report"' in sql]) == 1
    assert not [sql for sql in statements if "pg_advisory_xact_lock(" in sql]
    assert len(statements) <= 10, "\n".join(statements)
    assert jobs.claim(report.pk, now=timezone.now()) is None


def test_only_one_worker_has_a_report(report: Report) -> None:
    claim(report)

    assert jobs.claim(report.pk, now=timezone.now()) is None


def test_a_lapsed_lease_is_taken_over_and_the_former_holder_finishes_nothing(report: Report) -> None:
    former = claim(report)
    newer = claim(report, later=lease.LEASE.total_seconds() + 1)

    with pytest.raises(lease.LeaseLostError):
        jobs.make(former)
    jobs.fail(former, code=errors.UNEXPECTED, detail="", now=timezone.now())
    report.refresh_from_db()
    assert (report.state, report.attempt, report.token) == (ReportState.RUNNING, 2, newer.token)
    jobs.make(newer)
    report.refresh_from_db()
    assert report.state == ReportState.DONE
    assert parts() == []


def test_a_called_off_report_is_not_finished(report: Report, people: People) -> None:
    claimed = claim(report)
    services.cancel(report=report, by=people.member, now=timezone.now())

    with pytest.raises(lease.LeaseLostError):
        jobs.make(claimed)
    report.refresh_from_db()
    assert report.state == ReportState.CANCELLED
    assert not files.absolute_path(files.relative_path(report.public_id)).exists()


def test_after_three_deaths_it_is_told(report: Report) -> None:
    for number in range(jobs.MOST_ATTEMPTS):
        claim(report, later=number * 3600)

    assert jobs.claim(report.pk, now=timezone.now() + dt.timedelta(days=1)) is None
    report.refresh_from_db()
    assert (report.state, report.error_code) == (ReportState.FAILED, errors.WORKER_LOST)


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, errors.DISK_FULL), (errno.EFBIG, errors.TOO_LARGE), (errno.EIO, errors.UNEXPECTED)],
)
def test_a_file_that_cannot_be_written_leaves_nothing(
    report: Report, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    claimed = claim(report)
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(FailureError) as caught:
        jobs.make(claimed)

    assert caught.value.code == code
    assert parts() == []
    assert not files.absolute_path(files.relative_path(report.public_id)).exists()


def test_what_a_killed_attempt_left_is_swept(report: Report) -> None:
    target = files.absolute_path(files.relative_path(report.public_id))
    target.parent.mkdir(parents=True, exist_ok=True)
    (target.parent / f"{report.public_id}.{uuid.uuid4().hex}.part").write_bytes(b"%PDF-1.7 half")

    make(report)

    assert parts() == []


def test_the_right_is_asked_again(report: Report, people: People) -> None:
    claimed = claim(report)
    Membership.objects.filter(organisation=people.member.positions.get().organisation).delete()

    with pytest.raises(FailureError) as caught:
        jobs.make(claimed)
    assert caught.value.code == errors.NOT_ALLOWED


def drawn(people: People, title: str) -> str:
    """The text of a draft's report of a session with that title."""
    session = factories.SessionFactory(title=title)
    factories.MinutesFactory(session=session)
    draft = services.request_report(
        kind=SESSION_DRAFT, subject_id=session.public_id, by=people.animator, now=timezone.now()
    )
    jobs.make(claim(draft))
    draft.refresh_from_db()
    return "".join(page.extract_text() for page in pypdf.PdfReader(files.absolute_path(draft.file)).pages)


def test_signs_without_font_are_spelled_by_their_number(people: People, space: None) -> None:
    assert "Signes [U+12000] rares" in drawn(people, "Signes \U00012000 rares")


def test_signs_that_cannot_even_be_spelled_are_told(people: People, report: Report, monkeypatch: Any) -> None:
    def helpless(*args: Any, **kwargs: Any) -> None:
        raise RenderError([".notdef"], ["\U00012000"])

    monkeypatch.setattr(jobs, "render", helpless)
    with pytest.raises(FailureError) as caught:
        jobs.make(claim(report))
    assert (caught.value.code, caught.value.detail) == (errors.SIGNS, "\U00012000")
    assert errors.reason(caught.value.code).shows_detail


@pytest.mark.parametrize(
    ("error", "code", "raised"),
    [
        (RuntimeError("a fault of ours"), errors.UNEXPECTED, True),
        (SoftTimeLimitExceeded(), errors.TOO_LONG, False),
        (RenderError(["Unknown property"]), errors.LAYOUT, False),
    ],
)
def test_whatever_stops_the_task_is_told_in_the_row(
    report: Report, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str, raised: bool
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(jobs, "render", broken)
    result = tasks.render_report.apply(kwargs={"report_id": report.pk})
    report.refresh_from_db()

    assert (report.state, report.error_code) == (ReportState.FAILED, code)
    assert result.failed() is raised  # ours goes to Celery's log as well


def test_a_refused_row_is_not_quoted_in_the_row_of_the_job(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asked for the report reads its row in the copy of his or her data."""
    factories.UserFactory(email="anne@exemple.example")
    other = factories.UserFactory()

    def broken(*args: Any, **kwargs: Any) -> None:
        type(other).objects.filter(pk=other.pk).update(email="anne@exemple.example")

    monkeypatch.setattr(jobs, "render", broken)
    tasks.render_report.apply(kwargs={"report_id": report.pk})
    report.refresh_from_db()
    assert report.error_detail.startswith("IntegrityError: duplicate key value")
    assert "anne@" not in report.error_detail


def test_a_task_for_nothing_does_nothing() -> None:
    assert tasks.render_report.apply(kwargs={"report_id": 0}).successful()


def test_a_draft_is_made_from_the_text_of_the_moment(people: People, space: None) -> None:
    session = factories.MinutesFactory().session
    wanted: dict[str, Any] = {"kind": SESSION_DRAFT, "subject_id": session.public_id, "by": people.animator}
    draft = services.request_report(**wanted, now=timezone.now())
    session.title = "Un autre titre"
    session.save()
    make(draft)

    assert draft.state == ReportState.DONE
    assert services.request_report(**wanted, now=timezone.now()) == draft


def test_a_name_that_changed_meanwhile_makes_the_other_report_the_one(
    report: Report, version: MinutesVersion, people: People
) -> None:
    claimed = claim(report)
    people.animator.last_name = "Nouveau-Nom"
    people.animator.save()
    other = ask(version, people.animator)

    with pytest.raises(FailureError) as caught:
        jobs.make(claimed)
    assert caught.value.code == errors.CHANGED
    assert other.pk != report.pk


class TestSweep:
    def test_it_takes_up_what_never_reached_the_broker(self, report: Report) -> None:
        now = timezone.now()

        assert jobs.requeue_stale(now=now) == []
        assert jobs.requeue_stale(now=now + dt.timedelta(seconds=6)) == [report]

    def test_it_takes_up_what_the_broker_forgot(self, report: Report) -> None:
        now = timezone.now()
        jobs.mark_queued(report.pk, now=now)

        assert jobs.requeue_stale(now=now + dt.timedelta(seconds=60)) == []
        assert jobs.requeue_stale(now=now + dt.timedelta(seconds=125)) == [report]

    def test_it_puts_back_what_a_dead_worker_held(self, report: Report) -> None:
        claim(report)
        now = timezone.now()

        assert jobs.requeue_stale(now=now) == []
        assert jobs.requeue_stale(now=now + lease.LEASE * 2) == [report]
        report.refresh_from_db()
        assert (report.state, report.attempt, report.token) == (ReportState.QUEUED, 1, None)

    def test_it_leaves_alone_what_ended(self, report: Report) -> None:
        make(report)

        assert jobs.requeue_stale(now=timezone.now() + dt.timedelta(days=1)) == []


class TestDatabase:
    def test_what_is_done_never_changes(self, report: Report) -> None:
        make(report)
        report.title = "Autre"

        with pytest.raises(IntegrityError, match="immutable"):
            report.save()
        with pytest.raises(Exception, match=r"permission denied|immutable"), transaction.atomic():
            report.delete()

    @pytest.mark.parametrize(
        "change",
        [
            "state = 'running'",
            "state = 'done', finished_at = now()",
            "state = 'failed', finished_at = now()",
            "state = 'cancelled'",
            "finished_at = now()",
        ],
    )
    def test_a_state_is_tied_to_its_dates(self, report: Report, change: str) -> None:
        with pytest.raises(IntegrityError), connection.cursor() as cursor:
            cursor.execute(f"UPDATE reports_report SET {change} WHERE id = %s", [report.pk])

    def test_one_live_row_a_key(self, report: Report) -> None:
        report.pk, report.public_id = None, uuid.uuid4()

        with pytest.raises(IntegrityError), transaction.atomic():
            report.save(force_insert=True)

    def test_only_legal_moves(self, report: Report) -> None:
        assert MOVES[ReportState.DONE] == ()
        report.state = ReportState.DONE
        with pytest.raises(IllegalMoveError):
            jobs.move(report, ReportState.RUNNING)
