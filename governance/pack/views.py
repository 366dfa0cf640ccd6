"""The pack for incoming animators: its page, its ticks and notes, its ZIP."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.forms.sent import sent_values
from core.reports import cards
from core.transitions import Refusal
from governance.documents import PACK
from governance.enums import Side
from governance.lookup import REFUSED, find_handover, tell
from governance.models import Handover
from governance.pack import archive, lines
from governance.pack.forms import NoteForm, TickForm
from governance.permissions import acts_for
from governance.register import page


def _find(request: HttpRequest, public_id: uuid.UUID) -> Handover:
    """The handover, whose pack is open to both sides from the acceptance on."""
    handover = find_handover(request, public_id, lines.USE)
    if handover.state_at(timezone.now()) not in page.WITH_PACK:
        raise Http404(_("The pack opens with the acceptance in principle."))
    return handover


@require_GET
def pack(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return _page(request, _find(request, public_id))


def _page(request: HttpRequest, handover: Handover, *, refused: tuple[str, NoteForm] | None = None) -> HttpResponse:
    """`refused` is the note that was not taken, by the key of its line."""
    sides = ((Side.HOLDER, handover.holder), (Side.RECEIVER, handover.receiver))
    opened = archive.open_pack(handover, request.user)
    context = {
        "handover": handover,
        "paper": cards.card(PACK, handover.public_id, request.user),
        "pack": opened,
        "rows": [(row, _note_form(row, refused)) for row in opened.lines],
        "sides": [side for side, organisation in sides if acts_for(request.user, organisation)],
    }
    return render(request, "governance/pack.html", context, status=REFUSED if refused else HTTPStatus.OK)


def _note_form(row: archive.PackRow, refused: tuple[str, NoteForm] | None) -> NoteForm:
    key = row.item.key
    if refused and refused[0] == key:
        return refused[1]
    return NoteForm(initial={"note": row.line.note if row.line else ""}, auto_id=f"%s-{key}")


@require_POST
def line(request: HttpRequest, public_id: uuid.UUID, key: str) -> HttpResponse:
    """Ticks a line (`side`, `done`) or writes its note (`note`)."""
    handover = _find(request, public_id)
    if key not in archive.known_keys(archive.open_pack(handover, request.user)):
        raise Http404
    if "note" in request.POST:
        return _annotate(request, handover, key)
    wish = sent_values(request, TickForm)
    if wish["side"] not in Side.values:
        raise Http404
    side, done = Side(wish["side"]), wish["done"] == "1"
    try:
        lines.tick(handover=handover, by=request.user, key=key, side=side, done=done, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Refusal as refused:
        tell(request, refused)
    return redirect("governance:pack", public_id=public_id)


def _annotate(request: HttpRequest, handover: Handover, key: str) -> HttpResponse:
    form = NoteForm(request.POST, auto_id=f"%s-{key}")
    if form.is_valid():
        try:
            lines.annotate(handover=handover, by=request.user, key=key, note=form.cleaned_data["note"])
        except ValidationError as error:
            form.add_error(None, error)
        except Refusal as refused:
            form.add_error("note", refused.message)
        else:
            return redirect("governance:pack", public_id=handover.public_id)
    return _page(request, handover, refused=(key, form))


@require_GET
def download(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The ZIP, made of what stands now, with the newest PDF of the pack where one was made."""
    handover = _find(request, public_id)
    opened = archive.open_pack(handover, request.user)
    content = archive.as_zip(opened, now=timezone.now(), pdf=cards.newest_bytes(PACK, handover.public_id))
    response = HttpResponse(content, content_type="application/zip")
    name = slugify(_("Pack for the incoming animators"))
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
