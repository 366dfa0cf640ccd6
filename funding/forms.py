"""Forms of an initiative, its stage, and the life of a funding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.enums import SDG
from core.forms import PortalForm, PortalModelForm
from core.models import Region
from core.partial_dates.fields import PartialDateFormField
from funding.enums import AmountAudience
from funding.models import Amendment, FinancialReport, Funder, FundingLine, Initiative, Instalment, Payment
from funding.number_fields import NumberField
from members.models import EngineeringScheme, Organisation
from sessions_app.models import Session


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def days(*names: str) -> dict[str, DayInput]:
    return {name: DayInput() for name in names}


class InitiativeForm(PortalModelForm):
    """`keepers` are the organisations for which the person acts; `read_version` finds out a change meanwhile."""

    # Translators: ODD principal
    main_goal = forms.TypedChoiceField(label=_("Main SDG"), required=False, coerce=int, empty_value=None)
    # Translators: Autres ODD
    other_goals = forms.TypedMultipleChoiceField(
        label=_("Other SDGs"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.MultipleChoiceField(
        label=_("Regions of action"), required=False, widget=forms.CheckboxSelectMultiple
    )
    read_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Initiative
        fields = [
            "reference",
            "title",
            "summary",
            "description",
            "prepared_by",
            "bearer",
            "bearer_name",
            "bearer_siren",
            "bearer_siret",
            "bearer_rna",
            "place",
            "is_national",
            "regions",
            "programme",
            "starts_on",
            "ends_on",
            "schemes",
            "sessions",
        ]
        widgets = {
            "schemes": forms.SelectMultiple(attrs={"size": 6}),
            "sessions": forms.SelectMultiple(attrs={"size": 6}),
        }
        help_texts = {
            # Translators: Une organisation de l’annuaire, ou le nom d’une autre structure ci-dessous.
            "bearer": _("An organisation of the directory, or the name of another body below."),
            # Translators: Un jour, un mois, une saison ou une année.
            "starts_on": _("A day, a month, a season or a year."),
        }

    def __init__(self, *args: Any, keepers: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = [(goal.value, f"{goal.value}. {goal.label}") for goal in SDG]
        self.fields["main_goal"].choices = [("", "---------"), *goals]
        self.fields["other_goals"].choices = goals
        self.fields["regions"].choices = list(Region.objects.in_code_order().values_list("code", "name"))
        self.fields["prepared_by"].queryset = Organisation.objects.filter(pk__in=keepers).order_by("name", "pk")
        self.fields["bearer"].queryset = Organisation.objects.order_by("name", "pk")
        self.fields["schemes"].queryset = EngineeringScheme.objects.select_related("organisation").order_by(
            "name", "pk"
        )
        self.fields["sessions"].queryset = Session.objects.past().newest_first()
        if self.instance.pk:
            self.fields["prepared_by"].disabled = True
        self.fields["read_version"].initial = self.instance.version
        if self.instance.sdgs:
            self.fields["main_goal"].initial = self.instance.sdgs[0]
            self.fields["other_goals"].initial = self.instance.sdgs[1:]
        self.order_fields([
            "reference", "title", "summary", "description", "prepared_by", "programme", "bearer", "bearer_name",
            "bearer_siren", "bearer_siret", "bearer_rna", "place", "is_national", "regions", "main_goal", "other_goals",
        ])  # fmt: skip

    def _post_clean(self) -> None:
        main, others = self.cleaned_data.get("main_goal"), self.cleaned_data.get("other_goals") or []
        self.instance.sdgs = [goal for goal in dict.fromkeys([main, *others]) if goal]
        super()._post_clean()


class StageForm(PortalForm):
    """A move to `target`; the date may be a day, a month, a season or a year."""

    target = forms.CharField(widget=forms.HiddenInput)
    changed_on = PartialDateFormField(label=_("Date"), help_text=_("A day, a month, a season or a year."))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class LineForm(PortalModelForm):
    """A new request or draft, or the facts of a line that no move sets."""

    # Translators: Garder en brouillon
    as_draft = forms.BooleanField(label=_("Keep as a draft that only my organisation sees"), required=False)
    read_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = FundingLine
        fields = [
            "funder",
            "reference",
            "kind",
            "purpose",
            "eu_notified",
            "audience",
            "amount_requested",
            "requested_on",
        ]
        field_classes = {"amount_requested": NumberField}
        widgets = days("requested_on")

    def __init__(self, *args: Any, funders: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].queryset = Organisation.objects.filter(pk__in=funders).order_by("name", "pk")
        self.fields["read_version"].initial = self.instance.version
        if self.instance.pk:
            for name in ("funder", "amount_requested", "requested_on", "as_draft"):
                del self.fields[name]
        elif self.instance.funder_id is None:  # whoever acts for several says for which; it settled who sees amounts
            # Translators: Comme ce financeur l’a réglé
            choices = [("", _("as this funder has settled")), *self.fields["audience"].choices]
            self.fields["audience"].choices = choices
            self.fields["audience"].required = False
            self.initial["audience"] = ""

    def clean_audience(self) -> str:
        audience, funder = self.cleaned_data["audience"], self.cleaned_data.get("funder")
        return audience or (Funder.objects.amounts_for(funder.pk) if funder else AmountAudience.FUNDER)


class LineMoveForm(PortalModelForm):
    """The fields that one move asks for (`services.lines.TABLE`)."""

    class Meta:
        model = FundingLine
        fields = [
            "amount_requested", "requested_on", "amount_agreed", "decided_on", "decided_by", "decision_reference",
            "contract_number", "signed_on", "expires_on", "closed_on", "reason",
        ]  # fmt: skip
        field_classes = {"amount_requested": NumberField, "amount_agreed": NumberField}
        widgets = days("requested_on", "decided_on", "signed_on", "expires_on", "closed_on")

    REQUIRED = ("amount_agreed", "decided_on", "signed_on", "closed_on", "reason")

    def __init__(self, *args: Any, asks: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in asks]:
            del self.fields[name]
        for name in self.REQUIRED:
            if name in self.fields:
                self.fields[name].required = True

    def _post_clean(self) -> None:
        """The service checks the line; here only the fields themselves were read."""


class AmendmentForm(PortalModelForm):
    class Meta:
        model = Amendment
        fields = ["signed_on", "change", "expires_on", "reason"]
        field_classes = {"change": NumberField}
        widgets = days("signed_on", "expires_on")


class InstalmentForm(PortalModelForm):
    class Meta:
        model = Instalment
        fields = ["due_on", "amount", "condition"]
        field_classes = {"amount": NumberField}
        widgets = days("due_on")


class PaymentForm(PortalModelForm):
    class Meta:
        model = Payment
        fields = ["kind", "instalment", "paid_on", "amount", "reference"]
        field_classes = {"amount": NumberField}
        widgets = days("paid_on")

    def __init__(self, *args: Any, line: FundingLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.line = line
        field = self.fields["instalment"]
        field.queryset = line.instalments.order_by("number", "pk")
        # Translators: Échéance %(number)s
        field.label_from_instance = lambda row: f"{row.number} – {row.due_on:%d/%m/%Y}"


class ReportForm(PortalModelForm):
    class Meta:
        model = FinancialReport
        fields = ["due_on", "note"]
        widgets = days("due_on")


class RowForm(PortalForm):
    """A form that stands in a row of a table; `row` says in which, so that its error is shown there."""

    def __init__(self, *args: Any, row: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row


class CallForm(RowForm):
    called_on = forms.DateField(label=_("Called on"), widget=DayInput())
    reference = forms.CharField(label=_("Reference"), max_length=80, required=False)


class ReceivedForm(RowForm):
    received_on = forms.DateField(label=_("Received on"), widget=DayInput())
