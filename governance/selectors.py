"""Answers about the animation of the space that other apps and pages ask for."""

from __future__ import annotations

import datetime as dt

from governance.models import LegalIdentity, Mandate
from members.models import Organisation


def animator_at(moment: dt.datetime) -> Organisation | None:
    """The organisation that held the animation at `moment`; None before the first mandate."""
    mandate = Mandate.objects.running(moment)
    return mandate.organisation if mandate else None


def legal_identity(now: dt.datetime) -> LegalIdentity | None:
    """What the legal pages say: the identity of the organisation that animates; None until it supplied one."""
    return LegalIdentity.objects.shown(now).select_related("organisation").first()
