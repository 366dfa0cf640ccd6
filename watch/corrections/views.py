"""Proposing a correction, the list of them, one with its answer."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.accounts import rights
from core.forms.sent import sent_values
from core.transitions import ChangedMeanwhile, MoveRefused
from core.web.pagination import paginate
from watch.corrections import services
from watch.corrections.forms import AnswerForm, CorrectionForm
from watch.corrections.page import page_of
from watch.corrections.transitions import OVERTAKEN, TABLE
from watch.enums import CorrectionMove
from watch.items.forms import WhichMoveForm
from watch.items.views.item import find_item
from watch.models import Correction, WatchItem
from watch.visibility import visibility_of

PER_PAGE = 50
DONE = {
    CorrectionMove.ACCEPT: gettext_lazy("The entry is corrected."),
    CorrectionMove.REFUSE: gettext_lazy("The correction is refused."),
    CorrectionMove.WITHDRAW: gettext_lazy("The correction is withdrawn."),
}


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    item = find_item(request, slug, "watch.propose_correction", rows=WatchItem.objects.for_page())
    sent = request.method == "POST"
    form = CorrectionForm(request.POST if sent else None, instance=item)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    changed_meanwhile = False
    if sent and form.is_valid():
        try:
            services.propose(
                item=item,
                wanted=form.wanted,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
                read_version=form.cleaned_data["read_version"],
            )
        except ChangedMeanwhile:
            changed_meanwhile, status = True, HTTPStatus.CONFLICT
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Your correction is sent: the animators will answer it."))
            return redirect("watch:item", slug=slug)
    context = {"form": form, "slug": slug, "changed_meanwhile": changed_meanwhile}
    return render(request, "watch/correct.html", context, status=status)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Those that wait first; of everybody for the animators, else the reader's own."""
    rights.check(request.user, "watch.contribute")
    visibility = visibility_of(request.user)
    rows = Correction.objects.of_reader(request.user, visibility).for_list()
    page = paginate(request, rows, count=rows.count(), per_page=PER_PAGE)
    return render(request, "watch/corrections.html", {"page": page, "checks": visibility.checks})


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, public_id: str) -> HttpResponse:
    """What it changes, with the moves that the reader may make; POST carries one out."""
    rights.check(request.user, "watch.contribute")
    rows = Correction.objects.of_reader(request.user, visibility_of(request.user))
    found = get_object_or_404(rows.select_related("item", "proposed_by", "answered_by"), public_id=public_id)
    now, refused, changed_meanwhile = timezone.now(), [], False
    own = [
        offer for offer in TABLE.offers(found, now) if rights.allows(request.user, offer.transition.permission, found)
    ]
    wanted = sent_values(request, WhichMoveForm)["move"]
    forms = {}
    for offer in own:
        data = request.POST if request.method == "POST" and offer.move == wanted else None
        asks = offer.transition.asks_reason
        forms[offer.move] = AnswerForm(data, move=offer.move, version=found.item.version, asks_reason=asks)
    form = forms.get(wanted)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    if request.method == "POST" and form is None:
        refused = [OVERTAKEN]
    elif form is not None and form.is_valid():
        data = form.cleaned_data
        try:
            services.answer(
                correction=found,
                move=data["move"],
                by=request.user,
                now=now,
                reason=data.get("reason", ""),
                read_version=data["read_version"],
            )
        except ChangedMeanwhile:
            changed_meanwhile, status = True, HTTPStatus.CONFLICT
            forms[data["move"]] = AnswerForm(
                None, move=data["move"], version=found.item.version, asks_reason="reason" in form.fields
            )
        except MoveRefused as error:
            refused = error.reasons
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, str(DONE[data["move"]]))
            return redirect("watch:corrections")
    context = {
        "page": page_of(found),
        "correction": found,
        "offers": [(offer, forms[offer.move]) for offer in own],
        "refused": refused,
        "changed_meanwhile": changed_meanwhile,
    }
    return render(request, "watch/correction.html", context, status=status)
