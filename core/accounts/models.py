"""A person is one `User` row from the first invitation on, whether or not he or she ever signs in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts import addresses, rights
from core.accounts.personal_links import PersonalLink  # noqa: F401  (a model of this app)
from core.db.collation import FRENCH
from core.text import name_key


class UserQuerySet(models.QuerySet):
    def by_name(self) -> UserQuerySet:
        return self.order_by("last_name", "first_name", "pk")

    def may_enter(self) -> UserQuerySet:
        """As `User.may_enter`."""
        open_ones = self.filter(is_active=True)
        return open_ones if settings.DEMO_ALLOWED else open_ones.filter(is_demo=False)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A saved person; without a password only a code, a passkey or a personal link can sign in."""
        user = self.model(email=addresses.normal(email), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    public_id = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    first_name = models.CharField(_("first name"), max_length=80, db_collation=FRENCH)
    last_name = models.CharField(_("last name"), max_length=80, db_collation=FRENCH)
    language = models.CharField(
        _("language"), max_length=5, choices=[("fr", "français"), ("en", "English")], default="fr"
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    is_demo = models.BooleanField(_("demonstration account"), default=False)
    created_at = models.DateTimeField(_("known since"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]
    is_superuser = False  # there are none: rights come from positions, never from a flag

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("Somebody is already known under this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def clean(self) -> None:
        super().clean()
        self.email = addresses.normal(self.email)
        if addresses.owner_id(self.email) not in (None, self.pk):
            raise ValidationError({"email": _("Somebody is already known under this e-mail address.")})

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Together with the address of sign-in (see `addresses.keep_in_step`), or not at all."""
        super().save(*args, **kwargs)

    @property
    def may_enter(self) -> bool:
        """Whether the account can be used at all; those of the demonstration, whose password is public, not in production."""
        return self.is_active and (settings.DEMO_ALLOWED or not self.is_demo)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def is_called(self, first_name: str, last_name: str) -> bool:
        """Whether these are the person's names, whatever their capitals and accents."""
        given = (first_name, last_name)
        return [name_key(name) for name in given] == [name_key(name) for name in (self.first_name, self.last_name)]

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    if TYPE_CHECKING:
        _rights_memory: dict[Any, Any]

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        return rights.allows(self, permission, obj)

    def has_perms(self, permissions: list[str], obj: Any = None) -> bool:
        return all(self.has_perm(permission, obj) for permission in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
