"""Permissions of personal data: what everybody may ask about himself or herself, whatever his or her role."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.rights import Denied, always, register


def _own(user: Any, obj: Any) -> Denied | None:
    """Who has lost every position still has this right; `obj` is a `PersonalExport`, or None for the page."""
    if not user.is_authenticated:
        return rights.SIGN_IN
    if not user.may_enter:
        return rights.INACTIVE
    return None if obj is None or obj.user_id == user.pk else rights.NO_ROLE


register(
    "personal_data.manage", _("look after personal data: periods, requests, erasures, breaches"), administrator=always
)
register("personal_data.receive_own", _("receive what is held about oneself"), visitor=_own)
