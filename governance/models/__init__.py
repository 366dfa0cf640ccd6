from .consultation import Ballot, Consultation, ConsultationDocument, Proxy, Voter
from .handover import Handover, HandoverDocument, HandoverStep, InterimRequest
from .legal import LegalIdentity
from .mandate import Mandate
from .pack import PackLine
from .register import Responsibility, SpaceEvent
from .rescued_form import RescuedFile, RescuedForm
from .rules import GovernanceRules

__all__ = [
    "Ballot",
    "Consultation",
    "ConsultationDocument",
    "GovernanceRules",
    "Handover",
    "HandoverDocument",
    "HandoverStep",
    "InterimRequest",
    "LegalIdentity",
    "Mandate",
    "PackLine",
    "Proxy",
    "RescuedFile",
    "RescuedForm",
    "Responsibility",
    "SpaceEvent",
    "Voter",
]
