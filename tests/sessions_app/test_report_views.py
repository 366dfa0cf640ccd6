"""The report on the pages: what each person sees and may do, with and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.reports import errors, files, jobs, services
from core.reports.enums import ReportState
from core.reports.models import Report
from sessions_app.documents import SESSION_BRIEF, SESSION_DRAFT, report_state
from sessions_app.documents.status import ReportStatus
from sessions_app.models import MinutesVersion, Session
from tests import factories
from tests.support.people import People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]
SignedIn = Callable[[Any], Client]
HTMX = {"HX-Request": "true"}
HERE = "/sessions/21/rapport/"


@pytest.fixture
def dead_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker of another test takes the reports of these."""
    from portal.celery import app

    monkeypatch.setattr(app.conf, "broker_url", "redis+socket:///nowhere/redis.sock")


@pytest.fixture
def session(people: People) -> Session:
    """Held, its minutes a draft."""
    factories.SpaceFactory()
    session = factories.SessionFactory(number=21, items=2)
    factories.MinutesFactory(session=session)
    return session


@pytest.fixture
def version(session: Session, people: People) -> MinutesVersion:
    return publish(session, people)


def publish(session: Session, people: People) -> MinutesVersion:
    version = factories.MinutesVersionFactory(
        session=session, author=people.animator, organisation=people.animating, published_at=timezone.now()
    )
    session.refresh_from_db()
    return version


def work() -> None:
    """The worker does what waits."""
    for report in Report.objects.waiting():
        claimed = jobs.claim(report.pk, now=timezone.now())
        assert claimed is not None
        jobs.make(claimed)


def fail(code: str, detail: str = "") -> None:
    for report in Report.objects.waiting():
        claimed = jobs.claim(report.pk, now=timezone.now())
        assert claimed is not None
        jobs.fail(claimed, code=code, detail=detail, now=timezone.now())


def work_beyond(pages: list[int]) -> None:
    """The worker makes what waits, with something beyond the margins of `pages`."""
    for report in Report.objects.waiting():
        claimed = jobs.claim(report.pk, now=timezone.now())
        assert claimed is not None
        with files.ready_file(report.public_id, claimed.token, lambda file: file.write(b"%PDF-1.7")) as part:
            jobs.finish(claimed, part=part, file_name="r.pdf", pages=9, pages_beyond=pages, now=timezone.now())


