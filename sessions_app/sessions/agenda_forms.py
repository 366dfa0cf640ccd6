"""The whole agenda in one form, saved while it is written; what two people change at once is joined, field by field.

Each row bears what its reader was shown (`was`). Who changed a field wins over who did not; where both changed the same
one, the second is shown what the first wrote, and nothing is saved until he or she has seen it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _now, gettext_lazy as _, pgettext_lazy

from core.formatting.dates import weekday_date
from core.forms.base import PortalForm, PortalModelForm
from core.forms.sent import SentWord
from core.text import from_json
from sessions_app.enums import ItemKind
from sessions_app.models import AgendaItem, Session, Speaker
from sessions_app.sessions.agenda import day_numbered
from sessions_app.sessions.agenda_lines import Line, read_lines
from sessions_app.sessions.services import Stored, state_of, stored, why_it_stays
from sessions_app.sessions.speakers import Directory, Unknown, as_text

MOST_ITEMS, MOST_MINUTES = 60, 600
CONFLICT = "conflict"
THEIRS = (
    "theirs"  # `keep`: where both changed the same field or the order, the other's stays; what else was typed is saved
)


class DayOfSessionField(forms.TypedChoiceField):
    """One of the days of a session of several."""

    def __init__(self, session: Session) -> None:
        numbers = range(1, session.number_of_days + 1)
        days = [(number, capfirst(weekday_date(day_numbered(session, number)))) for number in numbers]
        widget = forms.Select(attrs={"class": "form-select"})
        super().__init__(label=pgettext_lazy("of a session", "Day"), choices=days, coerce=int, widget=widget)


class RowField(forms.IntegerField):
    """Which item a row of the form is, among those that were read together: Django's own field asks for each anew."""

    widget = forms.HiddenInput
    default_error_messages = {
        "invalid": _(
            "This item was removed meanwhile, by somebody else or in another window of yours. Tick “Remove this item”, or copy it into the line below."
        )
    }

    def __init__(self, rows: dict[int, AgendaItem], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.rows = rows

    def clean(self, value: Any) -> AgendaItem | None:
        number = super().clean(value)
        if number is not None and number not in self.rows:
            raise ValidationError(self.error_messages["invalid"], code="invalid_choice")
        return self.rows.get(number)


class AgendaItemForm(PortalModelForm):
    speakers = forms.CharField(
        label=_("Speakers"),
        required=False,
        max_length=1000,
        help_text=_("Separated by semicolons: Sofia Marchetti (Fondation des Territoires); Jeanne Dupont (guest)"),
        widget=forms.TextInput(attrs={"data-speakers": "", "autocomplete": "off"}),
    )
    was = SentWord()

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "minutes_long", "is_reserved", "day"]

    def __init__(self, *args: Any, directory: Callable[[], Directory], keep: str = "", **kwargs: Any) -> None:
        """`keep`: what somebody else wrote meanwhile was seen, and is to give way, or to stay (`THEIRS`)."""
        super().__init__(*args, **kwargs)
        self.directory, self.keep = directory, keep
        self.stored: Stored = stored(self.instance) if self.instance.pk else {}
        self.place = self.instance.position
        self.fields["speakers"].initial = self.stored.get("speakers", "")
        self.given: list[Speaker] | None = None  # None: as they are
        self.behind: dict[str, Any] = {}  # what the page still shows of what somebody else changed

    def clean_speakers(self) -> str:
        line: str = self.cleaned_data["speakers"]
        if line == self.stored.get("speakers", ""):
            return line
        found = self.directory().read(line)
        if found.unknown:
            raise ValidationError([_why(unknown) for unknown in found.unknown])
        self.given = found.speakers
        return as_text(found.speakers)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, theirs in self.stored.items():
            if name in self.fields and name in data and name in self.was_shown:
                self._join(data, name, theirs, self.was_shown[name])
        return data

    def _join(self, data: dict[str, Any], name: str, theirs: Any, before: Any) -> None:
        mine = data[name]
        if theirs == before:
            return
        if mine == before or (mine != theirs and self.keep == THEIRS):  # only somebody else changed it, or is to win
            data[name], self.behind[name] = theirs, mine
            if name == "speakers":
                self.given = None
        elif mine != theirs and not self.keep:
            text = _(
                "“%(theirs)s” was written here meanwhile, by somebody else or in another window of yours. Save again to keep what you wrote."
            )
            self.add_error(name, ValidationError(text, params={"theirs": self._said(name, theirs)}, code=CONFLICT))

    def _said(self, name: str, value: Any) -> str:
        if name == "kind":
            return str(ItemKind(value).label)
        if isinstance(value, bool):
            return _now("Yes") if value else _now("No")
        return str(value)

    @cached_property
    def was_shown(self) -> dict[str, Any]:
        """What the page showed; nothing for what is no such text."""
        field = self["was"]
        try:
            found = from_json(field.data or "")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def baseline(self) -> str:
        """What the page shows from now on, for `was`."""
        return json.dumps({**self.stored, "place": self.place, **self.behind}, ensure_ascii=False)

    def renew(self) -> None:
        """After it was saved: what stands there now is what its writer knows of."""
        self.stored, self.place = stored(self.instance), self.instance.position


