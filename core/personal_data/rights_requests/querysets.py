"""Reads of requests about personal data."""

from __future__ import annotations

from django.db.models import QuerySet

from core.personal_data.models import RightsRequest


def waiting() -> QuerySet:
    """Confirmed and not answered, the longest first."""
    return RightsRequest.objects.filter(confirmed_at__isnull=False, answer="").order_by("confirmed_at", "pk")


def answered() -> QuerySet:
    return RightsRequest.objects.exclude(answer="").select_related("answered_by").order_by("-answered_at", "-pk")
