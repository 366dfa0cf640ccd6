"""Personal links: how a person who has never signed in acts on one thing, and on nothing else.

    token = issue(user=person, scope="governance.voice", about=("consultation", public_id), expires_at=end, now=now)
    link = find(token, scope="governance.voice", now=now)     # None: unknown, expired, revoked, closed account
    …                                                         # then the service asks link.user's rights, as ever
    note_use(link=link, now=now)

The link says who comes, not what he or she may do: the service that acts asks the rights of `link.user` at that
moment, so a link ends with the position it was sent for. Only a hash of the token is kept. The address of a link
shows a page with one POST button, because mail scanners follow links.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core import tokens

if TYPE_CHECKING:
    from core.accounts.models import User


class PersonalLink(models.Model):
    """One link: for whom, for what kind of act (`scope`), on which object."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="personal_links"
    )
    scope = models.CharField(_("what for"), max_length=60)
    object_kind = models.CharField(_("kind of object"), max_length=40)
    object_id = models.UUIDField(_("object"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        app_label = "accounts"
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        indexes = [models.Index(fields=["object_kind", "object_id"], name="personal_link_object")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="personal_link_expires_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.object_id}"


@transaction.atomic
def issue(*, user: User, scope: str, about: tuple[str, uuid.UUID], expires_at: dt.datetime, now: dt.datetime) -> str:
    """A new token for `user`; it is shown once and stands nowhere in the database. Earlier links stay valid."""
    token = tokens.new()
    kind, object_id = about
    link = PersonalLink(
        user=user,
        scope=scope,
        object_kind=kind,
        object_id=object_id,
        token_hash=tokens.digest(token),
        created_at=now,
        expires_at=expires_at,
    )
    link.full_clean()
    link.save(force_insert=True)
    return token


def find(token: str, *, scope: str, now: dt.datetime) -> PersonalLink | None:
    """The link of `token`, while it holds for `scope`; its user comes along."""
    from core.accounts.models import User

    valid = PersonalLink.objects.filter(
        scope=scope, expires_at__gt=now, revoked_at__isnull=True, user__in=User.objects.may_enter()
    )
    return valid.select_related("user").filter(token_hash=tokens.digest(token)).first()


def by_token(token: str, *, scope: str) -> PersonalLink | None:
    """The link of `token` whatever became of it, to say why it leads nowhere; `find` says whether it holds."""
    links = PersonalLink.objects.filter(scope=scope, token_hash=tokens.digest(token))
    return links.select_related("user").first()


@transaction.atomic
def note_use(*, link: PersonalLink, now: dt.datetime) -> None:
    PersonalLink.objects.filter(pk=link.pk).update(used_at=now)


def disown(token: str, *, scope: str, now: dt.datetime) -> None:
    """ "This is not me": the links of this person to this object lead nowhere any more; a second time changes nothing."""
    link = find(token, scope=scope, now=now)
    if link is not None:
        revoke(user=link.user, scope=scope, about=(link.object_kind, link.object_id), now=now)


@transaction.atomic
def revoke(
    *, now: dt.datetime, user: User | None = None, scope: str = "", about: tuple[str, uuid.UUID] | None = None
) -> int:
    """Revokes the links that match all that is given (at least a person or an object); how many."""
    if user is None and about is None:
        raise ValueError("Say whose links, or about what.")
    links = PersonalLink.objects.filter(revoked_at__isnull=True)
    if user is not None:
        links = links.filter(user=user)
    if scope:
        links = links.filter(scope=scope)
    if about is not None:
        links = links.filter(object_kind=about[0], object_id=about[1])
    return links.update(revoked_at=now)
