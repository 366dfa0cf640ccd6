"""The lists of this app whose filter can be kept under a name, or downloaded whole: where each stands."""

from __future__ import annotations

from functools import partial

from funding.enums import ListPage
from funding.exports.files import filterset_of
from members.saved_views import pages

PAGES = {
    ListPage.DASHBOARD: "funding:dashboard",
    ListPage.DETAIL: "funding:detail",
    ListPage.INITIATIVES: "funding:initiatives",
    ListPage.OWN: "funding:lines",
}


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for page, address in PAGES.items():
        pages.register(
            pages.FilteredPage(
                page.value,
                label=page.label,
                address=address,
                filterset=partial(filterset_of, page.value),
            )
        )
