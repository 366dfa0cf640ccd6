"""Asking for an interim, and joining a request."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts import rights
from core.db.periods import today
from core.formatting import names
from core.transitions import Refusal
from governance.handovers import interim
from governance.handovers.forms import InterimForm, JoinForm
from governance.lookup import find_handover, sent, status_of, tell
from governance.models import GovernanceRules, Mandate
from members.backends import positions_of
from members.enums import PositionRole
from members.models import Organisation


def _own(user: Any, holder: Organisation) -> list[Organisation]:
    """Organisations in whose name `user` may ask."""
    return [
        position.organisation
        for position in positions_of(user)
        if position.role == PositionRole.REPRESENTATIVE and position.organisation != holder
    ]


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    rights.check(request.user, interim.ASK)
    holder = Mandate.objects.organisation_at(now)
    form = InterimForm(*sent(request), own=_own(request.user, holder), holder=holder, today=today(now))
    if request.method == "POST" and form.is_valid():
        try:
            handover = interim.request(by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except Refusal as refused:
            tell(request, refused)
            return redirect("governance:page")
        else:
            messages.success(request, _("The request is recorded; other members can join it."))
            return redirect(handover)
    context = {
        "form": form,
        "holder": holder,
        "rules": GovernanceRules.current(),
        "handover": None,
        "title": _("Ask for an interim"),
        "verb": _("Ask"),
        "consequence": _("All members are told, the organisation that animates too. Nobody’s rights change yet."),
        "ends": False,
    }
    return render(request, "governance/interim.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    handover = find_handover(request, public_id, interim.ASK)
    own = _own(request.user, handover.holder)
    form = JoinForm(*sent(request), own=own, holder=handover.holder, today=today(now))
    if request.method == "POST" and form.is_valid():
        try:
            interim.join(handover=handover, by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except Refusal as refused:
            tell(request, refused)
            return redirect(handover)
        else:
            messages.success(request, _("Your organisation has joined the request."))
            return redirect(handover)
    context = {
        "form": form,
        "holder": handover.holder,
        "rules": GovernanceRules.current(),
        "handover": handover,
        "title": _("Join the request for an interim"),
        "verb": _("Join"),
        "consequence": _(
            "With the last organisation needed, %(receiver)s is asked to accept. Nobody’s rights change yet."
        )
        % names.in_sentence(receiver=handover.receiver.label),
        "ends": False,
    }
    return render(request, "governance/interim.html", context, status=status_of(form))
