"""Forms of an initiative, its stage, and the life of a funding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import SDG
from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from core.models import Region
from core.partial_dates.fields import PartialDateFormField
from funding.enums import AmountAudience, Stage
from funding.grants.services import FACTS, PAST, facts
from funding.grants.transitions import CORRECTION, MOVED, TABLE, LineMove
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


class InitiativeForm(AddsOnce, PortalModelForm):
    """`keepers` are the organisations for which the person acts; `read_version` finds out a change meanwhile."""

    main_goal = forms.TypedChoiceField(label=_("Main SDG"), required=False, coerce=int, empty_value=None)
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
            "competences",
            "schemes",
            "sessions",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "competences": forms.CheckboxSelectMultiple,
            "schemes": forms.CheckboxSelectMultiple,
            "sessions": forms.CheckboxSelectMultiple,
        }
        labels = {"starts_on": _("Beginning"), "ends_on": pgettext_lazy("of an initiative", "End")}
        help_texts = {
            "bearer": _("An organisation of the directory, or the name of another body below."),
            "bearer_siren": _("9 digits"),
            "bearer_siret": _("14 digits"),
            "bearer_rna": _("W and 9 digits"),
            "competences": _("Its page then names the members who have them and act there."),
            "place": _("Where the initiative acts, even if its seat is elsewhere."),
            "starts_on": _("A day, a month, a season or a year."),
        }

    beside = {
        "initiative_one_bearer": "bearer_name",
        "initiative_national_or_regions": "regions",
        "initiative_dates_in_order": "ends_on",
    }
    SECTIONS = (
        (_("What it is"), ("reference", "title", "summary", "description", "programme", "prepared_by")),
        (_("Who carries it"), ("bearer", "bearer_name", "bearer_siren", "bearer_siret", "bearer_rna")),
        (_("Where it acts"), ("place", "is_national", "regions")),
        (pgettext_lazy("heading of a form", "For which goals"), ("main_goal", "other_goals")),
        (pgettext_lazy("heading of a form", "When"), ("starts_on", "ends_on")),
        (pgettext_lazy("heading of a form", "What supports it"), ("competences", "schemes", "sessions")),
    )

    def __init__(self, *args: Any, keepers: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = [(goal.value, f"{goal.value}. {goal.label}") for goal in SDG]
        self.fields["main_goal"].choices = [("", "–"), *goals]
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
        self.order_fields([name for _heading, names in self.SECTIONS for name in names])

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in self.SECTIONS]

    def _post_clean(self) -> None:
        main, others = self.cleaned_data.get("main_goal"), self.cleaned_data.get("other_goals") or []
        self.instance.sdgs = [goal for goal in dict.fromkeys([main, *others]) if goal]
        super()._post_clean()


class ShareForm(PortalForm):
    spotted_on = PartialDateFormField(
        label=_("First heard of"),
        required=False,
        help_text=_("Its way begins then. A day, a month, a season or a year; left empty: today."),
    )


class StageForm(PortalForm):
    """A move to `target`; the date may be a day, a month, a season or a year. `asks_reason` where it goes back."""

    target = forms.TypedChoiceField(choices=Stage.choices, coerce=Stage, widget=forms.HiddenInput)
    changed_on = PartialDateFormField(label=_("Date"), help_text=_("A day, a month, a season or a year."))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, target: Stage, asks_reason: bool, **options: Any) -> None:
        super().__init__(*args, initial={"target": target}, auto_id=f"id_{target}_%s", **options)
        self.fields["reason"].required = asks_reason


# At which field the rules of a line that the database keeps are told.
BESIDE_LINE = {
    "line_reference_once": "reference",
    "line_decided_after_request": "decided_on",
    "line_signed_after_decision": "signed_on",
    "line_expires_after_signature": "expires_on",
    "line_closed_last": "closed_on",
    "line_paid_at_most_agreed": "amount_agreed",
    "line_granted_has_decision": "amount_agreed",
    "line_contract_is_signed": "signed_on",
    "line_closed_has_date": "closed_on",
    "line_refusal_has_reason": "reason",
}


class LineForm(AddsOnce, PortalModelForm):
    """A new request or draft; of a line that stands, what it is and what its moves have set (`facts`)."""

    beside = BESIDE_LINE

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
            *(name for name in MOVED if name not in ("amount_requested", "requested_on")),
        ]
        field_classes = {"amount_requested": NumberField, "amount_agreed": NumberField}
        widgets = days(*PAST, "expires_on")

    def __init__(self, *args: Any, funders: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funder"].queryset = Organisation.objects.filter(pk__in=funders).order_by("name", "pk")
        self.fields["read_version"].initial = self.instance.version
        if self.instance.pk:
            self._keep(*facts(self.instance), "read_version")
            return
        self._keep(*FACTS, "funder", "amount_requested", "requested_on", "as_draft", "read_version")
        if self.instance.funder_id is None:  # whoever acts for several says for which; it settled who sees amounts
            choices = [("", _("as this funder has settled")), *self.fields["audience"].choices]
            self.fields["audience"].choices = choices
            self.fields["audience"].required = False
            self.initial["audience"] = ""

    def _keep(self, *names: str) -> None:
        for name in [name for name in self.fields if name not in names]:
            del self.fields[name]

    def clean_audience(self) -> str:
        audience, funder = self.cleaned_data["audience"], self.cleaned_data.get("funder")
        return audience or (Funder.objects.amounts_for(funder.pk) if funder else AmountAudience.FUNDER)


class LineMoveForm(PortalModelForm):
    """The fields that one move asks for (`services.line_moves.TABLE`); a correction asks why."""

    beside = BESIDE_LINE

    class Meta:
        model = FundingLine
        fields = MOVED
        field_classes = {"amount_requested": NumberField, "amount_agreed": NumberField}
        widgets = days(*PAST, "expires_on")

    REQUIRED = ("amount_agreed", "decided_on", "signed_on", "closed_on", "reason")

    correction = forms.CharField(label=_("Why it is taken back"), max_length=300)

    def __init__(self, *args: Any, move: LineMove, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = (CORRECTION,) if TABLE[move].is_correction else TABLE[move].asks
        for name in [name for name in self.fields if name not in asks]:
            del self.fields[name]
        for name in self.REQUIRED:
            if name in self.fields:
                self.fields[name].required = True

    def _post_clean(self) -> None:
        """The service checks the line; here only the fields themselves were read."""


class AmendmentForm(AddsOnce, PortalModelForm):
    beside = {"amendment_changes_something": "change", "amendment_expires_after_signature": "expires_on"}

    class Meta:
        model = Amendment
        fields = ["signed_on", "change", "expires_on", "reason"]
        field_classes = {"change": NumberField}
        widgets = days("signed_on", "expires_on")


class InstalmentForm(AddsOnce, PortalModelForm):
    beside = {"instalment_amount_positive": "amount", "instalment_paid_at_most_due": "amount"}

    class Meta:
        model = Instalment
        fields = ["due_on", "amount", "condition"]
        field_classes = {"amount": NumberField}
        widgets = days("due_on")


class PaymentForm(AddsOnce, PortalModelForm):
    """`again` is drawn only once it is asked: whether a payment like one that stands is meant."""

    again = forms.BooleanField(label=_("Add it all the same"), required=False, widget=forms.HiddenInput)

    beside = {"payment_amount_positive": "amount", "payment_back_has_no_instalment": "instalment"}

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
        field.label_from_instance = lambda row: f"{row.number} – {row.due_on:%d/%m/%Y}"

    def add_error(self, field: str | None, error: Any) -> None:
        if field == "again" or "again" in getattr(error, "error_dict", ()):
            self.fields["again"].widget = forms.CheckboxInput(attrs={"class": "form-check-input"})
        super().add_error(field, error)


class ReportForm(AddsOnce, PortalModelForm):
    class Meta:
        model = FinancialReport
        fields = ["due_on", "note"]
        widgets = days("due_on")


class StandingReportForm(PortalModelForm):
    """A report that was entered already, with the day it came."""

    class Meta(ReportForm.Meta):
        fields = ["due_on", "received_on", "note"]
        widgets = days("due_on", "received_on")


class StandingInstalmentForm(InstalmentForm):
    """An instalment that was planned already, with its call."""

    class Meta(InstalmentForm.Meta):
        fields = ["due_on", "amount", "condition", "called_on", "call_reference"]
        widgets = days("due_on", "called_on")


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
