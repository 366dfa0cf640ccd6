"""Changes of an announced session that its members have not been told of yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions_app.models.session import Session


class SessionChange(models.Model):
    """What a session said before its first untold change; `send_at` is when its members hear of all of them together."""

    session = models.OneToOneField(Session, models.CASCADE, verbose_name=_("session"), related_name="untold_change")
    before = models.JSONField(_("as it was"))  # see `sessions_app.sessions.changes.facts`
    by = models.JSONField(_("who changed it"), default=list)  # keys of people: they are not told
    send_at = models.DateTimeField(_("told at"), db_index=True)

    class Meta:
        verbose_name = _("change of a session")
        verbose_name_plural = _("changes of sessions")

    def __str__(self) -> str:
        return str(self.session)
