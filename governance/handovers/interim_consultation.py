"""The consultation that an interim asks of the members; it opens by itself, since nobody animates meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.formatting import names as formatting_names
from governance.consultations import services
from governance.consultations.services import Question
from governance.models import Consultation, Handover

if TYPE_CHECKING:
    from core.accounts.models import User


def ask_members(handover: Handover, *, by: User, now: dt.datetime) -> Consultation:
    """Opens the question, in the language of the space, for as many days as the rules say."""
    with translation.override(settings.LANGUAGE_CODE):
        names = formatting_names.in_sentence(holder=handover.holder.label, receiver=handover.receiver.label)
        question = Question(
            title=_("Interim animation by %(receiver)s") % names,
            question=_(
                "Do you agree that %(receiver)s animate the space for an interim, in place %(of_holder)s, who does"
                " not answer?"
            )
            % names,
            context="\n\n".join(
                f"{request.organisation.label}\n{request.reason}"
                for request in handover.requests.select_related("organisation")
            ),
        )
    consultation = services.prepare(by=by, question=question, handover=handover, now=now)
    return services.open_by_hand(consultation=consultation, by=by, now=now)
