"""What a piece of text in an address may look like. A plain `<str:…>` takes everything, so a test forbids it."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import SlugConverter, StringConverter


class TokenConverter(SlugConverter):
    """The secret of a personal link, as `secrets.token_urlsafe` writes it."""

    regex = "[-a-zA-Z0-9_]{1,200}"


class RegionConverter(StringConverter):
    """The INSEE code of a region."""

    regex = "[0-9]{2,3}"


class FileNameConverter(StringConverter):
    """The name of a file the portal offers: "initiatives.csv"."""

    regex = r"[a-z0-9](?:[-a-z0-9.]{0,78}[a-z0-9])?"


def register() -> None:
    for name, converter in {"token": TokenConverter, "region": RegionConverter, "filename": FileNameConverter}.items():
        register_converter(converter, name)
