"""Models of funding, by subject."""

from .follow_up import BearerContact, Indicator, Measure, Reminder, Update, UpdatePlan
from .funder import Funder
from .import_run import ImportRun
from .initiative import Initiative, InitiativeDocument, StageChange
from .line import Amendment, FinancialReport, FundingLine, Instalment, Payment
from .programme import Commitment, Programme
from .pulse import Pulse

__all__ = [
    "Amendment",
    "BearerContact",
    "Commitment",
    "FinancialReport",
    "Funder",
    "FundingLine",
    "ImportRun",
    "Indicator",
    "Initiative",
    "InitiativeDocument",
    "Instalment",
    "Measure",
    "Payment",
    "Programme",
    "Pulse",
    "Reminder",
    "StageChange",
    "Update",
    "UpdatePlan",
]
