"""The page on which somebody takes over: who, what passes over and what stays, and the confirmation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts import rights
from core.accounts.models import User
from core.db.periods import today
from core.lifecycle import replacing
from core.lifecycle.replacing import Line
from core.transitions import Refusal
from members.models import Position
from members.people.services import MANAGE
from members.replacements import services
from members.replacements.forms import ReplacementForm
from members.replacements.services import REPLACE

PAGE = "members/replacements/replace.html"


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, public_id: uuid.UUID, position_id: uuid.UUID) -> HttpResponse:
    """A first POST shows what would pass over, a second one with `confirmed` does it."""
    positions = Position.objects.select_related("user", "organisation").filter(user__public_id=public_id)
    position = get_object_or_404(positions, public_id=position_id)
    rights.check(request.user, REPLACE, position.organisation)
    now = timezone.now()
    context: dict[str, Any] = {
        "position": position,
        "may_manage": rights.allows(request.user, MANAGE),
        "preview": None,
        "lines": [],
        "obstacle": services.obstacle(position, now),
        "kept": replacing.kept(),
    }
    if context["obstacle"]:
        return render(request, PAGE, context, status=HTTPStatus.CONFLICT)
    sent = request.POST if request.method == "POST" else None
    form = ReplacementForm(sent, position=position, known=_known(request.user, position), today=today(now))
    context["form"] = form
    if form.is_bound and form.is_valid():
        try:
            acts = {"position": position, "successor": form.successor, "terms": form.terms, "by": request.user}
            if form.cleaned_data["confirmed"] == "1":
                begun, lines = services.replace(**acts, now=now)
                messages.success(request, _done(position, begun, lines))
                return redirect(_after(request.user, position))
            context["preview"] = services.preview(**acts, now=now)
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, [str(reason) for reason in refusal.reasons])
        except ValidationError as error:
            form.add_error(None, error)
    if context["preview"]:
        context["lines"] = context["preview"].lines
    else:
        context["lines"] = replacing.preview(services.leaving_of(position, successor=None, by=request.user, now=now))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, PAGE, context, status=status)


def _known(user: Any, position: Position) -> QuerySet[User]:
    """Whom `user` may choose: who looks after people everybody, a representative the people of the organisation."""
    people = User.objects.may_enter().exclude(pk=position.user_id).by_name()
    if rights.allows(user, MANAGE):
        return people
    return people.filter(pk__in=Position.objects.filter(organisation=position.organisation).values("user"))


def _done(position: Position, begun: Position, lines: Iterable[Line]) -> str:
    sentence = _("%(successor)s takes over from %(leaver)s.") % {
        "successor": begun.user.get_full_name(),
        "leaver": position.user.get_full_name(),
    }
    passed = " · ".join(str(line.text) for line in lines if line.moves)
    if not passed:
        return sentence + " " + _("Nothing was under way.")
    return sentence + " " + _("Passed over: %(things)s.") % {"things": passed}


def _after(user: Any, position: Position) -> str:
    """The organisation's page; home for somebody whose own last position has just ended."""
    rights.memory(user).clear()
    if rights.allows(user, "members.view_organisation"):
        return position.organisation.get_absolute_url() + "#people"
    return "/"
