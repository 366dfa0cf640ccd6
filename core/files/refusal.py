"""Why a file was not taken."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class UploadRefused(ValidationError):
    """Says in the sender's words what is wrong with the file; `code` says it to programs and tests."""


def damaged() -> UploadRefused:
    return UploadRefused(_("This file is damaged; open it, save it anew and send it again."), "damaged")
