"""The page of needs that nobody answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.db.periods import today
from watch.needs.querysets import unmatched_initiatives, unmatched_studies

MOST = 100  # of each kind


@require_GET
def unanswered(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "watch.review_item")
    day = today(timezone.now())
    studies = unmatched_studies(day).prefetch_related("competences", "regions")[:MOST]
    initiatives = unmatched_initiatives(day).select_related("bearer").prefetch_related("competences")[:MOST]
    return render(request, "watch/needs.html", {"studies": list(studies), "initiatives": list(initiatives)})
