"""What people answered to the invitation of a session, and the guests they bring."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.name_key import name_key_of
from sessions_app.models.session import Session
from sessions_app.responses.enums import AnswerChoice

_REPRESENTED = Q(choice=AnswerChoice.REPRESENTED)
_BY_SUBSTITUTE = Q(substitute__isnull=False, holder__isnull=True)
_BY_POUVOIR = Q(substitute__isnull=True, holder__isnull=False)
_BY_NOBODY = Q(substitute__isnull=True, holder__isnull=True)


# What `Answer.needs_confirmation` denies, for the database.
CONFIRMED = (Q(meeting_at=F("session__starts_at")) | Q(meeting_at=None, session__starts_at=None)) & (
    Q(meeting_until=F("session__ends_on")) | Q(meeting_until=None, session__ends_on=None)
)


@track
class Answer(models.Model):
    """One person's answer in the name of one organisation.

    Represented is either by a substitute of the same organisation (`substitute`), or by a pouvoir to another
    organisation (`holder`). `meeting_at` is the start of the session as it stood, `meeting_until` its last
    day where it had several: where the session has moved since, the answer asks to be confirmed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="answers")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="+"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+")
    choice = models.CharField(_("answer"), max_length=12, choices=AnswerChoice.choices)
    remotely = models.BooleanField(_("remotely"), default=False)
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("substitute"), null=True, blank=True, related_name="+"
    )
    holder = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("organisation that holds the pouvoir"),
        null=True,
        blank=True,
        related_name="+",
    )
    meeting_at = models.DateTimeField(null=True, blank=True)
    meeting_until = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recorded by"), related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["organisation__name", "user__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "organisation", "user"], name="answer_once"),
            models.UniqueConstraint(
                fields=["session", "organisation"],
                condition=Q(holder__isnull=False),
                name="answer_one_pouvoir",
                violation_error_message=_("Your organisation has given a pouvoir for this session already."),
            ),
            models.CheckConstraint(
                condition=(_REPRESENTED & (_BY_SUBSTITUTE | _BY_POUVOIR)) | (~_REPRESENTED & _BY_NOBODY),
                name="answer_represented_by_somebody",
                violation_error_message=_("Say who represents you: a substitute, or another organisation."),
            ),
            models.CheckConstraint(
                condition=Q(holder__isnull=True) | ~Q(holder=F("organisation")),
                name="answer_pouvoir_to_another",
                violation_error_message=_("A pouvoir goes to another organisation."),
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("user")),
                name="answer_substitute_is_another",
                violation_error_message=_("Nobody is his or her own substitute."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_choice_display()}"

    @property
    def by_substitute(self) -> bool:
        return self.substitute_id is not None

    @property
    def needs_confirmation(self) -> bool:
        """The session has moved since this was answered; `session` is at hand."""
        return (self.meeting_at, self.meeting_until) != (self.session.starts_at, self.session.ends_on)


@track
class Guest(models.Model):
    """Somebody an organisation brings along, who has no place in the space."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="guests")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("invited by"), related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function or organisation"), max_length=120, blank=True)
    came = models.BooleanField(_("was there"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["organisation__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "session",
                "organisation",
                name_key_of("name"),
                name="guest_once",
                violation_error_message=_("This guest is announced already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