def _why(unknown: Unknown) -> ValidationError:
    values = {"name": unknown.name, "closest": " / ".join(unknown.closest)}
    if unknown.closest:
        text = _(
            "Nobody of the space is called “%(name)s”. Did you mean %(closest)s? For a guest write: %(name)s (guest)"
        )
    else:
        text = _("Nobody of the space is called “%(name)s”. For a guest write: %(name)s (guest)")
    return ValidationError(text, params=values, code="unknown")


class AgendaFormSet(BaseInlineFormSet):
    """The whole agenda at once; the place of each item is the number its form carries (`ORDER`).

    `autosaving` leaves what is ticked to be removed where it is: that takes the button.
    """

    def __init__(self, *args: Any, keep: str = "", autosaving: bool = False, **kwargs: Any) -> None:
        self._directory: Directory | None = None
        self.keep, self.autosaving = keep, autosaving
        super().__init__(*args, form_kwargs={"directory": self.directory, "keep": keep}, **kwargs)
        self.seen = state_of(self.get_queryset())  # before the forms write into these rows

    def directory(self) -> Directory:
        """Read once, and only where a line of speakers has changed."""
        if self._directory is None:
            self._directory = Directory()
        return self._directory

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"] = RowField({item.pk: item for item in self.get_queryset()}, initial=form.fields["id"].initial)
        if self.instance.number_of_days > 1:
            form.fields["day"] = DayOfSessionField(self.instance)
        else:
            del form.fields["day"]
        form.fields["ORDER"].label = _("Place")
        form.fields["ORDER"].widget.attrs |= {"class": "form-control", "min": "1"}
        form.fields["DELETE"].label = _("Remove this item")
        form.fields["DELETE"].widget.attrs |= {"class": "form-check-input"}

    def clean(self) -> None:
        super().clean()
        if not self.autosaving:
            for form in self.initial_forms:
                wanted = form.cleaned_data.get("DELETE") if hasattr(form, "cleaned_data") else False
                if wanted and form.instance.pk and (reason := why_it_stays(form.instance)):
                    form.add_error("DELETE", ValidationError(reason, params={"title": form.instance.title}))
            if any(form.errors.get("DELETE") for form in self.initial_forms):
                raise ValidationError(_("Nothing was saved: an item cannot be removed."))
        mine, before, theirs = self._orders()
        if mine == before != theirs:
            for form in self.initial_forms:
                form.behind["place"] = form.was_shown.get("place")
        elif before is not None and not self.keep and theirs not in (before, mine):
            raise ValidationError(
                _(
                    "The order was changed meanwhile, by somebody else or in another window of yours. Save again to keep yours."
                ),
                code=CONFLICT,
            )

    def _orders(self) -> tuple[list[int], list[int] | None, list[int]]:
        """The rows that stay, as their sender places them, as the page showed them, and as they stand now."""
        rows = [form for form in self.initial_forms if form.instance.pk and not self._should_delete_form(form)]
        numbers = {form.instance.pk: _number(form) for form in rows}
        shown = {form.instance.pk: form.was_shown.get("place") for form in rows}
        placed = {form.instance.pk: form.place for form in rows}
        keys = list(numbers)
        before = sorted(keys, key=shown.__getitem__) if all(type(n) is int for n in shown.values()) else None
        return sorted(keys, key=numbers.__getitem__), before, sorted(keys, key=placed.__getitem__)

    def _should_delete_form(self, form: forms.Form) -> bool:
        return not self.autosaving and bool(super()._should_delete_form(form))

    def in_order(self) -> list[AgendaItemForm]:
        """The rows to be written, as they stand from now on."""
        mine, before, theirs = self._orders()
        order = theirs if mine == before or self.keep == THEIRS else mine
        rows = {form.instance.pk: form for form in self.initial_forms}
        return [rows[key] for key in order]

    def removed(self) -> list[AgendaItem]:
        return [form.instance for form in self.initial_forms if form.instance.pk and self._should_delete_form(form)]

    def row_for(self, item: AgendaItem, index: int) -> AgendaItemForm:
        """The form of an item that was added just now, as the row `index` of the page."""
        form = AgendaItemForm(instance=item, prefix=self.add_prefix(index), directory=self.directory)
        self.add_fields(form, index)
        form.fields["ORDER"].initial = index + 1
        form.fields["id"].initial = item.pk
        return form

    @property
    def is_overtaken(self) -> bool:
        """Whether only one of several who wrote at once has still to be told."""
        errors = [*self.non_form_errors().as_data()]
        for form in self.initial_forms:
            errors += [error for found in form.errors.as_data().values() for error in found]
        return any(error.code == CONFLICT for error in errors)


