"""What the directory can be narrowed by; the words of the address are French (docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, Count, F, Func, Q, QuerySet
from django.db.models.functions import Cast, Now, TruncDate
from django.utils.translation import gettext_lazy as _

from core.enums import SDG
from core.filters import Conditions, Facet, FilterSet, Sort, Text
from core.models import Region
from members.enums import Engineering, Help, Level, Sector, World
from members.models import Competence, EngineeringScheme

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


def competences() -> list[tuple[str, str]]:
    return [(str(public_id), name) for public_id, name in Competence.objects.values_list("public_id", "name")]


def goals() -> list[tuple[int, str]]:
    return [(goal.value, f"{goal.value}. {goal.label}") for goal in SDG]


class SchemeFacet(Facet):
    """Options of a list that schemes hold; a scheme that has ended counts no more."""

    def __init__(self, column: str, **options: Any) -> None:
        super().__init__(f"schemes__{column}", array=True, **options)
        self.column = column

    def condition(self, words: Sequence[str]) -> Q:
        values = [self.stored[word] for word in words]
        return Q(pk__in=_running().filter(**{f"{self.column}__overlap": values}).values("organisation"))

    def counted(self, queryset: QuerySet) -> list[QuerySet]:
        option = Func(F(self.column), function="unnest")
        option.set_returning = True
        schemes = _running().filter(organisation__in=queryset.values("pk"))
        offered = schemes.annotate(_option=Cast(option, CharField())).order_by().values("_option")
        return [offered.annotate(_number=Count("organisation", distinct=True))]


def _running() -> QuerySet:
    """On the day of the database's clock: a filter is told no time."""
    return EngineeringScheme.objects.running(TruncDate(Now()))


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
    ingenierie = SchemeFacet("engineerings", label=_("Engineering"), choices=Engineering.choices, words=ENGINEERINGS)
    aide = SchemeFacet("helps", label=_("Kind of help"), choices=Help.choices, words=HELPS)
    competence = Facet("competences__public_id", label=_("Competence"), choices=competences)
    region = Facet("regions__code", label=_("Region"), choices=regions)
    odd = Facet("sdgs", label=_("SDG"), choices=goals, array=True, each_once=True)
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
