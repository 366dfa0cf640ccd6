"""How a person wants to hear of each kind of notification."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.base import PortalForm
from core.notifications import kinds
from core.notifications.enums import Delivery


class PreferencesForm(PortalForm):
    """One field a kind, named by its place in the registry; kinds told whatever one prefers are left out."""

    def __init__(self, *args: Any, chosen: dict[str, str], **kwargs: Any) -> None:
        self.kinds = {f"kind-{kind.name}": kind for kind in kinds.registered() if not kind.always}
        self.base_fields = {
            name: forms.ChoiceField(
                label=kind.label, choices=Delivery.choices, initial=chosen.get(kind.name, kind.delivery)
            )
            for name, kind in self.kinds.items()
        }
        super().__init__(*args, **kwargs)

    def deliveries(self) -> dict[str, Delivery]:
        """Kind → how, of what was changed; call it on a valid form."""
        return {self.kinds[name].name: Delivery(self.cleaned_data[name]) for name in self.changed_data}
