"""Answers about the animation of the space that pages of other rooms ask for."""

from __future__ import annotations

import datetime as dt

from governance.models import LegalIdentity


def legal_identity(now: dt.datetime) -> LegalIdentity | None:
    """What the legal pages say: the identity of the organisation that animates; None until it supplied one."""
    return LegalIdentity.objects.shown(now).select_related("organisation").first()
