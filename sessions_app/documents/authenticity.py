"""Answers `core.reports.verification` for minutes: nothing but number, version, publication and what is in force."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.formatting.dates import ordinal_text
from core.reports.verification import Authenticity
from sessions_app.models import MinutesVersion


def verify(digits: str) -> Authenticity | None:
    """The published minutes whose content hash begins with `digits`."""
    version = (
        MinutesVersion.objects.without_text()
        .filter(content_sha256__startswith=digits)
        .select_related("session", "standing")
        .with_in_force()
        .first()
    )
    if version is None:
        return None
    number = version.session.number
    return Authenticity(
        content_sha256=version.content_sha256,
        title=_("Report of the %(nth)s session") % {"nth": ordinal_text(number)},
        version=version.number,
        published_at=version.published_at,
        in_force=version.in_force_number,
        url=reverse("sessions:minutes-version", args=[number, version.number]),
        right=("sessions_app.read_minutes", version),
        file_is=gettext_lazy("This file is, byte for byte, the one that the portal made from the minutes in force."),
        code_is=gettext_lazy("This code belongs to the minutes in force."),
        is_withdrawn=version.standing.is_withdrawn,
    )
