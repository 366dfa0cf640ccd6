"""Reports of sessions: their kinds, what they print, where one stands, and whether a copy is authentic.

Importing this package registers them; `AppConfig.ready()` does.
"""

from core.reports import registry, verification
from sessions_app.documents.authenticity import verify
from sessions_app.documents.brief import SESSION_BRIEF, SessionBrief
from sessions_app.documents.kinds import SESSION_DRAFT, SESSION_REPORT, SessionDraft, SessionReport
from sessions_app.documents.public import PublicReport
from sessions_app.documents.record import RecordReport, verify_record
from sessions_app.documents.services import request_with_publication
from sessions_app.documents.status import SessionReportState, report_state
from sessions_app.minutes import in_force

__all__ = ["SESSION_BRIEF", "SESSION_DRAFT", "SESSION_REPORT", "SessionReportState", "report_state"]

in_force.register(request_with_publication)
registry.register(SessionReport())
registry.register(SessionBrief())
registry.register(SessionDraft())
registry.register(RecordReport())
registry.register(PublicReport())
verification.register(verify)
verification.register(verify_record)
