"""`/favicon.ico`: what browsers ask for by themselves where no page names an icon, such as beside a PDF."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

_DAY = 24 * 3600


@login_not_required
@require_safe
@cache_control(public=True, max_age=_DAY)
def icon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/favicon.svg"))
