"""The kinds of filters: options of a column, options that are conditions, free text, the order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, Count, F, Func, Q, QuerySet, Value
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

Choices = Iterable[tuple[Any, Any]]

_ORDER = _("Order")
_UNKNOWN = {"invalid_choice": _("“%(value)s” is not a value of this filter.")}


class _FacetField(forms.MultipleChoiceField):
    """Several options; an empty one (`?monde=`) is no choice, an unknown one is an error that names it."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = _UNKNOWN

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(item for item in super().to_python(value) if item))


class OptionFilter(django_filters.Filter):
    """A filter with options, counted or not."""

    field_class = _FacetField
    match_all = False

    def choices(self) -> list[tuple[str, Any]]:
        """(word in the address, label) of each option."""
        raise NotImplementedError

    def condition(self, words: Sequence[str]) -> Q:
        raise NotImplementedError

    def counted(self, queryset: QuerySet) -> list[QuerySet]:
        """Querysets of (word, number) rows."""
        raise NotImplementedError

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field"):
            self._field = self.field_class(label=self.label, required=False, choices=self.choices())
        return self._field

    def filter(self, qs: QuerySet, value: Sequence[str]) -> QuerySet:
        return qs.filter(self.condition(value)) if value else qs


class Facet(OptionFilter):
    """Options of one column, by the path from the listed model; rows are never doubled by a relation.

    `choices`: pairs (stored value, label) or a callable that gives them. `words`: French words for the
    address, where the stored value is none. `array`: the column is an array, any of whose items may match; with
    `each_once` it never holds a value twice, which makes counting it cheap.
    """

    def __init__(
        self,
        path: str,
        *,
        label: Any,
        choices: Choices | Callable[[], Choices],
        words: Mapping[str, Any] | None = None,
        array: bool = False,
        each_once: bool = False,
    ) -> None:
        super().__init__(field_name=path, label=label)
        self.given, self.array, self.each_once = choices, array, each_once
        self.words = {str(value): word for word, value in (words or {}).items()}

    @property
    def many(self) -> bool:
        """Whether one row of the list may meet several values by this path."""
        options, many = self.model._meta, False
        for name in self.field_name.split(LOOKUP_SEP):
            step = next((field for field in options.get_fields() if field.name == name), None)
            if step is None:  # a transform, such as the year of a date: one value a row
                break
            many = many or step.one_to_many or step.many_to_many
            options = step.related_model._meta if step.is_relation else options
        return bool(many)

    def choices(self) -> list[tuple[str, Any]]:
        pairs = list(self.given() if callable(self.given) else self.given)
        self.stored = {self.word(value): value for value, _label in pairs}
        return [(self.word(value), label) for value, label in pairs]

    def word(self, value: Any) -> str:
        return self.words.get(str(value), str(value))

    def condition(self, words: Sequence[str]) -> Q:
        values = [self.stored[word] for word in words]
        here = Q(**{f"{self.field_name}__{'overlap' if self.array else 'in'}": values})
        if not self.many:
            return here
        return Q(pk__in=self.model._base_manager.filter(here).values("pk"))

    def counted(self, queryset: QuerySet) -> list[QuerySet]:
        option = Func(F(self.field_name), function="unnest") if self.array else F(self.field_name)
        if self.array:
            option.set_returning = True
        number = Count("pk", distinct=self.many or (self.array and not self.each_once))
        return [queryset.annotate(_option=Cast(option, CharField())).values("_option").annotate(_number=number)]


class Conditions(OptionFilter):
    """Options that are conditions: word in the address → (label, Q). With `match_all` each narrows further.

    A Q may name columns and annotations (`Exists(…)`), never a path that meets many rows: it would double them.
    """

    def __init__(self, options: Mapping[str, tuple[Any, Q]], *, label: Any, match_all: bool = False) -> None:
        super().__init__(label=label)
        self.options, self.match_all = options, match_all

    def choices(self) -> list[tuple[str, Any]]:
        return [(word, label) for word, (label, _q) in self.options.items()]

    def condition(self, words: Sequence[str]) -> Q:
        joined = Q()
        for word in words:
            q = self.options[word][1]
            joined = joined & q if self.match_all else joined | q
        return joined

    def word(self, value: Any) -> str:
        return value

    def counted(self, queryset: QuerySet) -> list[QuerySet]:
        return [
            queryset.filter(q)
            .annotate(_option=Value(word, CharField()))
            .values("_option")
            .annotate(_number=Count("pk"))
            for word, (_label, q) in self.options.items()
        ]


class Text(django_filters.CharFilter):
    """Free text, handed to the queryset's `matching`."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.matching(value) if value else qs


class Sort(django_filters.Filter):
    """The order: word → (label, fields); the first is the ordinary one. The primary key always settles ties."""

    field_class = forms.ChoiceField

    def __init__(self, orders: Mapping[str, tuple[Any, Sequence[Any]]], *, label: Any = _ORDER) -> None:
        super().__init__(label=label)
        self.orders = orders

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field"):
            pairs = [(word, label) for word, (label, _fields) in self.orders.items()]
            self._field = forms.ChoiceField(label=self.label, required=False, choices=pairs, error_messages=_UNKNOWN)
        return self._field

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.order_by(*self.orders[value or next(iter(self.orders))][1], "pk")
