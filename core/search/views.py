"""The page of the search, and what it offers while somebody types."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.search import mentions, page
from core.search.forms import MentionForm, SearchForm
from core.web.limits import asker, seconds_to_wait

SEARCH = "search.search"
SUGGESTIONS = 3  # for each search that somebody may make a minute, so many while typing


@login_not_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, SEARCH)
    if wait := seconds_to_wait(f"search:{asker(request)}", most=settings.SEARCH_REQUESTS):
        return _too_many(request, wait)
    names = page.facet_names()
    form = SearchForm(request.GET, facets=names)
    if not form.is_valid():
        return render(request, "search/search.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    found = page.results(request.user, given["q"], {name: given[name] for name in names}, request.GET.get("page", ""))
    return render(request, "search/search.html", {"form": form, "found": found, "filterset": found.panel})


@login_not_required
@never_cache
@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """A fragment: options of a listbox, empty where nothing fits or what is typed is no search."""
    rights.check(request.user, SEARCH)
    if wait := seconds_to_wait(f"suggest:{asker(request)}", most=SUGGESTIONS * settings.SEARCH_REQUESTS):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)})
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "search/_suggestions.html", {"hits": page.suggestions(request.user, text), "text": text})


@never_cache
@require_GET
def complete(request: HttpRequest) -> HttpResponse:
    """What a mention that is being typed may mean, for the editor of rich texts; nothing where it is no question."""
    rights.check(request.user, SEARCH)
    if wait := seconds_to_wait(f"mention:{asker(request)}", most=SUGGESTIONS * settings.SEARCH_REQUESTS):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)})
    form = MentionForm(request.GET)
    found = mentions.offers(request.user, form.cleaned_data["signe"], form.cleaned_data["q"]) if form.is_valid() else []
    return JsonResponse({"results": [asdict(offer) for offer in found]})


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    response = render(request, "429.html", {"wait": 1, "code_works": False}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(wait)
    return response
