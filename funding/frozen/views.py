"""Arrêtés des chiffres: the list, freezing, the page with its files, and the differences since."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from core.accounts import rights
from core.db.periods import today
from core.forms.base import AddsOnce, PortalForm
from core.reports import cards
from core.tables import export, wanted_format
from core.web.pagination import paginate
from funding.backends import acting_funders, led_programmes
from funding.dashboard.filters import DashboardFilter
from funding.enums import FrozenAudience
from funding.forms import DayInput
from funding.frozen import content, differences, services
from funding.frozen.document import FROZEN_REPORT, columns
from funding.models import FrozenFigures, FundingLine
from funding.visibility import visibility_of
from members.backends import positions_of
from members.models import Organisation

VIEW = "funding.view_frozen"
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
TODAY = "aujourdhui"
MOST_SHOWN = 200  # fundings on the page; the files hold all


def readable(request: HttpRequest) -> QuerySet:
    """The arrêtés this reader may read."""
    return FrozenFigures.objects.seen_by({position.organisation_id for position in positions_of(request.user)})


def find(request: HttpRequest, public_id: str) -> FrozenFigures:
    found = get_object_or_404(readable(request).select_related("organisation", "by"), public_id=public_id)
    rights.check(request.user, VIEW, found)
    return found


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, VIEW)
    rows = readable(request).for_list()
    context = {
        "page": paginate(request, rows, count=rows.count()),
        "may_freeze": rights.allows(request.user, services.FREEZE),
    }
    return render(request, "funding/frozen/list.html", context)


class FreezeForm(AddsOnce, PortalForm):
    name = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    as_of = forms.DateField(label=gettext_lazy("Figures at"), widget=DayInput())
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation that freezes them"), empty_label=None
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read them"),
        choices=FrozenAudience.choices,
        initial=FrozenAudience.ORGANISATION,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("For the members they hold only the amounts that each funder shares with them."),
    )

    def __init__(self, *args: Any, organisations: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=organisations).order_by("name", "pk")


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Freezes the filter in the address; POST to the same address."""
    rights.check(request.user, services.FREEZE)
    query = content.kept_query(request.GET.urlencode())
    now = timezone.now()
    organisations = {*acting_funders(request.user), *(row.lead_id for row in led_programmes(request.user))}
    first = {"as_of": dt.date(today(now).year - 1, 12, 31)}
    form = FreezeForm(request.POST or None, organisations=organisations, initial=first)
    filterset = DashboardFilter(QueryDict(query), FundingLine.objects.none(), visibility=visibility_of(request.user))
    if not filterset.is_valid():
        raise BadRequest(" ".join(filterset.messages))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.freeze(
                **form.cleaned_data | {"audience": FrozenAudience(form.cleaned_data["audience"])},
                query=query,
                by=request.user,
                now=now,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(made)
    context = {"form": form, "described": filterset.described, "query": query}
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/frozen/create.html", context, status=status)


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponseBase:
    frozen = find(request, public_id)
    told = content.read(frozen)
    if wanted := wanted_format(request):
        return _table(wanted, frozen, told)
    context = {
        "frozen": frozen,
        "told": told,
        "shown": told.lines[:MOST_SHOWN],
        "not_shown": max(len(told.lines) - MOST_SHOWN, 0),
        "job": cards.card(FROZEN_REPORT, frozen.public_id, request.user),
    }
    return render(request, "funding/frozen/page.html", context)


def _table(wanted: str, frozen: FrozenFigures, told: content.Told) -> HttpResponseBase:
    day = date_format(frozen.as_of, "DATE_FORMAT")
    notes = [(_("Title"), frozen.name), (_("Figures at"), day), *told.described]
    notes += [(figure.label, figure.definition) for figure in told.figures]
    return export(
        wanted,
        columns=columns(told),
        rows=told.lines,
        name=_("frozen-figures") + f"-{frozen.as_of.isoformat()}",
        title=_("Fundings"),
        notes=[*notes, ("SHA-256", frozen.content_sha256)],
        notes_title=_("Filters and definitions"),
    )


@require_GET
def since(request: HttpRequest, public_id: str) -> HttpResponse:
    """Écarts depuis l'arrêté: corrections at its own day, or all that happened until today."""
    frozen = find(request, public_id)
    until = request.GET.get("au", "")
    if until not in ("", TODAY):
        raise BadRequest(_("Differences are told at the day of the frozen figures, or today."))
    now = timezone.now()
    try:
        found = differences.since(frozen, day=today(now) if until else None)
        problem = ""
    except ValueError as error:
        found, problem = [], str(error)
    context = {"frozen": frozen, "differences": found, "problem": problem, "until_today": bool(until), "as_of": now}
    return render(
        request, "funding/frozen/since.html", context, status=HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET tells where the PDF stands, POST asks for it or calls it off."""
    frozen = find(request, public_id)
    context = {"frozen": frozen}
    return cards.respond(
        request, FROZEN_REPORT, frozen.public_id, back=frozen, template="funding/frozen/_pdf.html", context=context
    )


@require_safe
def file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The PDF."""
    frozen = find(request, public_id)
    return cards.file_or_word(request, FROZEN_REPORT, frozen.public_id, back=frozen.get_absolute_url())
