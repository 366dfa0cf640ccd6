from .answer import Answer, Guest
from .attendance import Attendance, Attendee, SignedSheet
from .calendar import FeedKey
from .change import SessionChange
from .checklist import PreparationTask, TemplateTask
from .circulation import AmendmentRequest, Circulation
from .date_finding import CandidateDate, DateAnswer, DatePoll
from .evaluation import Evaluation, EvaluationAnswer, EvaluationQuestion
from .follow_up import ActionItem, ActionReminder, Decision, DecisionRecord
from .material import Material, MaterialProposal
from .message import Message, MessageRecipient
from .minutes import Minutes, MinutesEntry, MinutesProposal, MinutesRevision, MinutesVersion
from .session import AgendaItem, Cycle, Session, Speaker
from .standing import RecordStanding, VersionStanding

__all__ = [
    "ActionItem",
    "ActionReminder",
    "AgendaItem",
    "AmendmentRequest",
    "Answer",
    "Attendance",
    "Attendee",
    "CandidateDate",
    "Circulation",
    "Cycle",
    "DateAnswer",
    "DatePoll",
    "Decision",
    "DecisionRecord",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationQuestion",
    "FeedKey",
    "Guest",
    "Material",
    "MaterialProposal",
    "Message",
    "MessageRecipient",
    "Minutes",
    "MinutesEntry",
    "MinutesProposal",
    "MinutesRevision",
    "MinutesVersion",
    "PreparationTask",
    "RecordStanding",
    "Session",
    "SessionChange",
    "SignedSheet",
    "Speaker",
    "TemplateTask",
    "VersionStanding",
]
