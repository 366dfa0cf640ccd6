"""Models of funding, by subject."""

from .counted import CountedLine
from .follow_up import BearerContact, Indicator, Measure, Reminder, Update, UpdatePlan
from .found_by import FoundBy
from .frozen import FrozenFigures
from .funder import Funder
from .import_run import ImportRun
from .initiative import Initiative, InitiativeDocument, StageChange
from .line import Amendment, FinancialReport, FundingLine, Instalment, LineChange, Payment
from .list_file import ListFile
from .programme import Commitment, Programme
from .pulse import Pulse
from .saved_view import SavedView

__all__ = [
    "Amendment",
    "BearerContact",
    "Commitment",
    "CountedLine",
    "FinancialReport",
    "FoundBy",
    "FrozenFigures",
    "Funder",
    "FundingLine",
    "ImportRun",
    "Indicator",
    "Initiative",
    "InitiativeDocument",
    "Instalment",
    "LineChange",
    "ListFile",
    "Measure",
    "Payment",
    "Programme",
    "Pulse",
    "Reminder",
    "SavedView",
    "StageChange",
    "Update",
    "UpdatePlan",
]
