"""What the dashboard and the list behind its figures can be narrowed by; both take the same address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.filters import Facet, FilterSet, Sort
from funding.enums import Stage
from funding.filters import STAGE_WORDS, funders, goals, programmes, regions, years
from funding.models import FundingLine
from funding.models.initiative import NATIONAL, SEVERAL
from funding.querysets import FundingLineQuerySet
from funding.visibility import Sight

SEVERAL_WORD, NATIONAL_WORD, UNKNOWN_WORD = "plusieurs", "france", "inconnue"


def places() -> list[tuple[str, object]]:
    """Every region, and the groups of what acts in several, in the whole country, or where nobody said."""
    return [
        *regions(),
        # Translators: plusieurs régions
        (SEVERAL, _("several regions")),
        # Translators: toute la France
        (NATIONAL, _("the whole country")),
        # Translators: lieu non précisé
        ("", _("place not given")),
    ]


class DashboardFilter(FilterSet):
    """Fundings whose amounts the reader may see. A year is that of the decision."""

    annee = Facet("decided_on__year", label=_("Year of decision"), choices=years)
    financeur = Facet("funder__slug", label=_("Funder"), choices=funders)
    programme = Facet("initiative__programme__slug", label=_("Programme"), choices=programmes)
    region = Facet(
        "initiative__region_group",
        label=_("Region"),
        choices=places,
        words={SEVERAL_WORD: SEVERAL, NATIONAL_WORD: NATIONAL, UNKNOWN_WORD: ""},
    )
    # Translators: ODD principal
    odd = Facet("initiative__main_sdg", label=_("Main SDG"), choices=goals)
    stade = Facet("initiative__stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    tri = Sort(
        {
            "montant": (_("Amount agreed"), ["-amount_agreed"]),
            "recents": (_("Latest decision first"), ["-decided_on"]),
            "titre": (_("Title of the initiative"), ["initiative__title"]),
        }
    )

    class Meta:
        model = FundingLine
        fields: list[str] = []


def countable(sight: Sight) -> FundingLineQuerySet:
    """The fundings every figure of the dashboard is made of: granted, of an amount this reader may see."""
    return FundingLine.objects.amounts_seen_by(sight).granted()
