"""What funding shows on the pages of organisations and sessions."""

from __future__ import annotations


def register() -> None:
    """Fills the slots of the pages of lower apps."""
