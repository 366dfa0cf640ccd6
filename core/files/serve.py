"""Sending a stored file to somebody whose right was asked already."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from core.files.kinds import DOCUMENTS, IMAGES, PDF
from core.models import StoredFile

logger = logging.getLogger(__name__)
_INLINE = {kind.content_type for kind in DOCUMENTS | IMAGES if kind.shows_inline}
_SANDBOX = "default-src 'none'; sandbox"
_PDF_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def shown_by_browsers(stored: StoredFile) -> bool:
    """Whether the file's kind may be shown in the browser instead of downloaded."""
    return stored.content_type in _INLINE


def serve(stored: StoredFile, *, request: HttpRequest, filename: str = "", inline: bool = False) -> HttpResponseBase:
    """The file as a download, or shown in the browser where `inline` is asked for and its kind allows it.

    The browser may keep it but asks again each time, so that a right that ended ends here too.
    """
    shown = inline and shown_by_browsers(stored)
    etag = f'"{stored.sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        unchanged["ETag"] = etag
        return unchanged
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as error:
        logger.exception("The bytes of file %s are missing", stored.public_id)
        raise Http404(_("This file is missing from the portal’s disk. Tell the administrators.")) from error
    response = FileResponse(content, as_attachment=not shown, filename=filename or stored.original_name)
    response["Content-Type"] = stored.content_type
    response["Content-Length"] = stored.size
    response["X-Content-Type-Options"] = "nosniff"
    # a sandbox keeps Chromium's PDF viewer from starting; a PDF gets no more than that viewer needs
    response["Content-Security-Policy"] = _PDF_VIEWER if shown and stored.content_type == PDF.content_type else _SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
    return response
