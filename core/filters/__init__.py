"""Filters of a list: shareable addresses in French, counts beside every option, nothing wrong taken for "all".

A list declares what can be chosen; this module draws the rest from it:

    class SessionFilter(FilterSet):
        q = Text(label=_("Search"))                       # calls queryset.matching(text)
        cycle = Facet("cycle__year", label=_("Cycle"), choices=cycle_choices)
        format_session = Facet("format", label=_("Format"), choices=Format.choices, words={"pleniere": Format.PLENARY})
        region = Facet("regions__code", label=_("Region"), choices=region_choices)   # crosses a relation: no row twice
        aide = Facet("schemes__helps", label=_("Help"), choices=Help.choices, array=True)
        documents = Conditions(label=_("Documents"), match_all=True, options={
            "compte-rendu": (_("With minutes"), Q(has_minutes=True)), …})
        tri = Sort({"nom": (_("Name"), ["name"]), "recent": (_("Newest first"), ["-number"])})

    filterset = SessionFilter(request.GET, Session.objects.visible(drafts=False).for_list())
    page = paginate(request, filterset.qs, count=filterset.found)                     # core.pagination
    return render(request, "…", {"filterset": filterset, "page": page}, status=filterset.status)

Within one facet options add up (OR), facets narrow each other (AND). `qs` holds the rows found and none
at all when a value cannot be read: then `messages` says which, `status` is 400, and no export is made.

For templates (`components/filters.html`): `search` (the text field), `facets` (each with `name`, `label` and
`options`: `value`, `label`, `count`, `checked`, `disabled`), `sorts`, `chips` (`label`, `remove`: address
without it), `active` (how many), `clear` (address without any), `carried` (other parameters the form must
carry along, such as `vue`), `found` and `total` (rows), `messages`, `described` (pairs for an export).

All counts together are one query (`UNION ALL` of one grouping a facet); where the list is long they are kept
for some minutes, see `core.web.counts`. An option's count says how many rows it would show, given the other facets.
"""

from .filterset import FilterSet
from .kinds import Conditions, Facet, Sort, Text
from .views import Chip, FacetView, Option, SortView

__all__ = ["Chip", "Conditions", "Facet", "FacetView", "FilterSet", "Option", "Sort", "SortView", "Text"]
