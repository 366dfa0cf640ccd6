"""Saved views as pages show them: which fit a page, and which name filters that no longer make sense."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from core.filters import FilterSet
from core.filters.kinds import OptionFilter, Sort
from funding.enums import ListPage
from funding.exports.files import filterset_of
from funding.models import SavedView
from funding.models.saved_view import PAGES
from members.backends import positions_of
from members.models import Organisation

_DISPLAY = ("vue",)  # of the page, kept with the filter


def organisations_of(user: Any) -> list[Organisation]:
    """The organisations within which `user` may share a view, each once."""
    return list({position.organisation_id: position.organisation for position in positions_of(user)}.values())


def offered(user: Any, page: str | None = None) -> list[SavedView]:
    """The views `user` may open, on one page or on all."""
    views = SavedView.objects.offered_to(user, [organisation.pk for organisation in organisations_of(user)])
    return list(views.filter(page=page) if page else views)


def address(view: SavedView) -> str:
    return f"{reverse(PAGES[ListPage(view.page)])}?{view.query}"


class Words:
    """The words that each page's filters offer `user` today; read once a page, however many views are looked at."""

    def __init__(self, user: Any) -> None:
        self._user = user
        self._known: dict[str, dict[str, set[str] | None]] = {}

    def of(self, page: str) -> dict[str, set[str] | None]:
        """Parameter → its words; None where any text will do."""
        if page not in self._known:
            filters = filterset_of(page, "", self._user).filters
            self._known[page] = {name: _words(filter_) for name, filter_ in filters.items()} | dict.fromkeys(_DISPLAY)
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


def _words(filter_: Any) -> set[str] | None:
    if isinstance(filter_, OptionFilter):
        return {word for word, _label in filter_.field.choices}
    if isinstance(filter_, Sort):
        return set(filter_.orders)
    return None


@dataclass(frozen=True)
class SavedViewRow:
    view: SavedView
    url: str
    is_own: bool
    unknown: list[str]


def saved_view_rows(views: Iterable[SavedView], user: Any) -> list[SavedViewRow]:
    words = Words(user)
    return [
        SavedViewRow(view, address(view), view.owner_id == user.pk, words.unknown(view.page, view.query))
        for view in views
    ]


def bar(user: Any, page: str, filterset: FilterSet) -> dict[str, Any]:
    """What `funding/_views.html` draws beside a list: the views that fit, and the address that keeps its filter."""
    query = filterset.address(page_filtree=page).removeprefix("?")
    keeps = filterset.active and not filterset.messages
    return {
        "views": [(view.name, address(view)) for view in offered(user, page)],
        "keep_view": f"{reverse('funding:view-create')}?{query}" if keeps else "",
    }
