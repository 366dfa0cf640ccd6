"""Entries of the navigation that belong to no app, and what waits for who looks after the machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from core import waiting
from core.accounts import rights
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.reports.enums import ReportState
from core.reports.models import Report
from core.web.navigation import register
from portal.filters import JOB_STATES, MAIL_STATES

register(_("Home"), "home", order=0)

register(_("E-mail addresses"), "account_email", permission="accounts.use_account", order=20, place="account")
register(_("Password"), "account_change_password", permission="accounts.use_account", order=30, place="account")
register(_("Second factor and passkeys"), "mfa_index", permission="accounts.use_account", order=40, place="account")
register(_("Where I am signed in"), "usersessions_list", permission="accounts.use_account", order=50, place="account")
if settings.SOCIALACCOUNT_PROVIDERS:
    register(
        _("Identity provider"),
        "socialaccount_connections",
        permission="accounts.use_account",
        order=60,
        place="account",
    )
register(_("Administration"), "administration:overview", permission="accounts.administer", order=90, place="account")

register(_("Check a document"), "reports:verify", order=10, place="resources")
register(_("Open data"), "open-data", order=30, place="resources")

register(_("Write to the animators"), "contact", order=5, place="information")
register(_("Legal notice"), "legal-notice", order=10, place="information")
register(_("Personal data"), "privacy", order=20, place="information")
register(_("Accessibility: not compliant"), "accessibility", order=30, place="information")


def troubles(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For administrators: mails that were refused or may not have left, and reports that failed; one task a kind."""
    if not rights.allows(user, "accounts.administer"):
        return
    unsent = OutboxMessage.objects.filter(state__in=[MailState.FAILED, MailState.UNCERTAIN]).order_by()
    rows = unsent.values("state").annotate(number=Count("pk"), first=Min("created_at"))
    for state, number, first in sorted(rows.values_list("state", "number", "first")):
        yield waiting.Task(
            title=(
                ngettext("%(number)s mail was refused", "%(number)s mails were refused", number)
                if state == MailState.FAILED
                else ngettext("%(number)s mail may not have left", "%(number)s mails may not have left", number)
            )
            % {"number": number},
            note=_("Look why, then send again."),
            url=f"{reverse('administration:mails')}?etat={_word(MAIL_STATES, state)}",
            action=_("See"),
            due=first,
            icon="envelope-simple",
            is_deadline=False,
            kind=f"mail {state}",
        )
    later = Report.objects.filter(
        kind=OuterRef("kind"), subject_id=OuterRef("subject_id"), requested_at__gt=OuterRef("requested_at")
    )  # it was asked for again: the failure waits for nobody
    reports = Report.objects.filter(~Exists(later), state=ReportState.FAILED)
    failed = reports.aggregate(number=Count("pk"), first=Min("requested_at"))
    if failed["number"]:
        yield waiting.Task(
            title=ngettext(
                "%(number)s report could not be made", "%(number)s reports could not be made", failed["number"]
            )
            % {"number": failed["number"]},
            note=_("Look why, then ask for it again."),
            url=f"{reverse('administration:jobs')}?etat={_word(JOB_STATES, ReportState.FAILED)}",
            action=_("See"),
            due=failed["first"],
            icon="warning",
            is_deadline=False,
        )


def _word(words: Mapping[str, str], state: str) -> str:
    """The word of a filter's address for that state."""
    return next(word for word, value in words.items() if value == state)


waiting.register(troubles)
