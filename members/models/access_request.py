"""That somebody from outside asks to come in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request for access", "to be answered")
    ACCEPTED = "accepted", pgettext_lazy("request for access", "accepted")
    REFUSED = "refused", pgettext_lazy("request for access", "refused")


class AccessRequest(models.Model):
    """What a visitor wrote, and the answer. `person`: who came in by it; the address may once be somebody else's."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    email = models.EmailField(_("e-mail address"), max_length=254)
    organisation_name = models.CharField(_("organisation"), max_length=160)
    why = models.TextField(_("why"), max_length=2000)
    language = models.CharField(_("language"), max_length=5, default="fr")
    state = models.CharField(_("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("answered by"), null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(state=RequestState.OPEN),
                name="access_request_one_open",
                violation_error_message=_("A request of this address waits already."),
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, answered_at=None, answered_by=None)
                | (~Q(state=RequestState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="access_request_answered",
            ),
            models.CheckConstraint(
                condition=(Q(state=RequestState.REFUSED) & ~Q(reason=""))
                | (~Q(state=RequestState.REFUSED) & Q(reason="")),
                name="access_request_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(state=RequestState.ACCEPTED), name="access_request_person_came_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}, {self.organisation_name}"

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"
