"""Pages of a list, with a count that was made already."""

from __future__ import annotations

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

PER_PAGE = 50


class CountedPaginator(Paginator):
    """A paginator that is told how many rows there are instead of asking again."""

    def __init__(self, rows: QuerySet, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = count  # takes the place of the cached property


def paginate(request: HttpRequest, rows: QuerySet, *, count: int, per_page: int = PER_PAGE) -> Page:
    """The page that `?page=` asks for; one that does not exist is a 404."""
    try:
        return CountedPaginator(rows, per_page, count).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404(_("This list has no such page.")) from error
