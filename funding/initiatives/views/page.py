"""The list of initiatives, as cards, table or file, and the page of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core import files
from core.accounts import rights
from core.territories import regions
from core.web.pagination import paginate
from funding import exports
from funding.backends import acting_funders
from funding.enums import GRANTED_STATES, ListPage
from funding.exports import files as exports_files
from funding.filters import InitiativeFilter
from funding.follow_up.page import follow_up
from funding.models import Initiative, InitiativeDocument
from funding.visibility import Visibility, visibility_of
from members.saved_views.page import bar

TABLE = "tableau"
PER_PAGE, ROWS_PER_PAGE = 24, 25


def filtered(request: HttpRequest, visibility: Visibility) -> InitiativeFilter:
    """The list's filters over what the reader sees; amounts are added up only where the order needs them."""
    rows = Initiative.objects.seen_by(visibility)
    if request.GET.get("tri") == "montant":
        rows = rows.with_totals(visibility)
    return InitiativeFilter(request.GET, rows, visibility=visibility)


@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    rights.check(request.user, "funding.view_initiative")
    visibility = visibility_of(request.user)
    filterset = filtered(request, visibility)
    wanted = exports.wanted_format(request)
    if wanted and filterset.is_valid():
        return exports_files.answer(
            request,
            wanted,
            ListPage.INITIATIVES,
            filterset,
            lambda: exports.initiatives(
                wanted, found=filterset.qs, filterset=filterset, visibility=visibility, now=timezone.now()
            ),
        )
    rows = filterset.qs.for_list(visibility)
    table = request.GET.get("vue") == TABLE
    context = {
        "filterset": filterset,
        "page": paginate(request, rows, count=filterset.found, per_page=ROWS_PER_PAGE if table else PER_PAGE),
        "table": table,
        "regions": regions(),
        "cards_address": filterset.address(vue=[]),
        "table_address": filterset.address(vue=TABLE),
        "downloads": exports.offered(filterset),
        "keepers": acting_funders(request.user),
        "many_query": filterset.address(),
        "may_create": rights.allows(request.user, "funding.create_initiative"),
        **bar(request.user, ListPage.INITIATIVES, filterset),
    }
    return render(request, "funding/list.html", context, status=filterset.status)


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    visibility = visibility_of(request.user)
    initiative = get_object_or_404(Initiative.objects.for_page(visibility), slug=slug)
    rights.check(request.user, "funding.view_initiative", initiative)
    keeps = rights.allows(request.user, "funding.edit_initiative", initiative)
    writes = keeps or rights.allows(request.user, "funding.write_update", initiative)
    context = {
        "initiative": initiative,
        "lines": [
            (line, rights.allows(request.user, "funding.view_amount", line), line.funder_id in visibility.funders)
            for line in initiative.seen_lines
        ],
        "documents": [document for document in initiative.documents.all() if keeps or not document.is_reserved],
        "granted": GRANTED_STATES,
        "regions": regions(),
        "may_edit": keeps,
        "follow_up": follow_up(initiative, visibility, writes=writes),
        "may_add_line": rights.allows(request.user, "funding.add_line", initiative),
    }
    return render(request, "funding/initiative.html", context)


@require_GET
def document(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """A file that belongs to an initiative, for those who may see the initiative."""
    initiative = get_object_or_404(Initiative.objects.seen_by(visibility_of(request.user)), slug=slug)
    rights.check(request.user, "funding.view_initiative", initiative)
    wanted = get_object_or_404(
        InitiativeDocument.objects.select_related("file").exclude(file=None), initiative=initiative, public_id=public_id
    )
    if wanted.is_reserved:
        rights.check(request.user, "funding.edit_initiative", initiative)
    return files.serve(wanted.file, request=request, filename=wanted.file.original_name)
