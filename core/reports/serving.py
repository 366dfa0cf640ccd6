"""Hands a finished file to who may read it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.accounts import rights
from core.reports import registry
from core.reports.files import absolute_path
from core.reports.models import Report

_HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def serve(request: HttpRequest, report: Report) -> HttpResponseBase:
    """The file of a report that is done, as an attachment under its French name; HEAD answers without the body.

    Asks for the right of this moment. Raises `PermissionRefused`, and Http404 where the file is not on this
    machine (say after a restore without files).
    """
    kind = registry.kind(report.kind)
    subject = kind.subject(report.subject_id)
    rights.check(request.user, *kind.right_to_fetch(subject))
    media_type = kind.file_type(subject).media_type
    path = absolute_path(report.file)
    if not path.is_file():
        raise Http404(_("The file of this report is no longer on this server; tell the administrators."))
    etag = f'"{report.file_sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        if request.method == "HEAD":
            response = HttpResponse(content_type=media_type, headers={"Content-Length": str(report.file_size)})
        else:
            response = FileResponse(path.open("rb"), content_type=media_type)
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=report.file_name)
    for name, value in _HEADERS.items():
        response[name] = value
    response["ETag"] = etag
    return response
