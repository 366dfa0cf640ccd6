"""The browsers in which one is signed in: listed, ended one by one or all others at once."""

from __future__ import annotations

from typing import Any

from allauth.core.internal.sessionkit import get_session_user
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


class OpenBrowsersView(ListUserSessionsView):
    """As allauth, which would remove here what has ended by itself: a GET never writes. The night removes it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = UserSession.objects.filter(user=self.request.user).order_by("created_at", "pk")
        found = [row for row in rows if _is_open(row)]
        shown = {"sessions": found, "session_count": len(found)}
        return super(ListUserSessionsView, self).get_context_data(**kwargs) | shown


def _is_open(row: UserSession) -> bool:
    """The session is there, and no new password has ended it."""
    return row.exists() and get_session_user(row._session_store(row.session_key)) is not None


@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Only of one's own; the browser that asks has its own way out, which looks after unsaved texts."""
    found = get_object_or_404(UserSession.objects.filter(user=request.user), pk=number)
    if found.is_current():
        return redirect("account_logout")
    found.end()
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


open_browsers = OpenBrowsersView.as_view()
