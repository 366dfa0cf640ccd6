"""Saved views as pages show them: which fit a page, and which name filters that no longer make sense."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from core.filters import FilterSet
from core.filters.kinds import OptionFilter, Sort
from members.backends import positions_of
from members.models import Organisation, SavedView
from members.saved_views import pages

_DISPLAY = ("vue",)  # of the page, kept with the filter


def organisations_of(user: Any) -> list[Organisation]:
    """The organisations within which `user` may share a view, each once."""
    return list({position.organisation_id: position.organisation for position in positions_of(user)}.values())


def offered(user: Any, page: str | None = None) -> list[SavedView]:
    """The views `user` may open, on one page or on all."""
    views = SavedView.objects.offered_to(user, [organisation.pk for organisation in organisations_of(user)])
    return list(views.filter(page__in=[page] if page else pages.registered()))


def address(view: SavedView, query: str | None = None) -> str:
    """Its page with its filter, or with `query` in its place."""
    page = pages.known(view.page)
    return f"{reverse(page.address)}?{view.query if query is None else query}" if page else reverse("members:views")


class Words:
    """The words that each page's filters offer `user` today; read once a page, however many views are looked at."""

    def __init__(self, user: Any, read: Mapping[str, FilterSet] = MappingProxyType({})) -> None:
        """`read`: filters that the request has made already, by their page."""
        self._user = user
        self._kinds: dict[str, dict[str, Any]] = {page: dict(filterset.filters) for page, filterset in read.items()}
        self._known: dict[str, dict[str, set[str] | None]] = {}

    def _filters(self, page: str) -> dict[str, Any]:
        if page not in self._kinds:
            known = pages.known(page)
            self._kinds[page] = dict(known.filterset("", self._user).filters) if known else {}
        return self._kinds[page]

    def of(self, page: str) -> dict[str, set[str] | None]:
        """Parameter → its words; None where any text will do."""
        if page not in self._known:
            words = {name: _words(filter_) for name, filter_ in self._filters(page).items()}
            self._known[page] = words | dict.fromkeys(_DISPLAY)
        return self._known[page]

    def kept(self, page: str, query: str) -> str:
        """The part of an address that the page's filters know, in a fixed order."""
        given, kept = QueryDict(query), QueryDict(mutable=True)
        for name in self.of(page):
            if values := [value for value in dict.fromkeys(given.getlist(name)) if value]:
                kept.setlist(name, values)
        return kept.urlencode()

    def unknown(self, page: str, query: str) -> list[str]:
        """The values of `query` that make no sense (any more)."""
        found = []
        for name, words in self.of(page).items():
            found += [value for value in QueryDict(query).getlist(name) if words is not None and value not in words]
        return found

    def living(self, page: str, query: str) -> tuple[str, bool]:
        """`query` without the values that make no sense any more, and whether each of its filters still has one.

        A filter that lost all its values is not left out: it finds nothing, where the whole list would be found.
        """
        given, kept = QueryDict(query), QueryDict(mutable=True)
        for name, words in self.of(page).items():
            if values := [value for value in given.getlist(name) if words is None or value in words]:
                kept.setlist(name, values)
        orders = {name for name, filter_ in self._filters(page).items() if isinstance(filter_, Sort)}
        lost = [name for name in given if name not in kept and name in self.of(page) and name not in orders]
        return kept.urlencode(), not lost


def _words(filter_: Any) -> set[str] | None:
    if isinstance(filter_, OptionFilter):
        return {word for word, _label in filter_.field.choices}
    if isinstance(filter_, Sort):
        return set(filter_.orders)
    return None


@dataclass(frozen=True)
class SavedViewRow:
    view: SavedView
    page_label: str
    url: str  # what makes no sense any more is left out where something of each filter stays
    is_own: bool
    unknown: list[str]
    is_whole: bool  # False: nothing of one of its filters stays, so that it finds nothing


def saved_view_rows(views: Iterable[SavedView], user: Any, words: Words | None = None) -> list[SavedViewRow]:
    words, rows = words or Words(user), []
    for view in views:
        query, is_whole = words.living(view.page, view.query)
        rows.append(
            SavedViewRow(
                view,
                page_label=label(view.page),
                url=address(view, query if is_whole else None),
                is_own=view.owner_id == user.pk,
                unknown=words.unknown(view.page, view.query),
                is_whole=is_whole,
            )
        )
    return rows


def label(page: str) -> str:
    found = pages.known(page)
    return str(found.label) if found else ""


def bar(user: Any, page: str, filterset: FilterSet) -> dict[str, Any]:
    """What `members/views/_bar.html` draws beside a list: the views that fit, and the address that keeps its filter."""
    query = filterset.address(page_filtree=page).removeprefix("?")
    keeps = filterset.active and not filterset.messages
    words = Words(user, {page: filterset})
    return {
        "views": [(row.view.name, row.url) for row in saved_view_rows(offered(user, page), user, words)],
        "keep_view": f"{reverse('members:view-create')}?{query}" if keeps else "",
    }
