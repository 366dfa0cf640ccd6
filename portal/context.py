"""What every page shows around its content: navigation by what the reader may open, and who animates the space."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from core.accounts import second_factor
from core.web import navigation as registry
from governance.backends import running_mandate
from portal import home

THEMES = ("light", "dark")
THEME_COOKIE = "theme"


def navigation(request: HttpRequest) -> dict[str, object]:
    """Lazy: a fragment or an error page that shows no navigation asks nothing of the database."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "site_links": SimpleLazyObject(lambda: registry.links(request.user, request.path)),
        "member_round": SimpleLazyObject(lambda: home.seats(home.members(timezone.now()), AnonymousUser())),
        "owes_second_factor": SimpleLazyObject(lambda: second_factor.owed_by(request.user)),
        "running_mandate": SimpleLazyObject(lambda: running_mandate(request.user)),
        "theme": theme if theme in THEMES else "",
    }
