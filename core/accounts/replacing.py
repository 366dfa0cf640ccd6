"""What becomes of the account of somebody who leaves an organisation: it stays the person's own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.lifecycle import replacing
from core.lifecycle.replacing import Kept


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    replacing.leave_behind(
        Kept(
            order=70,
            what=_("Personal links that were sent to the leaver"),
            why=_("Each asks for the rights of the moment, so that it ends with the position."),
            relations=("accounts.PersonalLink.user",),
        )
    )
    replacing.leave_behind(
        Kept(
            order=90,
            what=_("The account, its addresses and its keys"),
            why=_("They are the person’s own; without a position they open nothing but the account."),
            relations=(
                "account.EmailAddress.user",
                "mfa.Authenticator.user",
                "socialaccount.SocialAccount.user",
                "usersessions.UserSession.user",
                "notifications.Preference.user",
                "personal_data.PersonalExport.user",
            ),
        )
    )
    replacing.leave_behind(
        Kept(
            order=80,
            what=_("Mails and notifications that were sent, reports, imports and files"),
            why=_("They say what happened, to whom and by whom."),
            relations=(
                "notifications.OutboxMessage.recipient",
                "notifications.Notification.recipient",
                "reports.Report.requested_by",
                "imports.Import.by",
                "core.StoredFile.uploaded_by",
                "personal_data.RightsRequest.answered_by",
                "personal_data.RightsRequest.person",
                "personal_data.Erasure.by",
                "personal_data.Breach.recorded_by",
                "pghistory.MiddlewareEvents.user",
            ),
        )
    )
