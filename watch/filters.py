"""What the watch can be narrowed by; the words of the address are French (docs/architecture.md)."""

from __future__ import annotations

from django.db.models import CharField, F, Func
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.filters import Facet, FilterSet, Sort, Text
from core.text import alphabetical
from members.directory.filters import goals, regions
from watch.enums import Beneficiary, ItemState, Kind, Purpose
from watch.models import WatchItem

KINDS = {
    "dispositif": Kind.SCHEME,
    "etude": Kind.NEEDS_STUDY,
    "publication": Kind.PUBLICATION,
    "methode": Kind.METHOD,
    "donnees": Kind.DATA_SET,
    "enseignement": Kind.LESSON,
}
WORD_OF_KIND = {kind: word for word, kind in KINDS.items()}
PURPOSES = {"urgence": Purpose.EMERGENCY, "relance": Purpose.RECOVERY, "ordinaire": Purpose.ORDINARY}
BENEFICIARIES = {
    "association": Beneficiary.ASSOCIATION,
    "entreprise": Beneficiary.COMPANY,
    "economie-sociale": Beneficiary.COOPERATIVE,
    "collectivite": Beneficiary.AUTHORITY,
    "etablissement-public": Beneficiary.PUBLIC_BODY,
    "recherche": Beneficiary.RESEARCH,
    "agriculteur": Beneficiary.FARMER,
    "particulier": Beneficiary.INDIVIDUAL,
}
WORD_OF_PURPOSE = {purpose: word for word, purpose in PURPOSES.items()}
WORD_OF_BENEFICIARY = {beneficiary: word for word, beneficiary in BENEFICIARIES.items()}
STATES = {"en-cours": ItemState.PUBLISHED, "termine": ItemState.EXPIRED}
STATE_LABELS = [
    (ItemState.PUBLISHED, pgettext_lazy("filter of the watch", "current")),
    (ItemState.EXPIRED, pgettext_lazy("filter of the watch", "ended")),
]


def themes() -> list[tuple[str, str]]:
    """Of what is out, for whoever reads the list."""
    every = (
        WatchItem.objects.out()
        .annotate(theme=Func(F("themes"), function="unnest", output_field=CharField()))
        .order_by()
    )
    return [(theme, theme) for theme in sorted(every.values_list("theme", flat=True).distinct(), key=alphabetical)]


class WatchFilter(FilterSet):
    """Over entries that are out."""

    q = Text(label=_("Search"))
    nature = Facet("kind", label=pgettext_lazy("of an entry of the watch", "Kind"), choices=Kind.choices, words=KINDS)
    reponse = Facet(
        "purpose",
        label=pgettext_lazy("of support schemes", "Support schemes"),
        choices=Purpose.choices,
        words=PURPOSES,
    )
    etat = Facet("state", label=pgettext_lazy("of an entry of the watch", "State"), choices=STATE_LABELS, words=STATES)
    theme = Facet("themes", label=_("Theme"), choices=themes, array=True, each_once=True)
    public = Facet(
        "beneficiaries",
        label=pgettext_lazy("of a support scheme", "For whom"),
        choices=Beneficiary.choices,
        words=BENEFICIARIES,
        array=True,
        each_once=True,
    )
    region = Facet("regions__code", label=_("Region"), choices=regions)
    odd = Facet("sdgs", label=_("SDG"), choices=goals, array=True, each_once=True)
    tri = Sort(
        {
            "recent": (_("Newest first"), ["-published_at"]),
            "titre": (_("Title"), ["title"]),
            "date": (pgettext_lazy("order of the watch", "Date"), [F("dated_on").desc(nulls_last=True), "title"]),
            "cloture": (_("Closing soon"), [F("closes_on").asc(nulls_last=True), "title"]),
        }
    )
