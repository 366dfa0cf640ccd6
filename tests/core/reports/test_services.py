"""Asking for a report: one row for one content, whoever asks however often."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from core.accounts.rights import PermissionRefused
from core.jobs import SubjectMissingError
from core.reports import jobs, services
from core.reports.enums import ReportState
from core.reports.models import Report
from sessions_app.documents import SESSION_DRAFT
from sessions_app.models import MinutesVersion
from tests import factories
from tests.core.reports.conftest import ask, publish
from tests.support.people import People
from tests.support.races import together


def test_a_request_is_a_queued_row(version: MinutesVersion, people: People) -> None:
    report = ask(version, people.member)

    assert report.state == ReportState.QUEUED
    assert report.requested_by == people.member
    assert report.content_sha256 == version.content_sha256
    assert report.title == "Rapport de la 21e session, version 1"
    assert report.queued_at is None


def test_asking_twice_gives_one_row(version: MinutesVersion, people: People) -> None:
    assert ask(version, people.member) == ask(version, people.animator)
    assert Report.objects.count() == 1


def test_another_version_is_another_report(version: MinutesVersion, people: People) -> None:
    first = ask(version, people.animator)
    later = factories.MinutesVersionFactory(
        session=version.session, author=people.animator, organisation=people.animating
    )

    assert ask(later, people.animator) != first


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_report(version: MinutesVersion, people: People, dead_broker: None) -> None:
    """Two requests at the very same moment, each in its own transaction."""

    def click() -> int:
        return ask(version, people.member).pk

    first, second = together(click, click)
    assert first == second
    assert Report.objects.count() == 1


def test_who_may_not_read_may_not_ask(version: MinutesVersion, people: People) -> None:
    with pytest.raises(PermissionRefused):
        ask(version, people.outsider)


def test_a_replaced_version_is_for_the_animators(version: MinutesVersion, people: People) -> None:
    factories.MinutesVersionFactory(session=version.session, author=people.animator, organisation=people.animating)

    with pytest.raises(PermissionRefused):
        ask(version, people.member)
    assert ask(version, people.animator).state == ReportState.QUEUED


def test_a_draft_is_for_the_animators(people: People, space: None) -> None:
    session = factories.MinutesFactory().session
    wanted: dict[str, Any] = {"kind": SESSION_DRAFT, "subject_id": session.public_id, "now": timezone.now()}

    with pytest.raises(PermissionRefused):
        services.request_report(by=people.member, **wanted)
    draft = services.request_report(by=people.animator, **wanted)
    assert draft.content_sha256 is None


def test_nothing_written_nothing_to_print(people: People, space: None) -> None:
    session = factories.SessionFactory()

    with pytest.raises(SubjectMissingError):
        services.request_report(
            kind=SESSION_DRAFT, subject_id=session.public_id, by=people.animator, now=timezone.now()
        )


def test_a_failed_report_is_tried_anew_in_a_new_row(version: MinutesVersion, people: People) -> None:
    report = ask(version, people.member)
    claimed = jobs.claim(report.pk, now=timezone.now())
    assert claimed
    jobs.fail(claimed, code="layout", detail="", now=timezone.now())
    report.refresh_from_db()

    again = services.retry(report=report, by=people.member, now=timezone.now())

    assert again.pk != report.pk
    assert again.state == ReportState.QUEUED


def test_who_asked_may_call_it_off(version: MinutesVersion, people: People) -> None:
    report = ask(version, people.member)

    with pytest.raises(PermissionRefused):
        services.cancel(report=report, by=people.animator, now=timezone.now())
    assert services.cancel(report=report, by=people.member, now=timezone.now()).state == ReportState.CANCELLED
    with pytest.raises(services.NotWaitingError):
        services.cancel(report=report, by=people.member, now=timezone.now())


def test_an_administrator_may_call_off_any(version: MinutesVersion, people: People) -> None:
    report = ask(version, people.member)

    assert services.cancel(report=report, by=people.administrator, now=timezone.now()).state == ReportState.CANCELLED


def test_requests_are_limited_but_existing_ones_are_free(
    version: MinutesVersion, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_NEW_AN_HOUR", 1)
    other = publish(people)
    first = ask(version, people.member)

    assert ask(version, people.member) == first
    with pytest.raises(services.TooManyReportsError):
        ask(other, people.member)
    assert ask(other, people.member, now=timezone.now() + dt.timedelta(hours=2)).state == ReportState.QUEUED


@pytest.mark.django_db(transaction=True)
def test_the_broker_gets_the_number_after_the_commit(
    version: MinutesVersion, people: People, start_worker: object
) -> None:
    report = ask(version, people.member)
    report.refresh_from_db()

    assert report.queued_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_costs_nothing(version: MinutesVersion, people: People, dead_broker: None) -> None:
    before = timezone.now()
    report = ask(version, people.member)
    report.refresh_from_db()

    assert timezone.now() - before < dt.timedelta(seconds=2)
    assert report.state == ReportState.QUEUED
    assert report.queued_at is None
