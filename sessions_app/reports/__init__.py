"""Reports of sessions: their kinds, what they print, where one stands, and whether a copy is authentic.

Importing this package registers them; `AppConfig.ready()` does.
"""

from core.reports import registry, verification
from sessions_app.reports.authenticity import verify
from sessions_app.reports.kinds import SESSION_DRAFT, SESSION_REPORT, SessionDraft, SessionReport
from sessions_app.reports.public import PublicReport
from sessions_app.reports.record import RecordReport, verify_record
from sessions_app.reports.state import SessionReportState, report_state

__all__ = ["SESSION_DRAFT", "SESSION_REPORT", "SessionReportState", "report_state"]

registry.register(SessionReport())
registry.register(SessionDraft())
registry.register(RecordReport())
registry.register(PublicReport())
verification.register(verify)
verification.register(verify_record)
