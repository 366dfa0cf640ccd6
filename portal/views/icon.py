"""`/favicon.ico`: what browsers ask for by themselves where no page names an icon, such as beside a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.web.access import public

_DAY = 24 * 3600


@public
@require_safe
@cache_control(public=True, max_age=_DAY)
def icon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/favicon.svg"))
