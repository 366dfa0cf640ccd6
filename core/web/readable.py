"""Refuses text that can be neither stored nor answered: NUL, halves of a sign, another encoding than UTF-8."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from core.text import UNSTORABLE

View = Callable[..., HttpResponse]
_UTF_8 = {"utf-8", "utf8", "us-ascii"}  # a codec of Python's own choosing could make anything of the bytes


def refuse_address(request: HttpRequest) -> HttpResponse | None:
    """400 for the path, the parameters or the cookies; None where all can be read. Touches no body."""
    charset = request.content_params.get("charset", "utf-8").lower()
    if charset not in _UTF_8:
        return _refusal()
    texts = [request.path_info, *request.COOKIES.values(), *_texts(request.GET)]
    return _refusal() if any(map(UNSTORABLE.search, texts)) else None


def refuse_body(request: HttpRequest) -> HttpResponse | None:
    """400 for a field, or the name of a file, that was sent."""
    try:
        texts = [*_texts(request.POST), *request.FILES]
        uploads = [upload for name in request.FILES for upload in request.FILES.getlist(name)]
    except UnreadablePostError:  # the sender went away
        return _refusal()
    texts += [text or "" for upload in uploads for text in (upload.name, upload.content_type)]
    return _refusal() if any(map(UNSTORABLE.search, texts)) else None


def uploads_read_by(handler: Callable[[HttpRequest], FileUploadHandler]) -> Callable[[View], View]:
    """Says how a view's files are read as they arrive: it must be known before anybody looks into the body."""

    def mark(view: View) -> View:
        view.upload_handler = handler
        return view

    return mark


def choose_upload_handler(request: HttpRequest) -> None:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return
    if handler := getattr(view, "upload_handler", None):
        request.upload_handlers = [handler(request)]


def _texts(given: Any) -> Iterator[str]:
    for name, values in given.lists():
        yield name
        yield from values


def _refusal() -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=HTTPStatus.BAD_REQUEST)
