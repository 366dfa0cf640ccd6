"""Pages on which the register is kept: events, responsibilities, legal identity, rules."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts import rights
from core.db.periods import today
from governance import legal
from governance.lookup import sent, status_of
from governance.models import GovernanceRules, Handover, LegalIdentity, Responsibility, SpaceEvent
from governance.register import services
from governance.register.forms import EventForm, LegalIdentityForm, ResponsibilityForm, RulesForm
from members.models import Organisation


def _saved(request: HttpRequest, form: Form, save: Callable[..., Any]) -> bool:
    """Whether the form was sent and its service took it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save(by=request.user, values=form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("It is saved."))
    return True


def _page(request: HttpRequest, template: str, form: Form, title: str, **context: Any) -> HttpResponse:
    defaults = {"form": form, "title": title, "verb": _("Save"), "consequence": "", "ends": False}
    return render(request, template, {**defaults, **context}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def event(request: HttpRequest, public_id: uuid.UUID | None = None) -> HttpResponse:
    rights.check(request.user, services.KEEP)
    found = get_object_or_404(SpaceEvent, public_id=public_id) if public_id else None
    if found is not None and request.method == "POST" and "remove" in request.POST:
        services.remove_event(by=request.user, event=found)
        messages.success(request, _("The event is taken off the timeline."))
        return redirect("governance:page")
    form = EventForm(*sent(request), instance=found)
    if _saved(request, form, lambda **given: services.save_event(event=found, **given)):
        return redirect("governance:page")
    title = _("Change an event") if found else _("Add an event")
    return _page(request, "governance/event.html", form, title, event=found)


@require_http_methods(["GET", "POST"])
def responsibility(request: HttpRequest, public_id: uuid.UUID | None = None) -> HttpResponse:
    rights.check(request.user, services.KEEP)
    found = get_object_or_404(Responsibility, public_id=public_id) if public_id else None
    form = ResponsibilityForm(*sent(request), instance=found)
    save = services.save_responsibility
    if _saved(request, form, lambda **given: save(responsibility=found, **given)):
        return redirect("governance:page")
    title = _("Change a responsibility") if found else _("Add a responsibility")
    return _page(request, "governance/responsibility.html", form, title)


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "governance.set_rules")
    form = RulesForm(*sent(request), instance=GovernanceRules.current())
    if _saved(request, form, services.save_rules):
        return redirect("governance:page")
    consequence = _("They hold for what is opened from now on; an open consultation keeps its rules.")
    return _page(request, "governance/rules.html", form, _("Rules of governance"), consequence=consequence)


@require_http_methods(["GET", "POST"])
def legal_identity(request: HttpRequest, slug: str) -> HttpResponse:
    """What one organisation would have the legal pages say, and what it said before.

    The receiver of a handover that waits for it is led back there.
    """
    now = timezone.now()
    organisation = get_object_or_404(Organisation, slug=slug)
    rights.check(request.user, "governance.edit_legal_identity", organisation)
    history = list(LegalIdentity.objects.filter(organisation=organisation).order_by("-period", "-pk"))
    standing = next((row for row in history if today(now) in row.period), None)
    form = LegalIdentityForm(*sent(request), instance=standing)
    if _saved(request, form, lambda **given: legal.supply(organisation=organisation, now=now, **given)):
        waiting = Handover.objects.open().filter(receiver=organisation, accepted_at__isnull=False).first()
        return redirect(waiting) if waiting else redirect("governance:legal-identity", slug=slug)
    context = {"organisation": organisation, "history": [row for row in history if row != standing]}
    consequence = _(
        "The legal notice says this while this organisation animates the space. What it said before stays dated."
    )
    return _page(
        request, "governance/legal_identity.html", form, _("Legal identity"), consequence=consequence, **context
    )
