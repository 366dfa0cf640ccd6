"""Authentication backends of the ground: sign-in by allauth, and the administrators' role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend

from core.accounts import rights, second_factor
from core.accounts.rights import Allowed, Answer, Permission
from core.facts import Facts

if TYPE_CHECKING:
    from core.accounts.models import User

READER = Facts()  # of the User of a request: what every page shows of its reader


class RightsBackend:
    """Base of a backend that knows one role. Subclasses say who holds it, and with what."""

    role: str
    needs_second_factor = False  # where the space asks for one: see `second_factor`

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: int) -> None:
        return None

    def holder(self, user: Any) -> Allowed | rights.Denied | None:
        """`Allowed` for a holder, `Denied` where the person nearly is one and should hear why not, else None."""
        raise NotImplementedError

    def held_by(self, user: Any) -> Allowed | rights.Denied | None:
        """`holder`, asked once for each request of `user`."""
        key = ("holder", self.role)
        memory = rights.memory(user)
        if key not in memory:
            memory[key] = self.holder(user)
        return memory[key]

    def decide(self, user: Any, permission: Permission, obj: Any) -> Answer | None:
        rule = permission.roles.get(self.role)
        if rule is None:
            return None
        held = self.held_by(user)
        if not isinstance(held, Allowed):
            return held
        denied = rule(user, obj)  # falsy when it denies: compare with None
        if denied is not None:
            return denied
        bare = self.needs_second_factor and not permission.without_second_factor and second_factor.is_missing(user)
        return second_factor.MISSING if bare else held


class StaffBackend(RightsBackend):
    """Administrators keep the machine running; they prepare and publish nothing."""

    role = "administrator"
    needs_second_factor = True

    def holder(self, user: Any) -> Allowed | None:
        return Allowed(self.role) if user.is_staff else None


class SignInBackend(AllauthBackend):
    """allauth's sign-in by e-mail, without its answers from groups and permissions: nobody has any."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a request, with what every page shows of him or her."""
        from core.accounts.models import User

        user = User.objects.annotate(**READER.expressions()).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        """One look among the addresses of sign-in, where everybody stands; an unknown one costs a hash as well."""
        from core.accounts.models import User

        return self._check_password(User.objects.filter(emailaddress__email=email).first(), password)

    def user_can_authenticate(self, user: Any) -> bool:
        return user.may_enter

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False
