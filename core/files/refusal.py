"""Why a file was not taken."""

from __future__ import annotations

from django.core.exceptions import ValidationError


class UploadRefused(ValidationError):
    """Says in the sender's words what is wrong with the file; `code` says it to programs and tests."""
