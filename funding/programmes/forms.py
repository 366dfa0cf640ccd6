"""Forms of programmes and their commitments, of a funder's settings, and of an initiative's documents."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from core.files import UploadField
from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from core.models import Region
from funding.models import Commitment, Funder, Programme
from funding.number_fields import NumberField
from members.models import Organisation


class ProgrammeForm(AddsOnce, PortalModelForm):
    """`leads` are the organisations for which the person acts."""

    beside = {"programme_dates_in_order": "ends_on"}

    foundations = forms.CharField(
        label=_("Works it rests on (one a line)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Programme
        fields = ["name", "summary", "description", "lead", "starts_on", "ends_on", "follows"]
        help_texts = {"starts_on": _("A day, a month, a season or a year.")}

    def __init__(self, *args: Any, leads: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = Organisation.objects.filter(pk__in=leads).order_by("name", "pk")
        self.fields["follows"].queryset = Programme.objects.exclude(pk=self.instance.pk).order_by("name", "pk")
        self.fields["foundations"].initial = "\n".join(self.instance.foundations)
        if self.instance.pk:
            self.fields["lead"].disabled = True
            self.fields["lead"].queryset = Organisation.objects.filter(pk=self.instance.lead_id)

    def clean_foundations(self) -> str:
        """Each work becomes an entry; a line holds at most 200 characters."""
        lines = [line.strip() for line in self.cleaned_data["foundations"].splitlines() if line.strip()]
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("A line holds at most 200 characters."))
        self.instance.foundations = lines
        return "\n".join(lines)


class CommitmentForm(AddsOnce, PortalModelForm):
    """A count in words ("une cinquantaine") or a number, never both."""

    beside = {"commitment_words_or_number": "target", "commitment_overseas_counts_territories": "target_overseas"}

    regions = forms.MultipleChoiceField(
        label=_("Named territories"),
        required=False,
        help_text=_("Only where the commitment names them."),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Commitment
        fields = [
            "text", "unit", "target", "target_overseas", "approximate", "amount", "regions", "due", "partners", "note",
        ]  # fmt: skip
        field_classes = {"amount": NumberField}
        widgets = {"partners": forms.CheckboxSelectMultiple}
        help_texts = {
            "approximate": _("As it was announced. It never becomes a number."),
            "due": _("A day, a month, a season or a year."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].choices = list(Region.objects.in_code_order().values_list("code", "name"))
        self.fields["partners"].queryset = Organisation.objects.order_by("name", "pk")


class FunderForm(PortalModelForm):
    class Meta:
        model = Funder
        fields = ["siret", "fiscal_month", "amounts_for"]
        widgets = {"fiscal_month": forms.Select}
        help_texts = {
            "siret": _("Asked for by the open format of grants (SCDL)."),
            "fiscal_month": _("Totals by financial year begin with this month."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.TypedChoiceField(
            label=self.fields["fiscal_month"].label,
            help_text=self.fields["fiscal_month"].help_text,
            choices=[(number, str(name).capitalize()) for number, name in MONTHS.items()],
            coerce=int,
        )
        field.widget.attrs["class"] = "form-select"
        self.fields["fiscal_month"] = field


class DocumentForm(AddsOnce, PortalForm):
    """A file or a link, one of the two; without a title the file's own name."""

    title = forms.CharField(
        label=_("Title"), max_length=160, required=False, help_text=_("Left empty: the name of the file.")
    )
    file = UploadField(
        label=_("File"),
        required=False,
        help_text=_("PDF, OpenDocument, Word, Excel, PowerPoint or picture."),
    )
    link = forms.URLField(label=_("or a link"), required=False, max_length=500, assume_scheme="https")
    is_reserved = forms.BooleanField(label=_("Only for my organisation, which keeps the initiative"), required=False)
    title.depends = file.depends = link.depends = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        file, link = data.get("file"), data.get("link")
        if bool(file) == bool(link) and not {"file", "link"} & set(self.errors):
            self.add_error("file", _("Give a file or a link, one of the two."))
        if not data.get("title") and "title" not in self.errors:
            if file:
                data["title"] = PurePath(file.name).stem[:160]
            elif "file" not in self.errors:
                self.add_error("title", _("Give a title."))
        return data
