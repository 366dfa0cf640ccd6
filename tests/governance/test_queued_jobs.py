"""Jobs of the former animators: what was queued before the handover is refused when it is rendered and when it is fetched."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from core.formatting import names
from core.reports import errors
from core.reports.enums import ReportState
from core.reports.models import Report
from core.reports.services import request_report
from core.reports.tasks import render_report
from sessions_app.documents import SESSION_DRAFT
from sessions_app.models import Session
from tests import factories
from tests.governance.stage import Stage, set_stage


@pytest.fixture
def stage(transactional_db: None, settings: Any, tmp_path: Any) -> Stage:
    settings.MEDIA_ROOT = tmp_path
    factories.SpaceFactory()
    return set_stage()


@pytest.fixture
def session(stage: Stage) -> Session:
    found = factories.SessionFactory(items=1)
    factories.MinutesFactory(session=found)
    return found


def ask(stage: Stage, session: Session, role: str) -> Report:
    """The draft of minutes, which only animators may print."""
    return request_report(kind=SESSION_DRAFT, subject_id=session.public_id, by=stage.people[role], now=timezone.now())


def test_refused_when_it_is_rendered(stage: Stage, session: Session) -> None:
    report = ask(stage, session, "holder")
    stage.completed()
    render_report.apply(kwargs={"report_id": report.pk})
    report.refresh_from_db()
    assert (report.state, report.error_code, report.file) == (ReportState.FAILED, errors.NOT_ALLOWED, "")


def test_refused_when_it_is_fetched(stage: Stage, session: Session, signed_in: Any) -> None:
    report = ask(stage, session, "holder")
    render_report.apply(kwargs={"report_id": report.pk})
    report.refresh_from_db()
    assert report.state == ReportState.DONE
    address = f"/sessions/{session.number}/rapport/brouillon.pdf"
    former, incoming = signed_in(stage.people["holder"]), signed_in(stage.people["receiver"])
    served = former.get(address)
    assert served["Content-Type"] == "application/pdf"
    served.close()
    stage.completed()
    refused = former.get(address)
    assert refused.status_code == 403
    assert f"Le mandat d’animation {names.of(stage.holder.label)} a pris fin" in refused.text
    served = incoming.get(address)
    assert served.status_code == 200
    served.close()
