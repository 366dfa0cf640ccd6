"""Pages of a list, with a count that was made already."""

from __future__ import annotations

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

PER_PAGE = 25


class CountedPaginator(Paginator):
    """A paginator that is told how many rows there are instead of asking again."""

    def __init__(self, rows: QuerySet, per_page: int, count: int, drawn: QuerySet | None) -> None:
        super().__init__(rows, per_page)
        self.drawn = drawn
        self.__dict__["count"] = count  # takes the place of the cached property

    def _get_page(self, rows: QuerySet, *args: object, **kwargs: object) -> Page:
        if self.drawn is not None:
            rows = self.drawn.filter(pk__in=rows.values("pk")).order_by(*rows.query.order_by)
        return super()._get_page(rows, *args, **kwargs)


def paginate(
    request: HttpRequest, rows: QuerySet, *, count: int, per_page: int = PER_PAGE, drawn: QuerySet | None = None
) -> Page:
    """The page that `?page=` asks for; one that does not exist is a 404.

    `rows` are filtered and in order. `drawn`, of the same model, says what a row shows where that costs much:
    it is then worked out for the rows of the page alone, still in one statement.
    """
    try:
        return CountedPaginator(rows, per_page, count, drawn).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404(_("This list has no such page.")) from error
