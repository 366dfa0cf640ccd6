"""An invitation of one person, at one address, to come in for the first time."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.querysets import InvitationQuerySet


class Invitation(models.Model):
    """One link. It is used once, ends by itself, by a newer one or by hand; a person has one open one at most.

    Only a hash of its token is kept. `by_mail`: it went to the person's own address, so that who has it is who is
    meant; one that was copied proves nothing and leads to a code by e-mail.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    by_mail = models.BooleanField(_("sent by e-mail"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("invited by"), related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    replaced = models.BooleanField(_("ended by a newer one"), default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at=None, ended_at=None),
                name="invitation_one_open",
                violation_error_message=_("This person was invited in this same moment."),
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(ended_at=None), name="invitation_accepted_or_ended"
            ),
            models.CheckConstraint(
                condition=Q(replaced=False) | Q(ended_at__isnull=False), name="invitation_replaced_is_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.email}"
