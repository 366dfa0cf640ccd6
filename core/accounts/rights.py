"""The one place that answers "may this person do that to this?", with the reason when not.

Each app registers its permissions as a table: for each role a rule, which may look at the object. Each
authentication backend knows one role and says who holds it today. `require` asks them in turn and returns
`Allowed` or `Denied`; a denial is shown to people, so it names its reason and what would lift it.
Higher apps add backends and permissions; this module knows neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import auth
from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.db import locks

Text = str | Promise
RIGHTS_LOCK = "rights"


@dataclass(frozen=True)
class Allowed:
    role: str
    detail: Any = None  # what the backend knows of the holder, e.g. the organisation he or she acts for

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    reason: Text
    remedy: Text = ""
    weight: int = 0  # among several denials the heaviest is shown: the one that knows most of the person
    gone: bool = False  # it was open to this person and is no longer: 410, and the page says what became of it

    def __bool__(self) -> bool:
        return False


Answer = Allowed | Denied
Rule = Callable[[Any, Any], Denied | None]  # (user, object) → a denial, or None where the role suffices


def always(user: Any, obj: Any) -> None:
    """The rule of a permission that the role alone gives."""


@dataclass(frozen=True)
class Permission:
    name: str  # "app.verb_object"
    label: Text
    roles: dict[str, Rule] = field(default_factory=dict)
    without_second_factor: bool = False  # stays open to roles that need one: what one adds it by

    @property
    def public(self) -> bool:
        return "visitor" in self.roles


_permissions: dict[str, Permission] = {}


def register(name: str, label: Text, *, without_second_factor: bool = False, **roles: Rule) -> Permission:
    """Adds a permission; called from `AppConfig.ready()`. A name stands once."""
    if name in _permissions:
        raise ValueError(f"Permission {name} is registered twice.")
    _permissions[name] = permission = Permission(name, label, roles, without_second_factor)
    return permission


def extend(name: str, **roles: Rule) -> None:
    """A higher app gives a permission of a lower one to a role of its own."""
    _permissions[name].roles.update(roles)


def permission(name: str) -> Permission:
    return _permissions[name]


def registered() -> Iterable[Permission]:
    return _permissions.values()


class PermissionRefused(PermissionDenied):
    """Raised by services and views; the 403 page shows `answer`."""

    def __init__(self, answer: Denied) -> None:
        super().__init__(str(answer.reason))
        self.answer = answer


SIGN_IN = Denied(_("This page is reserved to members."), _("Sign in with the address at which you were invited."))
NO_ROLE = Denied(
    _("Your account gives no access to this."),
    _("Ask the animators of the space if you think you should have it."),
)
INACTIVE = Denied(_("This account is closed."), _("Write to the animators of the space."))


def require(user: Any, name: str, obj: Any = None) -> Answer:
    """Whether `user` may do `name` to `obj`, by the rights of this moment."""
    wanted = permission(name)
    if wanted.public:
        refused = wanted.roles["visitor"](user, obj)
        if refused is None:
            return Allowed("visitor")
    if not user.is_authenticated:
        return SIGN_IN
    if not user.may_enter:
        return INACTIVE
    denials: list[Denied] = []
    for backend in auth.get_backends():
        decide = getattr(backend, "decide", None)
        answer = decide(user, wanted, obj) if decide else None
        if isinstance(answer, Allowed):
            return answer
        if isinstance(answer, Denied):
            denials.append(answer)
    return max(denials, key=lambda denied: denied.weight, default=NO_ROLE)


def allows(user: Any, name: str, obj: Any = None) -> bool:
    return bool(require(user, name, obj))


def check(user: Any, name: str, obj: Any = None) -> Allowed:
    """As `require`, but raises `PermissionRefused`."""
    answer = require(user, name, obj)
    if isinstance(answer, Denied):
        raise PermissionRefused(answer)
    return answer


def check_for_writing(user: Any, name: str, obj: Any = None) -> Allowed:
    """As `check`, inside the transaction of a service: holds the rights still until it ends.

    Takes the shared rights lock before it reads, so that a handover, which takes it exclusively, either
    came before (and this is refused) or waits until the write is done.
    """
    locks.hold_shared(RIGHTS_LOCK)
    memory(user).clear()
    return check(user, name, obj)


def memory(user: Any) -> dict[Any, Any]:
    """What backends remember of `user` for the length of one request (the object lives no longer)."""
    return user.__dict__.setdefault("_rights_memory", {})
