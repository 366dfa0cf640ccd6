"""Contributing an entry, changing it, taking a draft away."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts import rights
from core.transitions import ChangedMeanwhile, MoveRefused
from watch.enums import Kind
from watch.filters import KINDS, WORD_OF_KIND
from watch.items import services
from watch.items.forms import ItemForm
from watch.items.views.item import find_item
from watch.models import WatchItem

REFUSED, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
CHOICES = {
    Kind.SCHEME: (
        "hand-coins",
        gettext_lazy("Money, goods or advice that associations, companies or authorities can ask for."),
    ),
    Kind.NEEDS_STUDY: (
        "binoculars",
        gettext_lazy("What a territory, a network or a public needs, as somebody has asked or measured it."),
    ),
    Kind.PUBLICATION: ("books", gettext_lazy("A research paper, a report, an article, a review of what was done.")),
    Kind.METHOD: ("list-checks", gettext_lazy("A way of working that others can take up: a guide, a grid, steps.")),
    Kind.DATA_SET: ("table", gettext_lazy("Figures or a list that others can use again, with its licence.")),
    Kind.LESSON: ("lightbulb", gettext_lazy("What a session, a cycle or an initiative has taught.")),
}


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of entry it will be."""
    rights.check(request.user, "watch.contribute")
    kinds = [(WORD_OF_KIND[kind], kind.label, icon, text) for kind, (icon, text) in CHOICES.items()]
    return render(request, "watch/choose.html", {"kinds": kinds})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, kind: str) -> HttpResponse:
    rights.check(request.user, "watch.contribute")
    if kind not in KINDS:
        raise Http404
    return _edit(request, WatchItem(kind=KINDS[kind]))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, find_item(request, slug, "watch.edit_item", rows=WatchItem.objects.for_page()))


def _edit(request: HttpRequest, item: WatchItem) -> HttpResponse:
    is_new, address = item.pk is None, "" if item.pk is None else item.get_absolute_url()
    now = timezone.now()
    item.created_at, item.changed_at = item.created_at or now, item.changed_at or now
    sent = request.method == "POST"
    form = ItemForm(request.POST if sent else None, request.FILES if sent else None, instance=item)
    status = REFUSED if sent else HTTPStatus.OK
    changed_meanwhile = False
    if sent and form.is_valid():
        try:
            saved = _saved(request, form, now)
        except ChangedMeanwhile:
            changed_meanwhile, status = True, CONFLICT
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if is_new:
                messages.success(request, _("Your draft is kept. Read it again, then send it to be checked."))
            return redirect(saved)
    context = {"form": form, "item": item, "is_new": is_new, "address": address, "changed_meanwhile": changed_meanwhile}
    return render(request, "watch/edit.html", context, status=status)


def _saved(request: HttpRequest, form: ItemForm, now: Any) -> WatchItem:
    data = form.cleaned_data
    return services.save_item(
        item=form.instance,
        by=request.user,
        now=now,
        regions=data["regions"],
        competences=data.get("competences", ()),
        upload=data["upload"],
        without_file=data.get("without_file", False),
        read_version=data["read_version"],
    )


@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes away a draft that was entered by mistake."""
    item = find_item(request, slug, "watch.submit_item")
    try:
        services.remove_draft(item=item, by=request.user)
    except MoveRefused as refused:
        for reason in refused.reasons:
            messages.error(request, str(reason))
        return redirect(item)
    messages.success(request, _("The draft is taken away."))
    return redirect("watch:contributions")
