"""How an initiative is followed: the keeper's page of rhythm, contacts and indicators, and each update."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts import rights
from core.db.periods import today
from core.forms.sent import sent_values
from core.transitions import ChangedMeanwhile, MoveRefused
from core.web.pagination import paginate
from funding.enums import UpdateState
from funding.follow_up import contacts, services
from funding.follow_up.forms import ContactForm, IndicatorForm, PlanForm, ReturnForm, SkipForm, UnsentForm, UpdateForm
from funding.initiatives.views.edit import find_initiative
from funding.models import BearerContact, Indicator, Initiative, Update, UpdatePlan
from funding.visibility import visibility_of

REFUSED, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
WRITE = "funding.write_update"


@require_GET
def follow_up(request: HttpRequest, slug: str) -> HttpResponse:
    """For the keeper: when news are expected, of whom, with which numbers, and what has come."""
    return _follow_up(request, find_initiative(request, slug))


def _follow_up(request: HttpRequest, initiative: Initiative, **bound: Any) -> HttpResponse:
    plan = UpdatePlan.objects.filter(initiative=initiative).first()
    context = {
        "initiative": initiative,
        "plan": plan,
        "plan_form": bound.get("plan") or PlanForm(instance=plan, prefix="rythme"),
        "contacts": initiative.contacts.filter(ended_at=None).select_related("user"),
        "contact_form": bound.get("contact") or ContactForm(prefix="contact"),
        "indicators": initiative.indicators.all(),
        "indicator_form": bound.get("indicator") or IndicatorForm(prefix="indicateur"),
        "updates": initiative.updates.order_by("-due_on", "pk"),
        "today": today(timezone.now()),
    }
    return render(request, "funding/follow_up/keeping.html", context, status=REFUSED if bound else HTTPStatus.OK)


def _carried_out(
    request: HttpRequest, initiative: Initiative, name: str, form: Any, service: Callable[[], object], said: str
) -> HttpResponse:
    if form.is_valid():
        try:
            service()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, said)
            return redirect("funding:follow-up", slug=initiative.slug)
    return _follow_up(request, initiative, **{name: form})


@require_POST
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = find_initiative(request, slug)
    instance = UpdatePlan.objects.filter(initiative=initiative).first() or UpdatePlan(initiative=initiative)
    form = PlanForm(request.POST, instance=instance, prefix="rythme")
    return _carried_out(
        request, initiative, "plan", form,
        lambda: services.set_plan(plan=form.instance, by=request.user, now=timezone.now()),
        _("The rhythm is kept."),
    )  # fmt: skip


@require_POST
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = find_initiative(request, slug)
    form = ContactForm(request.POST, prefix="contact")
    return _carried_out(
        request, initiative, "contact", form,
        lambda: contacts.name_contact(
            initiative=initiative, by=request.user, now=timezone.now(), **form.cleaned_data
        ),
        _("This person will be asked."),
    )  # fmt: skip


@require_POST
def contact_link(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    """Sends a new link; the former ones lead nowhere any more."""
    found = _contact(request, slug, public_id)
    contacts.send_link(contact=found, by=request.user, now=timezone.now())
    messages.success(request, _("A new link has gone; the former ones lead nowhere any more."))
    return redirect("funding:follow-up", slug=slug)


@require_POST
def contact_withdraw(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    found = _contact(request, slug, public_id)
    contacts.withdraw(contact=found, by=request.user, now=timezone.now())
    messages.success(request, _("This person is asked no more, and the link leads nowhere any more."))
    return redirect("funding:follow-up", slug=slug)


def _contact(request: HttpRequest, slug: str, public_id: uuid.UUID) -> BearerContact:
    initiative = find_initiative(request, slug)
    rows = BearerContact.objects.filter(initiative=initiative, ended_at=None).select_related("user", "initiative")
    return get_object_or_404(rows, public_id=public_id)


@require_POST
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = find_initiative(request, slug)
    form = IndicatorForm(request.POST, instance=Indicator(initiative=initiative), prefix="indicateur")
    return _carried_out(
        request, initiative, "indicator", form,
        lambda: services.save_indicator(indicator=form.instance, by=request.user),
        _("The indicator is kept."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def indicator_edit(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    initiative = find_initiative(request, slug)
    found = get_object_or_404(
        Indicator.objects.select_related("initiative"), initiative=initiative, public_id=public_id
    )
    form = IndicatorForm(request.POST or None, instance=found)
    refused: list = []
    if request.method == "POST" and "remove" in request.POST:
        try:
            services.remove_indicator(indicator=found, by=request.user)
        except MoveRefused as error:
            refused = error.reasons
        else:
            return redirect("funding:follow-up", slug=slug)
    elif request.method == "POST" and form.is_valid():
        try:
            services.save_indicator(indicator=form.instance, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("funding:follow-up", slug=slug)
    context = {"initiative": initiative, "indicator": found, "form": form, "refused": refused}
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/follow_up/indicator.html", context, status=status)


# --- one update -------------------------------------------------------------------------------------------------------


def find_update(request: HttpRequest, slug: str, public_id: uuid.UUID) -> tuple[Update, bool]:
    """The update, and whether the reader may write it. What he or she may not read does not exist: Http404."""
    visibility = visibility_of(request.user)
    rows = Update.objects.select_related("initiative__bearer", "initiative__prepared_by", "written_by")
    found = get_object_or_404(rows, initiative__slug=slug, public_id=public_id)
    if not visibility.sees_initiative(found.initiative):
        raise Http404
    writes = rights.allows(request.user, WRITE, found.initiative)
    if not writes:
        rights.check(request.user, "funding.view_initiative", found.initiative)
        get_object_or_404(Update.objects.seen_by(visibility), pk=found.pk)
    return found, writes


@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    """Reads a received update, writes one that is expected."""
    found, writes = find_update(request, slug, public_id)
    form = UpdateForm(request.POST or None, update=found) if writes and found.is_open else None
    refused: list = []
    if request.method == "POST":
        rights.check(request.user, WRITE, found.initiative)
        if form is None:
            refused = [services.TABLE.overtaken]
        elif save(form, found, request, by=request.user):
            return redirect("funding:update", slug=slug, public_id=public_id)
    may_keep = rights.allows(request.user, "funding.edit_initiative", found.initiative)
    context = {
        "initiative": found.initiative,
        "update": found,
        "measures": found.measures.select_related("indicator").order_by("indicator__position", "pk"),
        "form": form,
        "may_keep": may_keep,
        "may_read": found.state == UpdateState.SUBMITTED or writes,
        "skip_form": SkipForm(prefix="passer"),
        "return_form": ReturnForm(prefix="rendre"),
        "today": today(timezone.now()),
        "refused": refused,
        "unsent": sent_values(request, UnsentForm)["text"] if form is None else "",
    }
    status = refusal(form) if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/follow_up/update.html", context, status=status)


def refusal(form: UpdateForm | None) -> int:
    """The status of a form that was not taken: 409 where somebody else saved meanwhile."""
    return CONFLICT if form is not None and form.meanwhile else REFUSED


def save(form: UpdateForm, update: Update, request: HttpRequest, *, by: Any) -> bool:
    """Writes what was sent, as a draft or for good; what is refused is told in the form."""
    if not form.is_valid():
        return False
    submit = "submit" in request.POST
    try:
        read_at = form.cleaned_data["read_at"]
        services.write(update=update, news=form.news, by=by, now=timezone.now(), submit=submit, read_at=read_at)
    except ChangedMeanwhile:
        form.beside(Update.objects.select_related("written_by").get(pk=update.pk))
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except MoveRefused as error:
        form.add_error(None, " ".join(str(reason) for reason in error.reasons))
        return False
    messages.success(request, _("The update is sent.") if submit else _("The draft is kept."))
    return True


@require_POST
def skip(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(
        Update.objects.select_related("initiative"), initiative=find_initiative(request, slug), public_id=public_id
    )
    form = SkipForm(request.POST, prefix="passer")
    said = _("Say why this update is skipped.")
    if form.is_valid():
        try:
            services.skip(update=found, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except MoveRefused as error:
            said = " ".join(str(reason) for reason in error.reasons)
        else:
            return redirect("funding:update", slug=slug, public_id=public_id)
    messages.error(request, said)
    return redirect("funding:update", slug=slug, public_id=public_id)


@require_POST
def reopen(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(
        Update.objects.select_related("initiative"), initiative=find_initiative(request, slug), public_id=public_id
    )
    form = ReturnForm(request.POST, prefix="rendre")
    said = _("Say why this update is given back.")
    if form.is_valid():
        try:
            services.reopen(update=found, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except MoveRefused as error:
            said = " ".join(str(reason) for reason in error.reasons)
        else:
            return redirect("funding:update", slug=slug, public_id=public_id)
    messages.error(request, said)
    return redirect("funding:update", slug=slug, public_id=public_id)


@require_GET
def expected(request: HttpRequest) -> HttpResponse:
    """The funder's view: updates of the initiatives it keeps that have not come, the longest due first."""
    rights.check(request.user, "funding.view_dashboard")
    rows = Update.objects.kept_by(visibility_of(request.user).funders).awaited()
    context = {"page": paginate(request, rows, count=rows.count()), "today": today(timezone.now())}
    return render(request, "funding/follow_up/expected.html", context)
