"""What the directory can be narrowed by; the words of the address are French (docs/architecture.md)."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.filters import Conditions, Facet, FilterSet, Sort, Text
from core.models import Region
from members.enums import Engineering, Help, Level, Sector, World

WORLDS = {
    "terrain": World.FIELD,
    "ingenierie": World.ENGINEERING,
    "investisseur": World.INVESTOR,
    "institution": World.INSTITUTION,
}
SECTORS = {
    "public": Sector.PUBLIC,
    "association": Sector.ASSOCIATION,
    "fondation": Sector.FOUNDATION,
    "entreprise": Sector.COMPANY,
    "cooperative": Sector.COOPERATIVE,
}
LEVELS = {
    "national": Level.NATIONAL,
    "regional": Level.REGIONAL,
    "departemental": Level.DEPARTMENTAL,
    "intercommunal": Level.INTERCOMMUNAL,
    "petr": Level.PETR,
    "communal": Level.COMMUNAL,
    "ultramarin": Level.OVERSEAS,
}
ENGINEERINGS = {"publique": Engineering.PUBLIC, "projet": Engineering.PROJECT, "catalyse": Engineering.CATALYSIS}
HELPS = {"technique": Help.TECHNICAL, "financiere": Help.FINANCIAL, "juridique": Help.LEGAL}


def regions() -> list[tuple[str, str]]:
    return list(Region.objects.in_code_order().values_list("code", "name"))


class OrganisationFilter(FilterSet):
    q = Text(label=_("Search"))
    dispositif = Conditions(
        label=_("Engineering scheme"),
        options={
            "oui": (_("runs a scheme"), Q(runs_scheme=True)),
            "non": (_("runs none"), Q(runs_scheme=False)),
        },
    )
    monde = Facet("world", label=_("World"), choices=World.choices, words=WORLDS)
    secteur = Facet("sector", label=_("Sector"), choices=Sector.choices, words=SECTORS)
    niveau = Facet("level", label=_("Territorial level"), choices=Level.choices, words=LEVELS)
    ingenierie = Facet(
        "schemes__engineerings", label=_("Engineering"), choices=Engineering.choices, words=ENGINEERINGS, array=True
    )
    aide = Facet("schemes__helps", label=_("Kind of help"), choices=Help.choices, words=HELPS, array=True)
    region = Facet("regions__code", label=_("Region"), choices=regions)
    tri = Sort(
        {
            "nom": (_("Name"), ["name"]),
            "entree": (_("Entry into the space"), ["joined_on", "name"]),
        }
    )


class OutsideFilter(FilterSet):
    """Organisations that are no members today."""

    q = Text(label=_("Search"))
    etat = Conditions(
        label=_("Membership"),
        options={
            "ancien": (_("was a member"), Q(joined_on__lte=Now())),
            "futur": (_("will enter"), Q(joined_on__gt=Now())),
            "jamais": (_("has never been a member"), Q(joined_on=None)),
        },
    )
