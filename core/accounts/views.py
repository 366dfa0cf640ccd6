"""Confirming that it is oneself by a code, for people who have neither password nor second factor."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import BaseConfirmCodeForm
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

_PENDING = "reauthentication_code"  # in the session: {"code", "at", "failed"}


class ReauthenticateByCodeView(BaseReauthenticateView):
    """GET shows the page and sends nothing; POST `send` mails a code, any other POST compares one."""

    template_name = "account/reauthenticate_by_code.html"
    form_class = BaseConfirmCodeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "send" in request.POST:
            return self._send()
        if self._pending() is None:
            messages.error(request, _("This code is no longer valid; ask for another."))
            return HttpResponseRedirect(self._here())
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"code": (self._pending() or {}).get("code", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = self.request.user.email
        return super().get_context_data(**kwargs) | {"address": address, "sent": self._pending() is not None}

    def form_valid(self, form: BaseConfirmCodeForm) -> HttpResponse:
        del self.request.session[_PENDING]
        user = self.request.user
        record_authentication(self.request, user, method="code", email=user.email, reauthenticated=True)
        return super().form_valid(form)

    def form_invalid(self, form: BaseConfirmCodeForm) -> HttpResponse:
        pending = self.request.session[_PENDING]
        failed = pending["failed"] + 1
        if failed < app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS:
            self.request.session[_PENDING] = pending | {"failed": failed}
            return super().form_invalid(form)
        del self.request.session[_PENDING]
        messages.error(self.request, _("This code is no longer valid; ask for another."))
        return HttpResponseRedirect(self._here())

    def _send(self) -> HttpResponse:
        adapter = get_adapter()
        code = adapter.generate_login_code()
        self.request.session[_PENDING] = {"code": code, "at": time.time(), "failed": 0}
        adapter.send_mail("account/email/login_code", self.request.user.email, {"code": code})
        return HttpResponseRedirect(self._here())

    def _pending(self) -> dict[str, Any] | None:
        pending = self.request.session.get(_PENDING)
        late = pending is not None and time.time() - pending["at"] > app_settings.LOGIN_BY_CODE_TIMEOUT
        return None if late else pending

    def _here(self) -> str:
        return self.passthrough_next_url(reverse("account_reauthenticate_by_code"))


reauthenticate_by_code = ReauthenticateByCodeView.as_view()
