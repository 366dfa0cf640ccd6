"""Files of lists that the worker makes: asking for one, where it stands, and the file."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import rights
from core.reports import cards
from funding import exports
from funding.enums import ListPage
from funding.exports import files
from funding.exports.services import FETCH, ask_for
from funding.list_pages import PAGES
from funding.models import ListFile
from members.saved_views.page import Words

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Says what the file would hold; POST asks the worker for it."""
    rights.check(request.user, FETCH)
    page, wanted = request.GET.get("page_filtree", ""), request.GET.get("fichier", "")
    if page not in ListPage.values or wanted not in exports.FORMATS:
        raise BadRequest(_("Formats on offer: %(formats)s.") % {"formats": ", ".join(exports.FORMATS)})
    query = Words(request.user).kept(page, request.GET.urlencode())
    filterset = files.filterset_of(page, request.GET.urlencode(), request.user)
    if not filterset.is_valid():
        raise BadRequest(" ".join(filterset.messages))
    too_long = wanted == exports.PDF and filterset.found > files.MOST_PRINTED
    problem = ""
    if request.method == "POST" and not too_long:
        file = ask_for(page=page, query=query, wanted=wanted, by=request.user, now=timezone.now())
        problem = cards.post(request, files.kind_of(file), file.public_id)
        if not problem:
            return redirect("funding:file", public_id=file.public_id)
    context = {
        "found": filterset.found,
        "described": filterset.described,
        "page_label": ListPage(page).label,
        "format_label": exports.label(wanted),
        "back": f"{reverse(PAGES[ListPage(page)])}?{query}",
        "too_long": too_long,
        "problem": problem,
    }
    return render(
        request, "funding/files/ask.html", context, status=REFUSED if request.method == "POST" else HTTPStatus.OK
    )


def _find(request: HttpRequest, public_id: str) -> ListFile:
    rights.check(request.user, FETCH)
    return get_object_or_404(ListFile.objects.filter(by=request.user).select_related("by"), public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the file stands; POST asks again or calls it off; htmx gets the card alone."""
    file = _find(request, public_id)
    kind = files.kind_of(file)
    back = f"{reverse(PAGES[ListPage(file.page)])}?{file.query}"
    context = {"file": file, "back": back, "format_label": exports.label(file.format)}
    if request.htmx or request.method == "POST":
        here = reverse("funding:file", args=[file.public_id])
        return cards.respond(
            request, kind, file.public_id, back=here, template="funding/files/_file.html", context=context
        )
    context["job"] = cards.card(kind, file.public_id, request.user)
    return render(request, "funding/files/page.html", context)


@require_safe
def fetch(request: HttpRequest, public_id: str) -> HttpResponseBase:
    file = _find(request, public_id)
    back = reverse("funding:file", args=[file.public_id])
    return cards.file_or_word(request, files.kind_of(file), file.public_id, back=back)
