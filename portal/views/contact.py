"""Writing to the animators of the space, also for visitors."""

from __future__ import annotations

from functools import partial

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.web import one_time_keys
from core.web.form_pages import form_page
from portal import contact
from portal.views.errors import too_many


@login_not_required
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Sent twice it arrives once; too much from one network address is 429."""
    now = timezone.now()
    form = contact.ContactForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        if not ratelimit.consume(request, app="portal", action="contact", config=contact.LIMITS):
            return too_many(request, sign_in=False)
        one_time_keys.carry_out(request, partial(contact.send, message=form.message(), now=now), now=now)
        messages.success(request, _("Your message is on its way to the animators of the space."))
        return redirect("contact")
    return form_page(request, "portal/contact.html", {"form": form, "organisation": contact.animating(now)}, form)
