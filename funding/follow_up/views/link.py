"""The page of a bearer's personal link: one form, and nothing changes before its button is pressed."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import personal_links
from core.accounts.rights import PermissionRefused
from core.db.periods import today
from core.forms.sent import sent_values
from funding.enums import UpdateState
from funding.follow_up import contacts
from funding.follow_up.forms import UnsentForm, UpdateForm
from funding.follow_up.views.updates import refusal, save
from funding.models import UpdatePlan

GONE = HTTPStatus.GONE


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The oldest update that is expected. Scanners of mail follow links: GET and HEAD change nothing."""
    now = timezone.now()
    found = contacts.find(token, now=now)
    if found is None:
        return render(request, "funding/follow_up/link_ended.html", status=GONE)
    link, initiative = found
    expected = list(initiative.updates.awaited()[:2])
    update = expected[0] if expected else None
    form = None
    if update is not None:
        update.initiative = initiative
        form = UpdateForm(request.POST or None, update=update)
    if request.method == "POST" and form is not None:
        try:
            done = save(form, update, request, by=link.user)
        except PermissionRefused:
            return render(request, "funding/follow_up/link_ended.html", status=GONE)
        if done:
            personal_links.note_use(link=link, now=now)
            update.refresh_from_db()
            context = {"initiative": initiative, "update": update, "sent": update.state == UpdateState.SUBMITTED}
            return render(request, "funding/follow_up/link_thanks.html", {**context, "more": len(expected) > 1})
    context = {
        "initiative": initiative,
        "update": update,
        "form": form,
        "person": link.user,
        "not_me": reverse("funding:update-not-me", args=[token]),
        "plan": UpdatePlan.objects.filter(initiative=initiative).first(),
        "received": initiative.updates.filter(state=UpdateState.SUBMITTED).order_by("-due_on", "pk")[:5],
        "today": today(now),
        # Somebody else sent the update meanwhile and no other is awaited: what was typed is given back.
        "unsent": sent_values(request, UnsentForm)["text"] if form is None else "",
    }
    status = refusal(form) if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/follow_up/link.html", context, status=status)


@login_not_required
@never_cache
@require_POST
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """The link reached somebody else: it leads nowhere any more."""
    personal_links.disown(token, scope=contacts.SCOPE, now=timezone.now())
    return render(request, "sessions/responses/link_disowned.html")
