"""What a handover waits for, and from whom: said to every reader, whoever may do it. Fetches nothing."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from core.formatting import names as formatting_names
from core.formatting.dates import clock
from core.partial_dates.text import full_day
from governance.enums import HandoverState
from governance.models import Handover


def awaited(handover: Handover, now: dt.datetime) -> str:
    """A sentence in the language of the moment; "" once it has ended, or has taken effect."""
    names = formatting_names.in_sentence(holder=handover.holder.label, receiver=handover.receiver.label)
    state = handover.state_at(now)
    if state == HandoverState.SCHEDULED:
        moment = handover.incoming.starts_at
        values = {**names, "day": full_day(timezone.localtime(moment).date()), "time": clock(moment)}
        return _("%(Receiver)s animates the space from %(day)s, %(time)s on; nobody has to do anything.") % values
    if state == HandoverState.DRAFT and handover.is_interim:
        return (
            _("Other member organisations join the request; with the last one needed, it is put %(to_receiver)s.")
            % names
        )
    sentences = {
        HandoverState.DRAFT: _("A representative %(of_holder)s proposes it to the members."),
        HandoverState.PROPOSED: _("A representative %(of_receiver)s accepts it in principle, or declines it."),
        HandoverState.ACCEPTED: _("The members validate it, in a session; the animators record it."),
        HandoverState.VALIDATED: _("A representative %(of_holder)s hands the animation over."),
    }
    if handover.is_interim:
        sentences[HandoverState.ACCEPTED] = _(
            "The members answer the consultation; once it is closed, who asked for the interim records its result."
        )
        sentences[HandoverState.VALIDATED] = _("A representative %(of_receiver)s takes the animation on.")
    return sentences[state] % names if state in sentences else ""
