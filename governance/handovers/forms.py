"""The forms of the steps. What a step demands is checked by its service; fields bear the service's names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.files import UploadField
from core.forms.base import CleanInputMixin, PortalForm
from core.partial_dates.fields import PartialDateFormField
from governance.choices import ConsultationChoice, OrganisationChoice, SessionChoice, held_sessions, sessions_since
from governance.handovers.corrections import correctable
from governance.models import Handover
from members.models import Organisation

WHEN_HELP = _("As precisely as it is known: 12/11/2024, November 2024, summer 2020, 2024.")
WHEN_MISSING = _("Say when this took place.")


class WithDocument(CleanInputMixin, forms.Form):
    """A comment and one piece of evidence."""

    document = UploadField(label=_("Document"), required=False, help_text=_("The text in which this can be read."))
    document_title = forms.CharField(
        label=_("Title of the document"), required=False, max_length=200, help_text=_("The file’s name unless given.")
    )
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DraftForm(PortalForm):
    receiver = OrganisationChoice(label=_("Organisation that would receive the animation"))
    purpose = forms.CharField(
        label=_("Why this organisation"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    is_historical = forms.BooleanField(
        label=_("This handover has already taken place: I enter it after the fact"),
        required=False,
        help_text=_("Dates nobody knows may then stay empty. The page says that it was entered after the fact."),
    )
    proposed_on = PartialDateFormField(label=_("Proposed on"), required=False, help_text=WHEN_HELP)

    def __init__(self, *args: Any, holder: Organisation, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        candidates = Organisation.objects.members_on(today).exclude(pk=holder.pk).order_by("name", "pk")
        self.fields["receiver"].offered = candidates


class ProposeForm(WithDocument, PortalForm):
    pass


class AcceptForm(WithDocument, PortalForm):
    body = forms.CharField(
        label=_("Body that decided"),
        max_length=160,
        help_text=_("For instance: executive committee, board."),
        error_messages={"required": _("Say which body accepted.")},
    )
    accepted_on = PartialDateFormField(
        label=_("Decided on"), required=False, help_text=WHEN_HELP, error_messages={"required": WHEN_MISSING}
    )
    field_order = ("body", "accepted_on", "document", "document_title", "comment")

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accepted_on"].required = not handover.is_historical
        self.fields["document"].required = not handover.is_historical
        self.fields["document"].error_messages["required"] = _(
            "Add the document in which the body's decision can be read."
        )


class ValidateForm(WithDocument, PortalForm):
    """Either a consultation or what was said; a session for both (an interim has none)."""

    session = SessionChoice(
        label=_("Session in which the members validated"),
        offered=held_sessions,
        error_messages={"required": _("Say in which session the members validated.")},
    )
    consultation = ConsultationChoice(
        label=_("By a consultation"),
        required=False,
        empty_label=_("None: consensus recorded"),
    )
    statement = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For a consensus: the words in which the members validated. No count is invented."),
    )
    field_order = ("session", "consultation", "statement", "document", "document_title", "comment")

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = self.fields["session"].offered = sessions_since(handover)
        if not fitting.exists():
            self.fields["session"].help_text = _(
                "No session was held since the proposal: the validation is recorded after the next one."
            )
        self.fields["consultation"].offered = handover.consultations.visible(drafts=False).order_by("-created_at")
        if handover.is_interim:
            del self.fields["session"], self.fields["statement"]
            self.fields["consultation"].required = True


class CompleteForm(WithDocument, PortalForm):
    NOW, LATER = "now", "later"
    when = forms.ChoiceField(
        label=_("When rights move"),
        choices=[(NOW, _("Now, on confirmation")), (LATER, _("At a set moment"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    at = forms.DateTimeField(
        label=_("Moment"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Time in France. Until then the handover can be withdrawn or declined."),
    )
    at.depends = True  # on "when"
    effective_on = PartialDateFormField(
        label=_("Took effect on"), help_text=WHEN_HELP, error_messages={"required": WHEN_MISSING}
    )
    term_ends_on = forms.DateField(
        label=_("Agreed last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only warns when it comes: the mandate goes on until its successor starts."),
    )
    field_order = ("when", "at", "effective_on", "term_ends_on", "document", "document_title", "comment")

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if handover.is_historical:
            del self.fields["when"], self.fields["at"]
        else:
            del self.fields["effective_on"]
        if handover.is_interim:
            del self.fields["term_ends_on"]  # the rules set it

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("when") == self.LATER and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Set the moment."))
        if cleaned.get("when") == self.NOW:
            cleaned["at"] = None
        return cleaned


class EndForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why.")},
    )


class CorrectForm(PortalForm):
    """Only the fields of steps that were taken; each is compared with what stands."""

    proposed_on = PartialDateFormField(label=_("Proposed on"), required=False, help_text=WHEN_HELP)
    accepted_body = forms.CharField(label=_("Body that decided"), max_length=160)
    accepted_on = PartialDateFormField(label=_("Accepted on"), required=False, help_text=WHEN_HELP)
    validation_session = SessionChoice(label=_("Session"), offered=held_sessions)
    validation_statement = forms.CharField(
        label=_("What was said"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    effective_on = PartialDateFormField(label=_("Took effect on"), help_text=WHEN_HELP)
    reason = forms.CharField(
        label=_("Reason of the correction"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        allowed = correctable(handover)
        kwargs.setdefault("initial", {name: getattr(handover, name) for name in allowed})
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*allowed, "reason"}:
            del self.fields[name]


class PastForm(WithDocument, PortalForm):
    """A whole handover entered after the fact, for a mandate of the register that has none."""

    purpose = forms.CharField(
        label=_("Why this organisation"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    proposed_on = PartialDateFormField(label=_("Proposed on"), required=False, help_text=WHEN_HELP)
    body = forms.CharField(label=_("Body that decided"), max_length=160)
    accepted_on = PartialDateFormField(label=_("Accepted on"), required=False, help_text=WHEN_HELP)
    session = SessionChoice(label=_("Session in which the members validated"), offered=held_sessions)
    statement = forms.CharField(label=_("What was said"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    effective_on = PartialDateFormField(label=_("Took effect on"), help_text=WHEN_HELP)
    field_order = (
        "purpose",
        "proposed_on",
        "body",
        "accepted_on",
        "session",
        "statement",
        "effective_on",
        "document",
        "document_title",
        "comment",
    )


class InterimForm(PortalForm):
    organisation = OrganisationChoice(label=_("In the name of"))
    receiver = OrganisationChoice(label=_("Organisation that would animate for a time"))
    reason = forms.CharField(
        label=_("What was observed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Silence since when, dissolution, letters without answer: the members will read it."),
    )

    def __init__(
        self, *args: Any, own: list[Organisation], holder: Organisation, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[org.pk for org in own])
        self.fields["organisation"].initial = own[0] if own else None
        candidates = Organisation.objects.members_on(today).exclude(pk=holder.pk).order_by("name", "pk")
        self.fields["receiver"].offered = candidates


class JoinForm(InterimForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["receiver"]
