"""Public pages that say whether a document is authentic, and nothing else about it."""

from __future__ import annotations

import enum
from functools import partial
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import rights
from core.reports import verification
from core.reports.forms import MOST_BYTES, VerifyForm
from core.reports.uploads import HashedFile, HashingUploadHandler
from core.reports.verification import Authenticity, MadeHere
from core.web.form_pages import form_page
from core.web.readable import uploads_read_by

PERMISSION = "reports.verify_document"


class Verdict(enum.StrEnum):
    AUTHENTIC = "authentic"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    DIFFERENT = "different"  # made from a document of ours, then changed
    DRAFT = "draft"  # made here, and worth nothing
    UNPUBLISHED = "unpublished"  # made here, but no document that was published


@login_not_required
@uploads_read_by(partial(HashingUploadHandler, most=MOST_BYTES))
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form. A file is hashed as it arrives."""
    rights.check(request.user, PERMISSION)
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    if not form.is_valid():
        return form_page(request, "reports/verify.html", {"form": form}, form)
    if file := form.cleaned_data["file"]:
        verdict, found = _judge_file(file)
        made = verification.made_here(file.sha256) if verdict == Verdict.UNKNOWN else None
        if made is not None:
            verdict = Verdict.DRAFT if made.is_draft else Verdict.UNPUBLISHED
        return _answer(request, verdict, found, is_file=True, made=made)
    found = verification.by_digits(form.cleaned_data["code"])
    if found is None:
        return _answer(request, Verdict.UNKNOWN, None)
    return redirect("reports:verify-code", found.content_sha256)


@login_not_required
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR code: what is known of the document with this fingerprint."""
    rights.check(request.user, PERMISSION)
    digits = verification.digits_of(code)
    found = verification.by_digits(digits) if digits else None
    return _answer(request, _verdict(found), found)


def _judge_file(file: HashedFile) -> tuple[Verdict, Authenticity | None]:
    """A file made here is as good as its content; one that only bears our mark was changed since."""
    if found := verification.by_file(file.sha256):
        return _verdict(found), found
    known = (verification.by_digits(mark) for mark in sorted(file.marks))
    if found := next(filter(None, known), None):
        return Verdict.DIFFERENT, found
    return Verdict.UNKNOWN, None


def _verdict(found: Authenticity | None) -> Verdict:
    if found is None:
        return Verdict.UNKNOWN
    if found.is_withdrawn:
        return Verdict.WITHDRAWN
    return Verdict.AUTHENTIC if found.is_in_force else Verdict.SUPERSEDED


def _answer(
    request: HttpRequest,
    verdict: Verdict,
    found: Authenticity | None,
    *,
    is_file: bool = False,
    made: MadeHere | None = None,
) -> HttpResponse:
    status = HTTPStatus.NOT_FOUND if verdict == Verdict.UNKNOWN and request.method != "POST" else HTTPStatus.OK
    context = {
        "verdict": verdict,
        "found": found,
        "may_open": found is not None and rights.allows(request.user, *found.right),
        "is_file": is_file,
        "made": made,
        "code": found and verification.short_code(found.content_sha256),
        "form": VerifyForm(),
    }
    return render(request, "reports/verdict.html", context, status=status)
