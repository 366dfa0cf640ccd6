"""Models of funding, by subject."""

from .funder import Funder
from .import_run import ImportRun
from .initiative import Initiative, InitiativeDocument, StageChange
from .line import Amendment, FinancialReport, FundingLine, Instalment, Payment
from .programme import Commitment, Programme

__all__ = [
    "Amendment",
    "Commitment",
    "FinancialReport",
    "Funder",
    "FundingLine",
    "ImportRun",
    "Initiative",
    "InitiativeDocument",
    "Instalment",
    "Payment",
    "Programme",
    "StageChange",
]
