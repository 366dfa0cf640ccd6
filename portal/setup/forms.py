"""Forms of the start of a space."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.files import IMAGES, UploadField
from core.forms.base import PortalModelForm
from core.models import Space
from portal.setup.space import FIELDS

MOST_TEXT = 1200


class SpaceForm(PortalModelForm):
    """`logo` and `remove_logo` stand beside the row's own fields: the service stores the picture."""

    logo = UploadField(
        label=_("Logo"),
        allowed=IMAGES,
        required=False,
        help_text=_("A picture in PNG, JPEG or WebP; it stands 40 pixels high at the head of each page."),
    )
    remove_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Space
        fields = FIELDS
        labels = {
            "name": _("Name of the space"),
            "short_name": _("Short name"),
            "subtitle": _("Second line of the name"),
            "contact_email": _("Contact address"),
            "born_on": _("Open since"),
            "welcome": _("What visitors read first"),
            "motto": _("What the foot of each page says"),
            "default_language": _("Language of visitors"),
            "attendance_as_annex": _("In reports of sessions, attendance stands in an annex"),
            "second_factor_required": _("Animators and administrators need a second factor"),
        }
        help_texts = {
            "name": _("In full, as on the home page and under each mail."),
            "short_name": _("At the head of each page and of each document."),
            "contact_email": _(
                "Replies to the portal’s mails go there, and what visitors write while nobody animates."
            ),
            "welcome": _("On the home page, under the name. Empty, the portal’s own sentence stands there."),
            "motto": _("Empty, the portal’s own sentence stands there."),
            "default_language": _("For who has chosen none. Each person chooses; mails follow the person."),
            "attendance_as_annex": _("On a page of its own, last. Otherwise it follows decisions and actions."),
            "second_factor_required": _(
                "An application or a passkey. Whoever has none is led to add one after signing in, and reads as a member until then."
            ),
        }
        widgets = {"welcome": forms.Textarea(attrs={"rows": 4}), "default_language": forms.RadioSelect}

    field_order = ("name", "short_name", "subtitle", "logo", "remove_logo")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.logo_id is None:
            del self.fields["remove_logo"]

    def _post_clean(self) -> None:
        """The service writes the row and checks it: the form keeps the one that is cached as it stands."""
