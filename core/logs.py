"""How the portal logs: one JSON object a line for a collector, and no traceback for what is no fault."""

from __future__ import annotations

import json
import logging

from django.core.exceptions import PermissionDenied, SuspiciousOperation


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


class BriefRefusals(logging.Filter):
    """A refused page or a form that is too large is told in one line: where it was raised helps nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied | SuspiciousOperation):
            record.exc_info = record.exc_text = None
        return True
