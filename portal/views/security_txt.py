"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness, for those who look for one by machine."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Valid for half a year from today: it is true for as long as the portal answers."""
    end = (timezone.now() + dt.timedelta(days=180)).astimezone(dt.UTC)
    lines = [
        f"Contact: {settings.BASE_URL}{reverse('contact')}",
        f"Expires: {end:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.BASE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
