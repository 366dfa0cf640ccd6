"""The answer of one person for one organisation, and the guests he or she brings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms.base import AddsOnce, PortalForm
from core.forms.sent import SentNumber
from members.models import Organisation, Position
from sessions_app.enums import SessionMode
from sessions_app.models import Answer, Session
from sessions_app.responses.enums import AnswerChoice

SUBSTITUTE, HOLDER = "p", "o"  # what a choice of who represents begins with: a person, an organisation


class SeatForm(PortalForm):
    organisation = SentNumber()  # the one it is answered for


class AnswerForm(PortalForm):
    """`choice`, and who represents: one list of the people of the organisation and of the other members."""

    choice = forms.ChoiceField(label=_("Your answer"), choices=AnswerChoice.choices, widget=forms.RadioSelect)
    remotely = forms.BooleanField(
        label=_("I will take part remotely"),
        required=False,
    )
    represented_by = forms.ChoiceField(
        label=_("Who represents you?"),
        required=False,
        help_text=_(
            "Somebody of your organisation (substitute), or another member organisation (pouvoir, for this session only)."
        ),
    )
    represented_by.depends = True

    def __init__(
        self,
        *args: Any,
        session: Session,
        answer: Answer | None,
        colleagues: Iterable[User],
        others: Iterable[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {f"{SUBSTITUTE}{user.pk}": user for user in colleagues}
        self.others = {f"{HOLDER}{organisation.pk}": organisation for organisation in others}
        people = [(value, user.get_full_name()) for value, user in self.colleagues.items()]
        organisations = [(value, organisation.name) for value, organisation in self.others.items()]
        groups: list[tuple[Any, Any]] = [("", "")]
        if people:
            groups.append((_("Substitute: somebody of your organisation"), people))
        groups.append((_("Pouvoir: another member organisation"), organisations))
        self.fields["represented_by"].choices = groups
        if session.mode != SessionMode.HYBRID:
            del self.fields["remotely"]
        if answer is not None:
            self.initial |= {"choice": answer.choice, "remotely": answer.remotely, "represented_by": _value(answer)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_represented = cleaned.get("choice") == AnswerChoice.REPRESENTED
        if is_represented and not cleaned.get("represented_by") and "represented_by" not in self.errors:
            self.add_error("represented_by", _("Say who represents you: a substitute, or another organisation."))
        return cleaned

    def given(self) -> dict[str, Any]:
        """The arguments of `services.answer`."""
        chosen = self.cleaned_data["represented_by"]
        return {
            "choice": AnswerChoice(self.cleaned_data["choice"]),
            "remotely": self.cleaned_data.get("remotely", False),
            "substitute": self.colleagues.get(chosen),
            "holder": self.others.get(chosen),
        }

    def add_refusal(self, errors: dict[str, list[Any]]) -> None:
        """Errors of the service at the field they concern."""
        for name, problems in errors.items():
            field = "represented_by" if name in ("substitute", "holder") else name if name in self.fields else None
            for problem in problems:
                self.add_error(field, problem)


def _value(answer: Answer) -> str:
    if answer.substitute_id:
        return f"{SUBSTITUTE}{answer.substitute_id}"
    return f"{HOLDER}{answer.holder_id}" if answer.holder_id else ""


class GuestForm(AddsOnce, PortalForm):
    name = forms.CharField(label=_("Name of the guest"), max_length=120)
    function = forms.CharField(label=_("Function or organisation"), max_length=120, required=False)


class RecordForm(PortalForm):
    """An answer that the animators heard by telephone or mail; representation is left to the person."""

    person = forms.ChoiceField(label=_("Person"))
    choice = forms.ChoiceField(
        label=_("Answer"),
        choices=[pair for pair in AnswerChoice.choices if pair[0] != AnswerChoice.REPRESENTED],
    )

    def __init__(self, *args: Any, places: Iterable[Position], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        named = [
            (key, f"{place.organisation.name} – {place.user.get_full_name()}") for key, place in self.places.items()
        ]
        self.fields["person"].choices = [("", ""), *named]
