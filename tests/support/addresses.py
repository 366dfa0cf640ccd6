"""Every address of the portal, read from the resolver, so that no test forgets one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, converters, get_resolver
from django.urls.resolvers import RoutePattern

from core.web.converters import RegionConverter

_SAMPLES = {
    RegionConverter: "53",
    converters.IntConverter: "1",
    converters.UUIDConverter: "00000000-0000-4000-8000-000000000000",
    converters.SlugConverter: "exemple",
    converters.PathConverter: "exemple",
    converters.StringConverter: "exemple",
}


@dataclass(frozen=True)
class Address:
    name: str  # with its name spaces: "sessions:session"; the path where it has no name
    path: str  # an example, with made-up arguments
    view: Callable[..., Any]
    redirects: bool  # only sends the reader on to another address

    def __str__(self) -> str:
        return self.name

    @property
    def of_allauth(self) -> bool:
        return self.view.__module__.startswith("allauth.")


def all_addresses() -> list[Address]:
    return list(_walk(get_resolver(), (), "/"))


def _walk(resolver: URLResolver, spaces: tuple[str, ...], path: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = path + _example(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces, here)
        else:
            name = ":".join((*spaces, entry.name)) if entry.name else here
            view_class = getattr(entry.callback, "view_class", None)
            redirects = view_class is not None and view_class.__name__ == "RedirectView"
            yield Address(name, here, entry.callback, redirects)


def _example(entry: URLPattern | URLResolver) -> str:
    pattern = entry.pattern
    if not isinstance(pattern, RoutePattern):  # a regular expression: allauth's
        return re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"exemple-\1", str(pattern)).strip("^$")
    text = str(pattern)
    for name, converter in pattern.converters.items():
        kind = next((cls for cls in _SAMPLES if isinstance(converter, cls)), None)
        sample = _SAMPLES[kind] if kind else _first_choice(converter.regex)
        text = re.sub(rf"<(\w+:)?{name}>", sample, text)
    return text


def _first_choice(regex: str) -> str:
    """What a converter of our own accepts: the first of its words."""
    return re.split(r"\|", regex.strip("()"))[0].replace("\\", "")
