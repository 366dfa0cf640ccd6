"""Pictures are drawn anew: what is stored holds pixels and nothing else, no place of capture, no hidden program."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core.files.kinds import JPEG, PNG, FileKind
from core.files.refusal import UploadRefused

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 3_000  # pixels: enough for a full page in print
_FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}


def redraw(file: BinaryIO, kind: FileKind, *, longest: int = LONGEST_SIDE) -> ContentFile:
    """The picture upright, at most `longest` pixels long, in the same format. Raises UploadRefused."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=[_FORMATS[kind.name]]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise UploadRefused(
                        _("This image is too large: at most %(number)s million pixels."),
                        "pixels",
                        {"number": MOST_PIXELS // 1_000_000},
                    )
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((longest, longest))
                return ContentFile(_saved(upright, kind))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused(
            _("This image is too large: at most %(number)s million pixels."),
            "pixels",
            {"number": MOST_PIXELS // 1_000_000},
        ) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        # Pillow's readers let these through on broken input
        raise UploadRefused(_("This image is damaged and cannot be read."), "damaged") from error


def _saved(image: Image.Image, kind: FileKind) -> bytes:
    profile = image.info.get("icc_profile")
    transparent = "A" in image.getbands() or "transparency" in image.info
    plain = image.convert("RGB" if kind == JPEG or not transparent else "RGBA")
    if kind == PNG and image.mode in ("L", "P", "1", "I;16") and not transparent:
        plain = image if image.mode != "I;16" else image.convert("L")
    plain.info = {}
    if image.mode == "CMYK":
        profile = None  # it describes other colours than those now in the picture
    output = io.BytesIO()
    options = {"PNG": {"optimize": True}, "JPEG": {"quality": 88, "progressive": True, "optimize": True}}
    name = _FORMATS[kind.name]
    plain.save(output, name, icc_profile=profile, **options.get(name, {"quality": 88, "method": 4}))
    return output.getvalue()
