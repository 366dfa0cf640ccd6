"""Models of funding, by subject."""

from .follow_up import BearerContact, Indicator, Measure, Reminder, Update, UpdatePlan
from .frozen import FrozenFigures
from .funder import Funder
from .initiative import Initiative, InitiativeDocument, StageChange
from .line import Amendment, FinancialReport, FundingLine, Instalment, LineChange, Payment
from .line_fact import FundingLineFact
from .list_file import ListFile
from .programme import Commitment, Programme
from .revision import FundingRevision
from .search_index import InitiativeSearchIndex

__all__ = [
    "Amendment",
    "BearerContact",
    "Commitment",
    "FinancialReport",
    "FrozenFigures",
    "Funder",
    "FundingLine",
    "FundingLineFact",
    "FundingRevision",
    "Indicator",
    "Initiative",
    "InitiativeDocument",
    "InitiativeSearchIndex",
    "Instalment",
    "LineChange",
    "ListFile",
    "Measure",
    "Payment",
    "Programme",
    "Reminder",
    "StageChange",
    "Update",
    "UpdatePlan",
]
