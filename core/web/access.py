"""Which views answer visitors: none but those marked here. `core.web.middleware` refuses the others, a test walks them all."""

from __future__ import annotations

from collections.abc import Callable

PUBLIC_MODULES = ("allauth.", "health_check.")  # these decide for themselves


def public(view: Callable) -> Callable:
    """Opens a view to visitors. Every other address asks to sign in."""
    view.is_public = True
    return view


def is_public(view: Callable) -> bool:
    """Whether `view` (a function or a class's `as_view()`) answers visitors."""
    if getattr(view, "is_public", False) or getattr(getattr(view, "view_class", None), "is_public", False):
        return True
    return view.__module__.startswith(PUBLIC_MODULES)
