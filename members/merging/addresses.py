"""What names a double by its slug, an address or a stored filter, names what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Model
from django.http import QueryDict

from core.lifecycle.merging import Merge
from members.models import Organisation

_LONGEST = Organisation._meta.get_field("slug").max_length
_MOST = 50  # values of one address that are looked up
_SEARCH = "q"  # a text that people write, never a slug


def kept_slugs(values: Iterable[str]) -> dict[str, str]:
    """The slug of each tombstone among `values` → that of what is kept, in one query."""
    asked = {value for value in values if value and value.isascii() and len(value) <= _LONGEST}
    if not asked:
        return {}
    doubles = Organisation.with_doubles.filter(merged_into__isnull=False, slug__in=sorted(asked)[:_MOST])
    return dict(doubles.values_list("slug", "merged_into__slug"))


def renamed(query: QueryDict, slugs: Mapping[str, str]) -> QueryDict:
    """`query` with new slugs for old ones, each value once; itself where it names none."""
    names = [name for name in query if name != _SEARCH and slugs.keys() & set(query.getlist(name))]
    if not names:
        return query
    led = query.copy()
    for name in names:
        led.setlist(name, list(dict.fromkeys(slugs.get(value, value) for value in query.getlist(name))))
    return led


def led_on(query: QueryDict) -> QueryDict:
    """`query` with what is kept for each double that it names; itself where it names none."""
    return renamed(query, kept_slugs(values_of(query)))


def values_of(query: QueryDict) -> list[str]:
    return [value for name in query if name != _SEARCH for value in query.getlist(name)]


def rename_stored(model: type[Model], merge: Merge) -> None:
    """Where a filter stored in `query` of `model` names the double, it names what is kept of it."""
    slugs = {merge.merged.slug: merge.kept.slug}
    for row in model._default_manager.filter(query__contains=merge.merged.slug):
        led = renamed(QueryDict(row.query), slugs).urlencode()
        if led != row.query and len(led) <= model._meta.get_field("query").max_length:
            model._default_manager.filter(pk=row.pk).update(query=led)
