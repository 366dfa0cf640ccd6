"""How a correction is answered: the one table of legal moves."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.transitions import Table, Text, Transition
from watch.enums import CorrectionMove, CorrectionState
from watch.models import Correction

OVERTAKEN = _("This correction is answered already.")
NOT_OUT = _("The entry is not published any more.")
NO_REASON = _("Say why.")
ANSWER = "watch.answer_correction"


def is_out(correction: Correction, now: dt.datetime, reason: str) -> Text | None:
    return None if correction.item.is_out else NOT_OUT


def needs_reason(correction: Correction, now: dt.datetime, reason: str) -> Text | None:
    return None if reason.strip() else NO_REASON


_S, _M = CorrectionState, CorrectionMove
TABLE: Table[CorrectionMove] = Table(
    {
        _M.ACCEPT: Transition(
            (_S.OPEN,),
            _S.ACCEPTED,
            guards=(is_out,),
            permission=ANSWER,
            consequence=_("The entry says so from now on; who proposed it is told."),
        ),
        _M.REFUSE: Transition(
            (_S.OPEN,),
            _S.REFUSED,
            guards=(needs_reason,),
            permission=ANSWER,
            asks_reason=True,
            consequence=_("The entry stays as it is; who proposed it is told why."),
        ),
        _M.WITHDRAW: Transition(
            (_S.OPEN,),
            _S.WITHDRAWN,
            permission="watch.withdraw_correction",
            consequence=_("The entry stays as it is."),
        ),
    },
    overtaken=OVERTAKEN,
)
