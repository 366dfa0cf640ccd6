"""A form field that takes a file only after looking into it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from core.files.images import LONGEST_SIDE
from core.files.kinds import DOCUMENTS, IMAGES, FileKind
from core.files.validate import CheckedUpload, validate_upload


class UploadField(forms.FileField):
    """Cleans to a `CheckedUpload`, or None where it may be left empty."""

    def __init__(
        self,
        *,
        allowed: Collection[FileKind] = DOCUMENTS | IMAGES,
        most: int | None = None,
        longest: int = LONGEST_SIDE,
        **kwargs: Any,
    ) -> None:
        self.allowed, self.most, self.longest = allowed, most, longest
        super().__init__(allow_empty_file=True, **kwargs)  # an empty file is told by validate_upload

    def clean(self, data: Any, initial: Any = None) -> CheckedUpload | None:
        file = super().clean(data, initial)
        return validate_upload(file, self.allowed, most=self.most, longest=self.longest) if file else None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        endings = sorted(f".{extension}" for kind in self.allowed for extension in kind.extensions)
        return {**super().widget_attrs(widget), "accept": ",".join(endings)}
