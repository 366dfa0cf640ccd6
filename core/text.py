"""Small helpers for text in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import lazy


def lazy_text(function: Callable[..., str]) -> Callable[..., str]:
    """Puts off `function` until its text is shown, so that it is written in the reader's language."""
    return lazy(function, str)
