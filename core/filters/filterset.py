"""The filters of one list together: rows found, counts, chips, addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from http import HTTPStatus
from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, Count, QuerySet, Value
from django.http import QueryDict
from django.utils.translation import pgettext

from core.filters.common import common_rows, rows_with_common
from core.filters.kinds import OptionFilter, Sort, Text
from core.filters.views import Chip, FacetView, Option, SortView
from core.forms.base import CleanInputMixin
from core.web import counts

NOT_CARRIED = {"page", "format"}  # a changed filter starts on page 1 again, and shows a page, not a file


class FilterForm(CleanInputMixin, forms.Form):
    """What an address asks of a list."""


class FilterSet(django_filters.FilterSet):
    """Base of every list's filters; see the module."""

    def get_form_class(self) -> type[forms.Form]:
        """Whatever a subclass says in its Meta: an address is read as every form is."""
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        return type(f"{type(self).__name__}Form", (FilterForm,), fields)

    def __init__(self, data: QueryDict, queryset: QuerySet) -> None:
        super().__init__(data, queryset)
        self.given = data

    @property
    def qs(self) -> QuerySet:
        if not hasattr(self, "_qs"):
            self._qs = self.narrowed() if self.is_valid() else self.queryset.none()
        return self._qs

    @property
    def status(self) -> int:
        return HTTPStatus.OK if self.is_valid() else HTTPStatus.BAD_REQUEST

    @cached_property
    def messages(self) -> list[str]:
        """What could not be read, in whole sentences that name the filter."""
        return [
            pgettext("filter", "%(filter)s: %(problem)s") % {"filter": self.filters[name].label, "problem": problem}
            for name, problems in self.form.errors.items()
            for problem in problems
        ]

    def narrowed(self, *, without: Collection[str] = (), texts: QuerySet | None = None) -> QuerySet:
        """The rows that pass every filter but those of `without`; `texts` takes the place of the text filters."""
        queryset = self.queryset.all() if texts is None else texts
        for name, value in self.form.cleaned_data.items():
            if name not in without and (texts is None or not isinstance(self.filters[name], Text)):
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    # --- counts ----------------------------------------------------------------------------------------------

    @cached_property
    def _counted(self) -> dict[tuple[str, str], int]:
        """(facet, word) → rows; ("", "found") and ("", "total") → rows of the list. Empty where a value is wrong."""
        if not self.is_valid():
            return {}
        known = self._known_counts()
        found = self._found_by_text()
        texts = self.queryset.filter(pk__in=common_rows()) if found is not None else None
        whole = {"found": self.narrowed(texts=texts), "total": self.queryset}
        parts = [self._labelled("", [_rows(rows, word) for word, rows in whole.items() if ("", word) not in known])]
        told = {facet for facet, _word in known}
        for name, filter_ in self._facet_filters().items():
            if name not in told:
                narrowed = self.narrowed(without=() if filter_.match_all else (name,), texts=texts)
                parts.append(self._labelled(name, filter_.counted(narrowed.order_by())))
        queries = [query for part in parts for query in part]
        if not queries:
            return known
        union = queries[0].union(*queries[1:], all=True)

        def compute() -> dict[tuple[str, str], int]:
            answer: dict[tuple[str, str], int] = {}
            for facet, value, number in union if found is None else rows_with_common(union, found):
                filter_ = self.filters.get(facet)
                word = filter_.word(value) if filter_ else value
                answer[facet, word] = answer.get((facet, word), 0) + number
            return answer

        statements = [union] if found is None else [union, found]
        return known | counts.cached(statements, compute, size=lambda answer: (known | answer).get(("", "total"), 0))

    def _known_counts(self) -> dict[tuple[str, str], int]:
        """Counts that the page has made already, as `_counted` holds them; of a facet all or none. Not asked again."""
        return {}

    def _found_by_text(self) -> QuerySet | None:
        """The keys of the rows that the text filters find: slow to know, so asked once for all counts."""
        texts = {
            name for name, value in self.form.cleaned_data.items() if value and isinstance(self.filters[name], Text)
        }
        if not texts:
            return None
        queryset = self.queryset.order_by()
        for name in texts:
            queryset = self.filters[name].filter(queryset, self.form.cleaned_data[name])
        return queryset.values("pk")

    @staticmethod
    def _labelled(name: str, queries: Iterable[QuerySet]) -> list[QuerySet]:
        label = Value(name, CharField())
        return [query.annotate(_facet=label).values_list("_facet", "_option", "_number") for query in queries]

    def _facet_filters(self) -> dict[str, OptionFilter]:
        return {name: filter_ for name, filter_ in self.filters.items() if isinstance(filter_, OptionFilter)}

    @property
    def found(self) -> int:
        return self._counted.get(("", "found"), 0)

    @property
    def total(self) -> int:
        return self._counted.get(("", "total"), 0)

    # --- what templates draw -----------------------------------------------------------------------------------

    def _chosen(self, name: str) -> list[str]:
        """The words of facet `name` in the address, readable or not."""
        return [word for word in self.given.getlist(name) if word]

    @staticmethod
    def _labels(filter_: django_filters.Filter) -> dict[str, str]:
        return {word: str(label) for word, label in getattr(filter_.field, "choices", ())}

    def _sorts(self) -> list[str]:
        return [name for name, filter_ in self.filters.items() if isinstance(filter_, Sort)]

    @cached_property
    def search(self) -> forms.BoundField | None:
        return next((self.form[name] for name, filter_ in self.filters.items() if isinstance(filter_, Text)), None)

    @cached_property
    def facets(self) -> list[FacetView]:
        valid, views = self.is_valid(), []
        for name, filter_ in self._facet_filters().items():
            chosen = set(self._chosen(name))
            options = [
                Option(word, str(label), self._counted.get((name, word), 0) if valid else None, word in chosen)
                for word, label in filter_.field.choices
            ]
            views.append(FacetView(name, str(filter_.label), options, list(self.form.errors.get(name, []))))
        return views

    @cached_property
    def sorts(self) -> list[SortView]:
        for name, filter_ in self.filters.items():
            if isinstance(filter_, Sort):
                chosen = self.given.get(name) or next(iter(filter_.orders))
                return [
                    SortView(word, str(label), word == chosen, self.address(**{name: word}))
                    for word, (label, _fields) in filter_.orders.items()
                ]
        return []

    @cached_property
    def chips(self) -> list[Chip]:
        """Every active filter, also one that could not be read, so that it can be taken away."""
        chips = []
        for name, filter_ in self.filters.items():
            if isinstance(filter_, Sort):
                continue
            labels = self._labels(filter_)
            for word in dict.fromkeys(self._chosen(name)):
                label = pgettext("filter", "%(filter)s: %(value)s") % {
                    "filter": filter_.label,
                    "value": labels.get(word, word),
                }
                rest = [other for other in self._chosen(name) if other != word]
                chips.append(Chip(label, self.address(**{name: rest})))
        return chips

    @property
    def active(self) -> int:
        return len(self.chips)

    @property
    def clear(self) -> str:
        kept = [name for name in self._sorts() if name not in self.form.errors]
        return self.address(**{name: [] for name in self.filters if name not in kept})

    @cached_property
    def carried(self) -> list[tuple[str, str]]:
        """Parameters of the page that are not fields of the panel: the form sends them again as hidden fields."""
        errors = self.form.errors
        return [
            (name, value)
            for name, values in self.given.lists()
            if name not in NOT_CARRIED and (name not in self.filters or name in self._sorts()) and name not in errors
            for value in values
        ]

    @cached_property
    def described(self) -> list[tuple[str, str]]:
        """(filter, values in words) of the active filters, for the notes of an export."""
        pairs = []
        for name, filter_ in self.filters.items():
            if isinstance(filter_, Sort):
                continue
            labels = self._labels(filter_)
            if chosen := [labels.get(word, word) for word in self._chosen(name)]:
                pairs.append((str(filter_.label), ", ".join(chosen)))
        return pairs

    def address(self, **changes: Any) -> str:
        """This page's query string with `changes` (a value, a list, or [] to drop); "?" where nothing is left."""
        query = self.given.copy()
        for name in NOT_CARRIED:
            query.pop(name, None)
        for name, value in changes.items():
            query.setlist(name, [value] if isinstance(value, str) else list(value))
        for name in [name for name, values in query.lists() if not any(values)]:
            del query[name]
        return "?" + query.urlencode()


def _rows(queryset: QuerySet, word: str) -> QuerySet:
    """One row: how many `queryset` holds."""
    label = Value(word, CharField())
    return queryset.order_by().annotate(_option=label).values("_option").annotate(_number=Count("pk"))
