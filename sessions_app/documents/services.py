"""The report of a version that has just come into force is asked for with it, by who publishes."""

from __future__ import annotations

import datetime as dt
import logging

from core.accounts.models import User
from core.reports import services
from core.reports.enums import LANGUAGE
from sessions_app.documents.kinds import SESSION_REPORT
from sessions_app.models import MinutesVersion

logger = logging.getLogger(__name__)


def request_with_publication(*, version: MinutesVersion, by: User, now: dt.datetime) -> None:
    """Never stands in the way of publishing: where it is refused, the page offers the button, as for every report."""
    try:
        services.request_report(kind=SESSION_REPORT, subject_id=version.public_id, by=by, now=now, language=LANGUAGE)
    except services.ReportRefusedError as refused:
        logger.info("No report with version %s: %s", version.pk, refused.code)
