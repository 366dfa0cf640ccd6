"""A code, or a file: what people hold in their hand when they want to check a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms.base import PortalForm
from core.reports import verification

MOST_BYTES = 25_000_000


class VerifyForm(PortalForm):
    """One of the two fields; the file has been hashed while it arrived (`uploads.HashedFile`)."""

    code = forms.CharField(
        label=_("Code or fingerprint"),
        help_text=_("Printed on the last page, such as 7F3C-91AB-04DE; capitals and hyphens do not matter."),
        required=False,
        max_length=300,
    )
    file = forms.FileField(
        label=_("The PDF file itself"),
        help_text=_("It is compared byte for byte and not kept. 25 MB at most."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = "application/pdf"
        self.fields["code"].widget.attrs.update(autocomplete="off", autocapitalize="characters", spellcheck="false")

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not code:
            return ""
        digits = verification.digits_of(code)
        if digits is None:
            raise ValidationError(_("A code has at least 12 signs: digits and the letters A to F."))
        return digits

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(_("This file is larger than 25 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("code")) == bool(cleaned.get("file")):
            raise ValidationError(_("Give a code or a file, one of the two."))
        return cleaned
