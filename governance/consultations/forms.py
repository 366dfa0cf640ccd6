"""Forms of consultations; fields bear the names of the services' arguments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.files import UploadField
from core.forms.base import AddsOnce, PortalForm
from governance.choices import OrganisationChoice, SessionChoice
from governance.consultations.page import Seat
from governance.consultations.services import Question
from governance.enums import Stance
from governance.models import Consultation
from members.models import Organisation
from sessions_app.enums import PRESENT, SessionState
from sessions_app.models import Attendance, Session


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget, help_text=help_text)


class QuestionForm(AddsOnce, PortalForm):
    """A new question, or a draft that is changed: that one is given with its title."""

    title = forms.CharField(label=_("Title"), max_length=160)
    question = forms.CharField(
        label=_("Question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("To be answered by consent, reservation, objection or abstention."),
    )
    context = forms.CharField(
        label=_("What to know before answering"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    session = SessionChoice(
        label=_("Session"),
        required=False,
        help_text=_("Where it is debated: positions of organisations present there may be recorded for them."),
    )
    opens_at = _moment(_("Opens at"), _("Left empty, it is opened by hand."))
    closes_at = _moment(_("Closes at"), _("Left empty, after the number of days the rules say."))
    hides_until_closed = forms.BooleanField(label=_("Positions stay hidden until it closes"), required=False)
    document = UploadField(label=_("Document"), required=False)
    document_title = forms.CharField(label=_("Title of the document"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = Session.objects.exclude(state=SessionState.CANCELLED).order_by("-number")

    @property
    def adds_once(self) -> bool:
        return "title" not in self.initial

    def asked(self) -> Question:
        names = ("title", "question", "context", "session", "opens_at", "closes_at", "hides_until_closed")
        return Question(**{name: self.cleaned_data[name] for name in names})


MEANINGS = {
    Stance.CONSENT: _("we agree"),
    Stance.RESERVATION: _("we agree, with a remark to be heard"),
    Stance.OBJECTION: _("we cannot accept it, and say why"),
    Stance.ABSTENTION: _("we take no side; it counts for the quorum"),
}


def _stances() -> list[tuple[str, SafeString]]:
    """Each position with what it means: nobody has to know the words of consent."""
    label = '{} <span class="muted">– {}</span>'
    return [(stance.value, format_html(label, capfirst(stance.label), MEANINGS[stance])) for stance in Stance]


class BallotForm(PortalForm):
    """The position of one organisation. `based_on` is the revision the person saw."""

    stance = forms.ChoiceField(label=_("Position"), choices=_stances, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required for an objection, useful for a reservation."),
    )
    organisation = forms.IntegerField(widget=forms.HiddenInput)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].depends = True

    def clean_stance(self) -> Stance:
        return Stance(self.cleaned_data["stance"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("stance") == Stance.OBJECTION and not cleaned.get("reason"):
            self.add_error("reason", _("An objection says why."))
        return cleaned


class LinkBallotForm(BallotForm):
    """As `BallotForm`, on the page of a personal link, for one of the organisations its person speaks for."""

    organisation = OrganisationChoice(label=_("In the name of"))
    based_on = None
    seen = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    field_order = ("organisation", "stance", "reason")

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        """`seats`: those of the person's own organisations; `seen` holds the revision of each as it was shown."""
        super().__init__(*args, **kwargs)
        own = [seat.organisation for seat in seats]
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[row.pk for row in own])
        self.fields["organisation"].initial = own[0]
        self.fields["seen"].initial = " ".join(f"{seat.organisation.pk}:{seat.revision}" for seat in seats)
        if len(seats) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            if seats[0].ballot:
                self.initial |= {"stance": seats[0].ballot.stance, "reason": seats[0].ballot.reason}

    def clean(self) -> dict[str, Any]:
        """Adds `based_on`, the revision that was shown of the chosen organisation's position."""
        cleaned = super().clean()
        shown = dict(pair.split(":", 1) for pair in cleaned.pop("seen", "").split() if ":" in pair)
        organisation = cleaned.get("organisation")
        revision = shown.get(str(organisation.pk), "0") if organisation else "0"
        cleaned["based_on"] = int(revision) if revision.isdecimal() and len(revision) < 9 else 0
        return cleaned


class OnBehalfForm(PortalForm):
    organisation = OrganisationChoice(label=_("Organisation present"))
    stance = forms.ChoiceField(label=_("Position"), choices=_stances, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Required for an objection, useful for a reservation."),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        silent = consultation.voters.filter(ballot__isnull=True) | consultation.voters.filter(ballot__on_behalf=True)
        present = Attendance.objects.filter(session=consultation.session_id, presence__in=PRESENT)
        rows = Organisation.objects.filter(pk__in=silent.values("organisation")).order_by("name", "pk")
        self.fields["organisation"].offered = rows.filter(pk__in=present.values("organisation"))
        self.fields["reason"].depends = True

    def clean_stance(self) -> Stance:
        return Stance(self.cleaned_data["stance"])


class ProxyForm(PortalForm):
    holder = OrganisationChoice(
        label=_("Entrust our voice to"),
        error_messages={"required": _("Choose an organisation that has a voice.")},
    )

    def __init__(self, *args: Any, consultation: Consultation, giver: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(pk__in=consultation.voters.values("organisation"))
        self.fields["holder"].offered = rows.exclude(pk=giver.pk).order_by("name", "pk")


class ConfirmForm(PortalForm):
    """Nothing to fill in: what will happen is said, and confirmed."""


class CancelForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )


class StatementForm(PortalForm):
    statement = forms.CharField(
        label=_("What follows from it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
