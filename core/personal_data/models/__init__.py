"""Rows about personal data; each subject has its module."""

from core.personal_data.models.export import PersonalExport
from core.personal_data.models.retention import RetentionPeriod

__all__ = ["PersonalExport", "RetentionPeriod"]
