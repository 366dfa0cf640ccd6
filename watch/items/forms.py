"""Forms of an entry of the watch: for each kind the fields it has, and its moves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import SDG
from core.files import UploadField
from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from core.forms.sent import SentWord
from core.models import Region
from funding.models import Initiative
from sessions_app.models import Session
from watch.enums import Beneficiary, ItemMove, Kind, Purpose
from watch.models import WatchItem

MOST_THEMES, LONGEST_THEME = 10, 60
TOO_MANY = _("At most %(most)s themes.")
TOO_LONG = _("A theme has at most %(most)s characters.")
OF_COUNTRY = _("The whole country or some regions: one of the two.")

_WHAT = ("title", "summary", "body", "themes")
_WHERE = ("is_national", "regions", "place")
_ORIGIN = ("link", "upload", "without_file", "source", "licence")
_GOALS = ("sdgs",)
_OF_DOCUMENTS = ("author", "dated_on")
Section = tuple[Promise, tuple[str, ...]]


def _sections(*middle: Section) -> tuple[Section, ...]:
    return (
        (_("What it is"), _WHAT),
        *middle,
        (pgettext_lazy("heading of a form", "For which goals"), _GOALS),
        (pgettext_lazy("heading of a form", "Where it comes from"), _ORIGIN),
        (pgettext_lazy("heading of a form", "Who reads it"), ("is_public",)),
    )


_TERRITORY: Section = (pgettext_lazy("heading of a form", "Which territory"), _WHERE)
_DOCUMENT = _sections((_("Who wrote it, and when"), _OF_DOCUMENTS), _TERRITORY)
SECTIONS: dict[Kind, tuple[Section, ...]] = {
    Kind.SCHEME: _sections(
        (_("What it offers"), ("purpose", "beneficiaries", "financers", "rates", "contact")),
        (pgettext_lazy("heading of a form", "When"), ("opens_on", "closes_on")),
        _TERRITORY,
    ),
    Kind.NEEDS_STUDY: _sections(
        (_("Who wrote it, and when"), _OF_DOCUMENTS),
        _TERRITORY,
        (_("Who could answer the need"), ("competences",)),
    ),
    Kind.PUBLICATION: _DOCUMENT,
    Kind.METHOD: _DOCUMENT,
    Kind.DATA_SET: _DOCUMENT,
    Kind.LESSON: _sections(
        (pgettext_lazy("heading of a form", "From what it was learnt"), ("session", "cycle", "initiative", "dated_on")),
        _TERRITORY,
    ),
}
BODY = {
    Kind.SCHEME: pgettext_lazy("of a support scheme", "Description"),
    Kind.NEEDS_STUDY: _("What it finds"),
    Kind.PUBLICATION: _("What it finds"),
    Kind.METHOD: pgettext_lazy("of a method", "How to go about it"),
    Kind.DATA_SET: _("What it holds"),
    Kind.LESSON: _("What was learnt"),
}


class ThemesField(forms.CharField):
    """Words apart by commas; their order stays, each stands once."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        words = (" ".join(word.split()) for word in super().to_python(value).replace(";", ",").split(","))
        found = list({word.casefold(): word for word in words if word}.values())
        if len(found) > MOST_THEMES:
            raise ValidationError(TOO_MANY, params={"most": MOST_THEMES})
        if any(len(word) > LONGEST_THEME for word in found):
            raise ValidationError(TOO_LONG, params={"most": LONGEST_THEME})
        return found

    def run_validators(self, value: Any) -> None:
        """Read and bounded above."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ReferenceInput(forms.TextInput):
    """The reference of a row in place of a list of all of them."""

    input_type = "text"


class ItemForm(AddsOnce, PortalModelForm):
    """`item.kind` says which fields there are. `read_version` finds out a change meanwhile."""

    themes = ThemesField(
        label=_("Themes"), required=False, help_text=_("Apart by commas: housing, mobility, digital mediation.")
    )
    sdgs = forms.TypedMultipleChoiceField(
        label=_("Sustainable Development Goals"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    beneficiaries = forms.MultipleChoiceField(
        label=pgettext_lazy("of a support scheme", "For whom"),
        choices=Beneficiary.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    upload = UploadField(
        label=_("Document"),
        required=False,
        help_text=_("PDF, OpenDocument, Word, Excel, PowerPoint or picture."),
    )
    without_file = forms.BooleanField(label=_("Take the document away"), required=False)
    read_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = WatchItem
        fields = [
            "title",
            "summary",
            "body",
            "author",
            "dated_on",
            "themes",
            "is_national",
            "regions",
            "place",
            "purpose",
            "opens_on",
            "closes_on",
            "beneficiaries",
            "financers",
            "rates",
            "contact",
            "competences",
            "session",
            "cycle",
            "initiative",
            "link",
            "source",
            "licence",
            "sdgs",
            "is_public",
        ]
        widgets = {
            "body": forms.Textarea(attrs={"rows": 8}),
            "regions": forms.CheckboxSelectMultiple,
            "competences": forms.CheckboxSelectMultiple,
            "initiative": ReferenceInput,
        }
        labels = {
            "dated_on": pgettext_lazy("of a publication", "Date"),
            "is_public": _("Everybody may read it as open data"),
            "initiative": _("Reference of the initiative"),
            "licence": pgettext_lazy("of what is quoted", "Licence"),
        }
        help_texts = {
            "dated_on": _("A day, a month, a season or a year."),
            "opens_on": _("A day, a month, a season or a year."),
            "closes_on": _("Once this date is over, the entry is marked as ended by itself."),
            "financers": _("Names, apart by commas."),
            "contact": _("A service or an address that is public; nobody’s private details."),
            "competences": _("The page then names the members who have them and act there."),
            "initiative": _("As its page shows it: INI-012."),
            "source": _("The text that says so: a law, an article, a report."),
            "place": _("More exactly, where a region is too wide."),
        }

    beside = {
        "watch_scheme_has_purpose": "purpose",
        "watch_lesson_of_one": "session",
        "watch_dates_in_order": "closes_on",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = Kind(self.instance.kind)
        names = [name for _heading, fields in SECTIONS[kind] for name in fields]
        if not self.instance.file_id:
            names.remove("without_file")
        for name in set(self.fields) - {*names, "read_version"}:
            del self.fields[name]
        self.order_fields(names)
        self.fields["body"].label = BODY[kind]
        self.fields["sdgs"].choices = [(goal.value, f"{goal.value}. {goal.label}") for goal in SDG]
        self.fields["regions"].queryset = Region.objects.in_code_order()
        self.fields["read_version"].initial = self.instance.version
        if kind == Kind.SCHEME:
            self.fields["purpose"].required = True
            self.fields["purpose"].choices = [("", _("Choose…")), *Purpose.choices]
        if kind == Kind.LESSON:
            self.fields["session"].queryset = Session.objects.past().newest_first()
            self.fields["initiative"].queryset = Initiative.objects.filter(draft_of=None)
            self.fields["initiative"].to_field_name = "reference"

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        found = []
        for heading, names in SECTIONS[Kind(self.instance.kind)]:
            found.append((heading, [self[name] for name in names if name in self.fields]))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("is_national") and data.get("regions"):
            self.add_error("regions", OF_COUNTRY)
        return data


class WhichMoveForm(PortalForm):
    move = SentWord()  # which of the forms of the page was sent


class MoveForm(PortalForm):
    """One move; with a reason where its contributor is told why."""

    move = forms.TypedChoiceField(choices=ItemMove.choices, coerce=ItemMove, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, move: ItemMove, asks_reason: bool, **options: Any) -> None:
        super().__init__(*args, initial={"move": move}, auto_id=f"id_{move}_%s", **options)
        if not asks_reason:
            del self.fields["reason"]
