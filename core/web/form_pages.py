"""A page that is one form: what its service refused stands at its fields, and it comes back with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Written = TypeVar("Written")


def written(form: BaseForm, write: Callable[[], Written]) -> Written | None:
    """What the service wrote; None where it refused, with its sentences at their fields."""
    try:
        return write()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any], form: BaseForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, template, dict(context), status=status)
