from .consultation import Consultation, ConsultationDocument, Proxy, Voice, Voter
from .handover import Handover, HandoverDocument, HandoverStep, InterimRequest
from .left import LeftFile, LeftText
from .legal import LegalIdentity
from .mandate import Mandate
from .pack import PackLine
from .register import Responsibility, SpaceEvent
from .rules import GovernanceRules

__all__ = [
    "Consultation",
    "ConsultationDocument",
    "GovernanceRules",
    "Handover",
    "HandoverDocument",
    "HandoverStep",
    "InterimRequest",
    "LeftFile",
    "LeftText",
    "LegalIdentity",
    "Mandate",
    "PackLine",
    "Proxy",
    "Responsibility",
    "SpaceEvent",
    "Voice",
    "Voter",
]
