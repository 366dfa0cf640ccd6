"""Where an entry goes from here: sent, published, given back, refused, ended, withdrawn."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.accounts import rights
from core.forms.sent import sent_values
from core.transitions import MoveRefused
from watch.enums import ItemMove
from watch.items import services, transitions
from watch.items.forms import MoveForm, WhichMoveForm
from watch.items.views.item import find_item
from watch.models import WatchItem

DONE = {
    ItemMove.SUBMIT: _("The entry is sent: the animators will check it."),
    ItemMove.TAKE_BACK: _("The entry is a draft again."),
    ItemMove.PUBLISH: _("The entry is published."),
    ItemMove.RETURN: _("The entry is given back to its contributor."),
    ItemMove.REFUSE: _("The entry is refused."),
    ItemMove.EXPIRE: _("The entry is marked as ended."),
    ItemMove.REOPEN: _("The entry is no longer marked as ended."),
    ItemMove.WITHDRAW: _("The entry is withdrawn."),
}


@require_http_methods(["GET", "POST"])
def moves(request: HttpRequest, slug: str) -> HttpResponse:
    """The moves that the reader may make, and what stands in the way of each; POST carries one out."""
    item = find_item(request, slug, rows=WatchItem.objects.for_page())
    now, refused = timezone.now(), []
    own = [
        offer
        for offer in transitions.offers(item, now)
        if rights.allows(request.user, offer.transition.permission, item)
    ]
    wanted = sent_values(request, WhichMoveForm)["move"]
    forms = {}
    for offer in own:
        data = request.POST if request.method == "POST" and offer.move == wanted else None
        forms[offer.move] = MoveForm(data, move=offer.move, asks_reason=offer.transition.asks_reason)
    form = forms.get(wanted)
    if request.method == "POST" and form is None:
        refused = [transitions.OVERTAKEN]
    elif form is not None and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            moved = services.move(item=item, to=form.cleaned_data["move"], by=request.user, now=now, reason=reason)
        except MoveRefused as error:
            refused = error.reasons
        else:
            messages.success(request, str(DONE[form.cleaned_data["move"]]))
            still = rights.allows(request.user, "watch.view_item", moved)
            return redirect(moved if still else "watch:to-review")
    context = {"item": item, "offers": [(offer, forms[offer.move]) for offer in own], "refused": refused}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "watch/moves.html", context, status=status)