class TestStanding:
    def of(self, session: Session, user: Any) -> ReportStatus:
        return report_state(Session.objects.get(pk=session.pk), user).status

    def test_from_nothing_to_a_file(self, session: Session, people: People, signed_in: SignedIn) -> None:
        assert self.of(session, people.member) == ReportStatus.UNPUBLISHED
        publish(session, people)
        assert self.of(session, people.member) == ReportStatus.ABSENT
        signed_in(people.member).post(HERE)
        assert self.of(session, people.member) == ReportStatus.QUEUED
        jobs.claim(Report.objects.get().pk, now=timezone.now())
        assert self.of(session, people.member) == ReportStatus.RUNNING

    def test_done(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        signed_in(people.member).post(HERE)
        work()

        assert self.of(version.session, people.animator) == ReportStatus.DONE

    def test_failed_and_called_off(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        client = signed_in(people.member)
        client.post(HERE)
        fail(errors.LAYOUT)
        assert self.of(version.session, people.member) == ReportStatus.FAILED
        client.post(HERE)
        client.post(HERE, {"annuler": str(Report.objects.waiting().get().public_id)})
        assert Report.objects.filter(state=ReportState.CANCELLED).count() == 1
        assert self.of(version.session, people.member) == ReportStatus.FAILED  # the failure is still the last news

    def test_a_new_version_supersedes(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        signed_in(people.member).post(HERE)
        work()
        publish(version.session, people)

        assert self.of(version.session, people.animator) == ReportStatus.SUPERSEDED
        assert self.of(version.session, people.member) == ReportStatus.ABSENT  # a replaced file is not for members

    def test_the_draft_is_offered_to_animators_while_there_is_one(self, session: Session, people: People) -> None:
        assert report_state(session, people.animator).draft is not None
        assert report_state(session, people.member).draft is None
        assert report_state(session, people.former_animator).draft is None
        publish(session, people)
        assert report_state(Session.objects.get(pk=session.pk), people.animator).draft is None

    def test_in_few_queries_however_many_versions(self, version: MinutesVersion, people: People) -> None:
        def queries() -> int:
            session = Session.objects.select_related("minutes").get(pk=version.session.pk)
            people.member.__dict__.pop("_rights_memory", None)
            with CaptureQueriesContext(connection) as captured:
                report_state(session, people.member)
            return len(captured)

        once = queries()
        publish(version.session, people)
        publish(version.session, people)
        assert queries() == once <= 5


class TestPage:
    def test_post_asks_and_shows_the_page(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        client = signed_in(people.member)
        response = client.post(HERE)

        assert response.status_code == 302
        assert response["Location"] == HERE
        page = client.get(HERE).content.decode()
        assert f'<noscript><p><a class="btn btn-line" href="{HERE}">' in page
        assert 'hx-trigger="every 1s"' in page

    def test_polling_ends_with_the_work(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        client = signed_in(people.member)
        asked = client.post(HERE, headers=HTMX)
        assert 'hx-trigger="every 1s"' in asked.content.decode()
        work()
        done = client.get(HERE, headers=HTMX).content.decode()

        assert "hx-trigger" not in done
        assert reverse("sessions:report-file", args=[21]) in done
        assert "<noscript>" not in client.get(HERE).content.decode()

    def test_nothing_new_is_204(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        client = signed_in(people.member)
        client.post(HERE)
        seen = report_state(version.session, people.member).signature

        assert client.get(HERE, {"vu": seen}, headers=HTMX).status_code == 204
        work()
        assert client.get(HERE, {"vu": seen}, headers=HTMX).status_code == 200

    def test_a_failure_is_told_with_a_way_out(
        self, version: MinutesVersion, people: People, signed_in: SignedIn
    ) -> None:
        client = signed_in(people.member)
        client.post(HERE)
        fail(errors.SIGNS, "\U00012000")
        page = client.get(HERE).content.decode()

        assert "\U00012000" in page
        assert f'action="{HERE}"' in page

    def test_details_for_administrators_are_not_shown(
        self, version: MinutesVersion, people: People, signed_in: SignedIn
    ) -> None:
        client = signed_in(people.member)
        client.post(HERE)
        fail(errors.UNEXPECTED, "Traceback secret")

        assert "Traceback" not in client.get(HERE).content.decode()

    def test_without_minutes_a_clear_refusal(self, session: Session, people: People, signed_in: SignedIn) -> None:
        response = signed_in(people.member).post(HERE)

        assert response.status_code == 403
        assert Report.objects.count() == 0

    def test_draft_and_version_by_hand(self, session: Session, people: People, signed_in: SignedIn) -> None:
        client = signed_in(people.animator)
        client.post(HERE, {"brouillon": "1"})
        assert Report.objects.get().kind == SESSION_DRAFT
        work()
        assert client.head("/sessions/21/rapport/brouillon.pdf").status_code == 200
        assert signed_in(people.member).get("/sessions/21/rapport/brouillon.pdf").status_code == 403
        assert signed_in(people.member).post(HERE, {"brouillon": "1"}).status_code == 403
        publish(session, people)
        publish(session, people)
        client.post(HERE, {"version": "1"})
        work()
        assert client.head("/sessions/21/rapport/version-1.pdf").status_code == 200
        assert signed_in(people.member).get("/sessions/21/rapport/version-1.pdf").status_code == 410  # replaced

    def test_the_short_form_beside_the_long_one(
        self, version: MinutesVersion, people: People, signed_in: SignedIn
    ) -> None:
        client = signed_in(people.member)
        page = client.get("/sessions/21/").content.decode()
        assert '<input type="hidden" name="essentiel" value="1">' in page
        assert client.get("/sessions/21/rapport/essentiel.pdf").status_code == 404

        client.post(HERE, {"essentiel": "1"})
        assert [(row.kind, row.content_sha256) for row in Report.objects.all()] == [
            (SESSION_BRIEF, version.content_sha256)
        ]
        work()

        assert client.head("/sessions/21/rapport/essentiel.pdf").status_code == 200
        assert 'href="/sessions/21/rapport/essentiel.pdf"' in client.get("/sessions/21/").content.decode()
        assert signed_in(people.outsider).get("/sessions/21/rapport/essentiel.pdf").status_code == 403
        publish(version.session, people)  # a later version: the short form of the first is no longer that in force
        assert client.get("/sessions/21/rapport/essentiel.pdf").status_code == 404

    @pytest.mark.parametrize("sent", [{}, {"essentiel": "1"}])
    def test_what_does_not_fit_is_told_to_who_may_mend_it(
        self, version: MinutesVersion, people: People, signed_in: SignedIn, sent: dict[str, str]
    ) -> None:
        signed_in(people.member).post(HERE, sent)
        work_beyond([3, 4])

        told = signed_in(people.animator).get(HERE).content.decode()
        assert "Sur 2 pages, quelque chose dépasse de la marge" in told
        assert "Pages 3, 4. Raccourcissez" in told
        assert "dépasse de la marge" not in signed_in(people.member).get(HERE).content.decode()

    def test_a_draft_of_nothing(self, people: People, signed_in: SignedIn) -> None:
        factories.SessionFactory(number=21)
        client = signed_in(people.animator)

        assert client.post(HERE, {"brouillon": "1"}, headers=HTMX).status_code == 409
        assert client.post(HERE, {"brouillon": "1"}).status_code == 302

    def test_too_many(
        self, version: MinutesVersion, people: People, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "MOST_NEW_AN_HOUR", 0)

        assert signed_in(people.member).post(HERE, headers=HTMX).status_code == 409

    @pytest.mark.parametrize("values", [{"annuler": "x"}, {"annuler": "00000000-0000-0000-0000-000000000000"}])
    def test_calling_off_what_is_not_there(
        self, version: MinutesVersion, people: People, signed_in: SignedIn, values: dict[str, str]
    ) -> None:
        assert signed_in(people.member).post(HERE, values).status_code == 302
        assert Report.objects.count() == 0

    def test_a_version_that_does_not_exist(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        assert signed_in(people.animator).post(HERE, {"version": "7"}).status_code == 404


class TestFile:
    def test_before_it_exists(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        response = signed_in(people.member).get("/sessions/21/rapport.pdf")

        assert response.status_code == 404
        assert f'action="{HERE}"' in response.content.decode()

    def test_without_minutes(self, session: Session, people: People, signed_in: SignedIn) -> None:
        assert signed_in(people.member).get("/sessions/21/rapport.pdf").status_code == 404

    def test_the_newest(self, version: MinutesVersion, people: People, signed_in: SignedIn) -> None:
        client = signed_in(people.member)
        client.post(HERE)
        work()
        response = client.get("/sessions/21/rapport.pdf")

        assert b"".join(response.streaming_content).startswith(b"%PDF-1.7")
        response.close()
        assert client.head("/sessions/21/rapport.pdf").status_code == 200

    def test_a_replaced_version_is_not_the_newest(
        self, version: MinutesVersion, people: People, signed_in: SignedIn
    ) -> None:
        signed_in(people.member).post(HERE)
        work()
        publish(version.session, people)

        assert signed_in(people.animator).get("/sessions/21/rapport.pdf").status_code == 404

    def test_a_visitor_signs_in_first(self, version: MinutesVersion) -> None:
        response = Client().get("/sessions/21/rapport.pdf")

        assert response.status_code == 302
        assert "next=/sessions/21/rapport.pdf" in response["Location"]
