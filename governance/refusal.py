"""One way to refuse: a sentence, a code for tests and logs, and the field it belongs to."""

from __future__ import annotations

from django.core.exceptions import ValidationError


def refusal(message: str, code: str, field: str = "") -> ValidationError:
    """To be raised; a form shows `message` at `field`, or above itself where there is none."""
    error = ValidationError(message, code=code)
    return ValidationError({field: [error]}) if field else error
