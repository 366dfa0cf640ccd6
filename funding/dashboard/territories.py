"""What the maps of initiatives say of a region."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from core.models import Region


def sentence(region: Region, number: int) -> str:
    """What a region of the map says to who does not see it."""
    if not number:
        return _("%(region)s: no initiative") % {"region": region.name}
    return ngettext("%(region)s: %(number)s initiative", "%(region)s: %(number)s initiatives", number) % {
        "region": region.name,
        "number": number,
    }
