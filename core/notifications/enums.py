"""States of a mail on its way."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class MailState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("mail", "waiting")
    TAKEN = "taken", pgettext_lazy("mail", "taken up")  # a worker connects; nothing has left yet
    SENDING = "sending", pgettext_lazy("mail", "being sent")  # it may have left
    SENT = "sent", pgettext_lazy("mail", "sent")
    FAILED = "failed", pgettext_lazy("mail", "refused")
    UNCERTAIN = "uncertain", pgettext_lazy("mail", "uncertain")


HELD = (MailState.TAKEN, MailState.SENDING)

# from → to; every change of state passes `outbox`, which asks this table
MOVES = {
    # to "uncertain" from the first two: only in a database that was restored from a backup
    MailState.QUEUED: {MailState.TAKEN, MailState.FAILED, MailState.UNCERTAIN},
    MailState.TAKEN: {MailState.QUEUED, MailState.SENDING, MailState.FAILED, MailState.UNCERTAIN},
    MailState.SENDING: {MailState.QUEUED, MailState.SENT, MailState.FAILED, MailState.UNCERTAIN},
    MailState.SENT: set(),
    MailState.FAILED: {MailState.QUEUED},
    MailState.UNCERTAIN: {MailState.QUEUED},
}


class Delivery(models.TextChoices):
    """How a person wants to hear of one kind of notification, beside the list in the portal."""

    AT_ONCE = "at_once", _("by mail at once")
    WEEKLY = "weekly", _("in a mail each Monday")
    NEVER = "never", _("in the portal only")
