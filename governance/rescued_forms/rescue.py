"""Keeps what a former animator was still writing: a form sent after the mandate passed is refused, its text is not lost.

Called where the refusal is shown (`portal.views.errors`), outside the transaction that was refused.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.files import File
from django.db import transaction
from django.forms import FileField
from django.http import HttpRequest
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from core.accounts import rights
from core.accounts.rights import Denied
from core.files import DOCUMENTS, IMAGES, CheckedUpload, UploadRefused, remove, remove_on_commit, store, validate_upload
from core.forms.base import attached_files, written_texts
from governance.backends import MandateEnded
from governance.models import Mandate, RescuedFile, RescuedForm
from governance.notifications import acting_people, notify_of_rescued_form
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

logger = logging.getLogger(__name__)
LEAVE, READ = "governance.leave_text", "governance.read_rescued_forms"
MOST_OPEN = 50  # texts one person may have waiting; far more than anybody has tabs
MOST_PASSAGES, LONGEST, MOST_FILES = 40, 20_000, 10


@dataclass(frozen=True)
class Rescued:
    """What was kept of a refused form, and the files that could not be: (name, reason)."""

    left: RescuedForm
    refused: list[tuple[str, str]]


def rescue(request: HttpRequest, answer: Denied, *, now: dt.datetime) -> Rescued | None:
    """Keeps what was in a form refused because the mandate has ended; None where it was refused for anything else."""
    if request.method != "POST" or not isinstance(answer, MandateEnded) or not rights.allows(request.user, LEAVE):
        return None
    attached, refused = _checked(attached_files(request.POST, request.FILES))
    left = keep(
        by=request.user,
        organisation=answer.organisation,
        address=request.get_full_path(),
        page=_page(request),
        passages=written_texts(request.POST, request.FILES),
        attached=attached,
        now=now,
    )
    return Rescued(left, refused) if left else None


def _checked(sent: Iterable[tuple[FileField, File]]) -> tuple[list[tuple[str, CheckedUpload]], list[tuple[str, str]]]:
    """The files their fields would have taken, with the label; and the others, with the reason."""
    taken, refused = [], []
    for field, file in sent:
        try:
            checked = validate_upload(file, getattr(field, "allowed", DOCUMENTS | IMAGES))
        except UploadRefused as error:
            refused.append((file.name or "", " ".join(error.messages)))
        else:
            taken.append((str(field.label or ""), checked))
    reason = _("at most %(most)d files are kept") % {"most": MOST_FILES}
    refused += [(checked.name, reason) for _label, checked in taken[MOST_FILES:]]
    return taken[:MOST_FILES], refused


def _page(request: HttpRequest) -> str:
    """Where the form stood: the page it was sent from, else the address it was sent to."""
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return request.get_full_path()
    return escape_leading_slashes(sent_from._replace(scheme="", netloc="").geturl())


@transaction.atomic
def keep(
    *,
    by: User,
    organisation: Organisation,
    address: str,
    page: str,
    passages: Iterable[tuple[str, str]],
    now: dt.datetime,
    attached: Sequence[tuple[str, CheckedUpload]] = (),
) -> RescuedForm | None:
    """One text for each form and person: a form sent again replaces it. None where nothing was written or attached."""
    rights.check(by, LEAVE)
    kept = [[label, text.strip()[:LONGEST]] for label, text in passages if text.strip()][:MOST_PASSAGES]
    if not kept and not attached:
        return None
    mine = RescuedForm.objects.waiting().filter(author=by).select_for_update()
    standing = mine.filter(address=address[:500]).first()
    if standing is None and mine.count() >= MOST_OPEN:
        return None
    left = standing or RescuedForm(author=by, organisation=organisation, address=address[:500])
    left.page, left.passages, left.left_at = page[:500], kept, now
    left.full_clean()
    left.save()
    try:
        with transaction.atomic():
            _remove_files(left)
    except OSError:
        logger.exception("The earlier files of text %s stay beside the new ones.", left.pk)
    for label, file in attached:
        row = RescuedFile(left=left, label=label[:200], file=store(file=file, by=by, now=now))
        row.full_clean()
        row.save()
    if standing is None:
        animating = Mandate.objects.organisation_at(now)
        notify_of_rescued_form(left, acting_people([animating], now), now=now)
    return left


def _remove_files(left: RescuedForm) -> None:
    for row in left.files.select_related("file"):
        row.delete()
        remove(row.file)


def forget_old(*, before: dt.datetime) -> int:
    """What was read before that moment goes, with its files; how many. One that the disk keeps waits for the next night."""
    forgotten = 0
    for left in RescuedForm.objects.filter(closed_at__lt=before).order_by("pk"):
        try:
            with transaction.atomic():
                _remove_files(left)
                left.delete()
        except OSError:
            logger.exception("The files of text %s could not be removed.", left.pk)
        else:
            forgotten += 1
    return forgotten


def remove_files_of(author: User, now: dt.datetime) -> None:
    """Of all that this person left; the texts themselves are the caller's."""
    for row in RescuedFile.objects.filter(left__author=author).select_related("file"):
        row.delete()
        remove_on_commit(row.file)


@transaction.atomic
def close(*, left: RescuedForm, by: User, now: dt.datetime) -> None:
    """An animator has read the text and taken from it what was useful."""
    rights.check_for_writing(by, READ)
    RescuedForm.objects.waiting().filter(pk=left.pk).update(closed_at=now)