def _number(form: forms.Form) -> float:
    number = form.cleaned_data.get("ORDER") if hasattr(form, "cleaned_data") else None
    return math.inf if number is None else number


AgendaForms = inlineformset_factory(
    Session,
    AgendaItem,
    form=AgendaItemForm,
    formset=AgendaFormSet,
    extra=0,
    edit_only=True,
    can_order=True,
    can_delete=True,
    max_num=MOST_ITEMS,
)


class LinesForm(PortalForm):
    """New items as text, and how the agenda was sent."""

    lines = forms.CharField(
        label=_("Add items"),
        required=False,
        max_length=20_000,
        help_text=_(
            "One line an item, with its duration if you like: Debate on the fund, 45 min. A whole list can be pasted."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keep = SentWord()

    def __init__(self, *args: Any, already: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.already = already

    def clean_lines(self) -> list[Line]:
        found = read_lines(self.cleaned_data["lines"])
        longest = AgendaItem._meta.get_field("title").max_length
        problems = []
        for number, line in enumerate(found, start=1):
            values = {"number": number, "title": line.title[:40], "most": longest}
            if len(line.title) > longest:
                problems.append(
                    ValidationError(_("Line %(number)d (“%(title)s…”) is longer than %(most)d signs."), params=values)
                )
            if line.minutes is not None and line.minutes > MOST_MINUTES:
                problems.append(
                    ValidationError(_("Line %(number)d (“%(title)s”) lasts more than ten hours."), params=values)
                )
        if self.already + len(found) > MOST_ITEMS:
            problems.append(ValidationError(_("An agenda has at most %(most)d items."), params={"most": MOST_ITEMS}))
        if problems:
            raise ValidationError(problems)
        return found
