"""The directory as a table: one row an organisation."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.partial_dates.values import is_day
from core.tables import Column
from members.enums import Engineering, Help
from members.models import Organisation


def _labels(organisation: Organisation, attribute: str, choices: type[Engineering | Help]) -> list[str]:
    """The labels of what any of its schemes offers, in the order of the list."""
    offered = {value for scheme in organisation.schemes.all() for value in getattr(scheme, attribute)}
    return [str(choice.label) for choice in choices if choice.value in offered]


COLUMNS = [
    Column(_("Organisation"), lambda row: row.name, width=42),
    Column(_("Short name"), lambda row: row.short_name),
    Column(_("Presentation"), lambda row: row.summary, width=60),
    Column(_("World"), lambda row: row.get_world_display(), width=24),
    Column(_("Sector"), lambda row: row.get_sector_display()),
    Column(_("Territorial level"), lambda row: row.get_level_display()),
    Column(_("Regions of action"), lambda row: [region.name for region in row.regions.all()], width=40),
    Column(_("Engineering schemes"), lambda row: [scheme.name for scheme in row.schemes.all()], width=40),
    Column(_("Engineering"), lambda row: _labels(row, "engineerings", Engineering), width=30),
    Column(_("Kinds of help"), lambda row: _labels(row, "helps", Help), width=30),
    Column(_("Member since"), lambda row: row.joined_on if is_day(row.joined) else row.joined, width=14),
    Column(_("SIREN"), lambda row: row.siren, width=12),
    Column(_("RNA number"), lambda row: row.rna, width=12),
    Column(_("Website"), lambda row: row.website, width=30),
    Column(_("E-mail address for everybody"), lambda row: row.public_email, width=30),
    Column(_("Telephone"), lambda row: row.public_phone),
    Column(_("Competences"), lambda row: [one.name for one in row.competences.all()], width=40),
    Column(_("SDG"), lambda row: row.sdgs, width=14),
    Column(_("Page"), lambda row: settings.BASE_URL + row.get_absolute_url(), width=40),
    Column(_("Fictional"), lambda row: row.is_fictional, width=10),
]
