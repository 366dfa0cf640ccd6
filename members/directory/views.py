"""The directory of members, as cards, table or file, and the page of one organisation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.charts.outlines import small_map
from core.tables import export, wanted_format
from core.web.pagination import paginate
from members.directory import exports, presence
from members.directory.filters import OrganisationFilter, OutsideFilter
from members.enums import PositionRole
from members.models import Membership, Organisation

TABLE, MAP = "tableau", "carte"
CARDS_PER_PAGE, ROWS_PER_PAGE = 24, 25  # a phone draws each row as a card


@require_GET
def directory(request: HttpRequest) -> HttpResponseBase:
    rights.check(request.user, "members.view_organisation")
    members = Organisation.objects.for_list(timezone.localdate()).filter(is_member=True)
    filterset = OrganisationFilter(request.GET, members)
    wanted = wanted_format(request)
    if wanted and filterset.is_valid():
        return export(
            wanted,
            columns=exports.COLUMNS,
            rows=filterset.qs.iterator(chunk_size=500),
            name=_("members"),
            title=_("Members"),
            notes=filterset.described,
        )
    table, on_map = request.GET.get("vue") == TABLE, request.GET.get("vue") == MAP
    per_page = ROWS_PER_PAGE if table else CARDS_PER_PAGE
    context = {
        "filterset": filterset,
        "page": paginate(request, filterset.qs, count=filterset.found, per_page=per_page),
        "table": table,
        "presence": presence.of(filterset) if on_map and filterset.is_valid() else None,
        "cards_address": filterset.address(vue=[]),
        "table_address": filterset.address(vue=TABLE),
        "map_address": filterset.address(vue=MAP),
        "csv_address": filterset.address(vue=[], format="csv"),
        "xlsx_address": filterset.address(vue=[], format="xlsx"),
        "may_manage": rights.allows(request.user, "members.manage_organisation"),
        "may_edit_competences": rights.allows(request.user, "members.edit_competences"),
    }
    return render(request, "members/directory.html", context, status=filterset.status)


@require_GET
def outside(request: HttpRequest) -> HttpResponse:
    """Organisations that are known and no members today: bearers, funders, former members, those to come."""
    rights.check(request.user, "members.manage_organisation")
    others = Organisation.objects.for_list(timezone.localdate()).filter(is_member=False)
    filterset = OutsideFilter(request.GET, others)
    page = paginate(request, filterset.qs, count=filterset.found, per_page=ROWS_PER_PAGE)
    context = {"filterset": filterset, "page": page, "today": timezone.localdate()}
    return render(request, "members/outside.html", context, status=filterset.status)


@require_GET
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    rights.check(request.user, "members.view_organisation")
    today = timezone.localdate()
    found = get_object_or_404(Organisation.objects.for_page(today), slug=slug)
    newest_first = sorted(found.positions.all(), key=lambda position: position.period.lower, reverse=True)
    by_role = sorted(found.positions.all(), key=lambda position: PositionRole.values.index(position.role))
    dates = zip(found.periods, found.begins, found.ends, strict=True)
    context = {
        "organisation": found,
        "memberships": [
            Membership(organisation=found, period=period, began_on=began_on, ended_on=ended_on)
            for period, began_on, ended_on in dates
        ],
        "schemes": [scheme for scheme in found.schemes.all() if scheme.runs_on(today)],
        "ended_schemes": [scheme for scheme in found.schemes.all() if not scheme.runs_on(today)],
        "may_edit": rights.allows(request.user, "members.edit_organisation", found),
        "may_manage": rights.allows(request.user, "members.manage_organisation", found),
        "may_replace": rights.allows(request.user, "members.replace_person", found),
        "may_merge": rights.allows(request.user, "members.merge_organisations"),
        "sees_contact": rights.allows(request.user, "members.view_internal_contact", found),
        "regions": found.territories,
        "map": small_map({region["code"]: region["name"] for region in found.territories}),
        "present": [position for position in by_role if position.runs_on(today)],
        "former": [position for position in newest_first if position.last_day and position.last_day < today],
    }
    return render(request, "members/organisation.html", context)
