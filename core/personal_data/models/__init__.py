"""Rows about personal data; each subject has its module."""

from core.personal_data.models.breach import Breach, Risk
from core.personal_data.models.erasure import Erasure
from core.personal_data.models.export import PersonalExport
from core.personal_data.models.retention import RetentionPeriod
from core.personal_data.models.rights_request import Answer, Right, RightsRequest

__all__ = ["Answer", "Breach", "Erasure", "PersonalExport", "RetentionPeriod", "Right", "RightsRequest", "Risk"]
