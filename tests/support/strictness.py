"""What makes a test fail although its assertions hold: undefined template variables, a GET that writes, leftovers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import base, defaultfilters, defaulttags

from core import space
from core.cache import forget_silence
from core.web.middleware import SAFE_METHODS

_ALLOWING_ABSENCE = {defaultfilters.default, defaultfilters.default_if_none}
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY)\b", re.IGNORECASE)
written_by_reading: list[str] = []


class UndefinedVariableError(Exception):
    """A template of ours names something its context does not hold. Optional values pass `|default`."""


class _Undefined(str):
    """Django asks `"%s" in it` and then formats it with the variable's name."""

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return True

    def __mod__(self, variable: object) -> str:
        raise UndefinedVariableError(f"Undefined template variable: {variable}")


class _StrictSequence:
    """The sequence of a `{% for %}`, which Django takes for empty where it is undefined."""

    def __init__(self, expression: base.FilterExpression) -> None:
        self.expression = expression

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        return self.expression.resolve(context)

    def __str__(self) -> str:
        return str(self.expression)


def _is_ours(context: Any) -> bool:
    template = context.render_context.template
    return template is not None and Path(str(template.origin)).is_relative_to(settings.BASE_DIR / "templates")


def refuse_undefined_variables() -> None:
    """Makes `{{ x }}`, `{% for y in x %}` and `{% include … with a=x %}` fail where x is undefined; `{% if x %}` may ask."""
    for engine in settings.TEMPLATES:
        engine["OPTIONS"]["string_if_invalid"] = _Undefined("undefined")
    lenient, make = base.FilterExpression.resolve, defaulttags.ForNode.__init__

    def resolve(self: Any, context: Any, ignore_failures: bool = False) -> Any:
        if self.filters and self.filters[0][0] in _ALLOWING_ABSENCE:
            return lenient(self, context, ignore_failures=True)
        try:
            return lenient(self, context, ignore_failures)
        except UndefinedVariableError:
            if _is_ours(context):
                raise
            value = lenient(self, context, ignore_failures=True)
            return "" if value is None else value

    def strict_make(self: Any, loopvars: Any, sequence: Any, *args: Any, **kwargs: Any) -> None:
        make(self, loopvars, _StrictSequence(sequence), *args, **kwargs)

    base.FilterExpression.resolve = resolve
    defaulttags.ForNode.__init__ = strict_make


class ReadOnlyGetMiddleware:
    """A GET that writes fails its test. Only sign-in pages may keep something in the visitor's session."""

    SESSION_PATHS = "/compte/"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)

        def watch(execute: Callable, sql: str, params: object, many: bool, context: dict) -> Any:
            if _WRITES.match(sql) and not ("django_session" in sql and request.path.startswith(self.SESSION_PATHS)):
                written_by_reading.append(f"{request.method} {request.path} wrote: {sql[:200]}")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            return self.get_response(request)


@pytest.fixture(autouse=True)
def reading_writes_nothing() -> Iterator[None]:
    written_by_reading.clear()
    yield
    assert not written_by_reading, "\n".join(written_by_reading)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test begins without what an earlier one left in memory or in the cache."""
    space.forget()
    forget_silence()
    client = cache._cache.get_client()
    if keys := list(client.scan_iter(f"{settings.CACHES['default']['KEY_PREFIX']}:*")):
        client.delete(*keys)
