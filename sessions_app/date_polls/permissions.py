"""Who answers in the name of an organisation; drafts are seen by the animators alone, but for the dates asked about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.accounts.rights import Denied, always, register
from sessions_app.responses.permissions import ONLY_OBSERVES, acting_positions


def speaks(user: Any, poll: Any) -> Denied | None:
    return None if acting_positions(user) else ONLY_OBSERVES


register("sessions_app.answer_dates", _("say when one’s organisation is free"), member=speaks)
register("sessions_app.see_dates", _("see a search for a date"), member=always, animator=always)
register("sessions_app.find_date", _("search for a date and keep it"), animator=always)
