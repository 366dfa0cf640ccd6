"""The code that a printed document bears, by which whoever holds it checks it."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from core.reports.verification import short_code


def printed_code(content_sha256: str) -> dict[str, Any]:
    """The code, the hash in groups, the address, and its QR code as inline SVG without text of ours in it."""
    url = f"{settings.BASE_URL}{reverse('reports:verify-code', args=[content_sha256])}"
    title = _("QR code: the address at which this document is checked")
    picture = segno.make(url, error="m", micro=False).svg_inline(
        omitsize=True, border=2, dark="#18211D", light="#FFFFFF", svgclass=None, lineclass=None, title=title
    )
    groups = [content_sha256[start : start + 8] for start in range(0, 64, 8)]
    return {
        "code": short_code(content_sha256),
        "sha256": content_sha256,
        "hash_lines": [" ".join(groups[:4]), " ".join(groups[4:])],
        "url": url,
        "verify_at": f"{settings.BASE_URL}{reverse('reports:verify')}",
        "qr": mark_safe(picture),  # noqa: S308  (segno's own drawing of a hash)
    }
