"""The pages of regions, funders and bearers, and the lists of regions and funders."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.charts import region_map
from core.charts.outlines import ATTRIBUTION
from core.db.periods import today
from core.models import Region
from core.territories import regions as by_code
from core.web.pagination import paginate
from funding.dashboard import coverage, territories
from funding.figures import compute
from funding.models import FundingLineFact, Initiative, Programme
from funding.profiles.page import profile
from funding.visibility import visibility_of
from members.models import Organisation
from sessions_app.models import Cycle

VIEW = "funding.view_initiative"


def _page(request: HttpRequest, template: str, found: object, **context: object) -> HttpResponse:
    shared = {"profile": found, "regions": by_code(), "as_of": timezone.now()}
    return render(request, template, {**shared, **context})


@require_GET
def region(request: HttpRequest, code: str) -> HttpResponse:
    """One region: what acts there, who backs it, which members' schemes reach it."""
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    found = by_code().get(code)
    if found is None:
        raise Http404
    initiatives = Initiative.objects.seen_by(visibility).acting_in(code)
    of_members = Organisation.objects.members_on(today(timezone.now()))
    count = profile(initiatives, visibility)
    return _page(
        request,
        "funding/profiles/region.html",
        count,
        region=found,
        page=paginate(request, initiatives.for_list(visibility).order_by("title", "pk"), count=count.number),
        organisations=of_members.filter(runs_scheme=True, regions=found).order_by("name"),
    )


@require_GET
def regions(request: HttpRequest) -> HttpResponse:
    """Every region with its initiatives, and which were without any at the end of each cycle."""
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    known = list(Region.objects.in_code_order())
    initiatives = Initiative.objects.seen_by(visibility)
    told = FundingLineFact.objects.amounts_seen_by(visibility)
    touching = compute.count_touching(initiatives)
    alone = {row.value: row.figures for row in compute.breakdown(told, "region", ("agreed", "backed"))}
    day = today(timezone.now())
    schemes = coverage.schemes_by_region(day)
    cycles = list(Cycle.objects.filter(year__lte=day.year).order_by("year"))  # one that is announced covers nothing yet
    context = {
        "rows": [
            (region, touching.get(region.code, 0), alone.get(region.code), schemes.get(region.code, 0))
            for region in known
        ],
        "several": alone.get("several"),
        "national": alone.get("FR"),
        "unknown": alone.get(""),
        "map": region_map.draw(
            known,
            touching,
            name=lambda region: territories.sentence(region, touching.get(region.code, 0)),
            url=lambda code: reverse("funding:region", args=[code]),
        ),
        "classes": region_map.CLASSES,
        "attribution": ATTRIBUTION,
        "cycles": cycles,
        "history": coverage.by_cycle(known, visibility, [cycle.year for cycle in cycles], day),
        "as_of": timezone.now(),
    }
    return render(request, "funding/profiles/regions.html", context)


@require_GET
def funder(request: HttpRequest, slug: str) -> HttpResponse:
    """One funder: how much it gives, to what, where; a page of its own also for who is no member."""
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    found = get_object_or_404(Organisation, slug=slug)
    initiatives = Initiative.objects.seen_by(visibility).funded_by(found)
    count = profile(initiatives, visibility, funder=found)
    if not count.number:
        raise Http404
    return _page(
        request,
        "funding/profiles/funder.html",
        count,
        organisation=found,
        leverage=count.leverage,
        detail=f"{reverse('funding:detail')}?financeur={found.slug}",
        programmes=Programme.objects.filter(lead=found).order_by("name", "pk"),
        page=paginate(request, initiatives.for_list(visibility).order_by("-changed_at", "pk"), count=count.number),
    )


@require_GET
def funders(request: HttpRequest) -> HttpResponse:
    """Every funder with what it agreed, as far as the reader may see it."""
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    seen = FundingLineFact.objects.seen_by(visibility)
    told = FundingLineFact.objects.amounts_seen_by(visibility)
    numbers = {row.value: row.figures for row in compute.breakdown(seen, "funder", ("lines", "backed"))}
    amounts = {row.value: row.figures for row in compute.breakdown(told, "funder", ("lines", "agreed", "median"))}
    known = Organisation.objects.in_bulk([key for key, found in numbers.items() if found["lines"]])
    rows = [(known[key], numbers[key], amounts.get(key)) for key in known]
    context = {
        "rows": sorted(rows, key=lambda row: (-row[1]["backed"], row[0].name)),
        "values": compute.compute(told, ("agreed", "lines", "funders", "backed")),
        "undisclosed": compute.undisclosed(seen, visibility),
        "as_of": timezone.now(),
    }
    return render(request, "funding/profiles/funders.html", context)


@require_GET
def bearer(request: HttpRequest, key: str) -> HttpResponse:
    """One bearer: an organisation of the directory by its address, another body by its key."""
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    initiatives = Initiative.objects.seen_by(visibility)
    organisation = Organisation.objects.filter(slug=key).first()
    borne = initiatives.filter(bearer=organisation) if organisation else initiatives.borne_outside(key)
    count = profile(borne, visibility)
    if not count.number:
        raise Http404
    page = paginate(request, borne.for_list(visibility).order_by("-changed_at", "pk"), count=count.number)
    first = page[0]  # any of them tells who bears it
    return _page(
        request,
        "funding/profiles/bearer.html",
        count,
        organisation=organisation,
        name=organisation.label if organisation else first.bearer_name,
        first=first,
        page=page,
    )
