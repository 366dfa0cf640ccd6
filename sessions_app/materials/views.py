"""Materials of a session: the animators' list, and what members propose."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files
from core.accounts import rights
from core.file_texts.models import FileText
from core.forms.sent import sent_values
from sessions_app.enums import RequestState
from sessions_app.materials import services
from sessions_app.materials.forms import LAST, AnswerForm, ChangeForm, MaterialForm, OrderForm, ProposalForm, SourceForm
from sessions_app.models import Material, MaterialProposal, Session
from sessions_app.sessions.lookup import find_session
from sessions_app.sessions.page import newest_of_each

MANAGE = "sessions_app.manage_materials"
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, number: int) -> HttpResponse:
    """All materials with their versions; POST orders them by the numbers sent."""
    session = find_session(request, number, MANAGE)
    rows = list(session.materials.select_related("file").order_by("position", "title", "pk"))
    current = newest_of_each(rows)
    if request.method == "POST":
        places = sent_values(request, OrderForm, materials=current)
        order = sorted(current, key=lambda row: places[OrderForm.name(row)] or LAST)
        services.reorder(session=session, order=order, by=request.user)
        return redirect("sessions:materials", number=number)
    former = {material.pk: [] for material in current}
    by_series = {material.series: material.pk for material in current}
    for row in rows:
        if row.pk not in former:
            former[by_series[row.series]].append(row)
    texts = FileText.objects.in_bulk([row.file_id for row in current if row.file_id], field_name="file_id")
    waiting = session.material_proposals.filter(state=RequestState.OPEN).select_related(
        "author", "organisation", "file"
    )
    context = {
        "session": session,
        "lines": [(material, former[material.pk], texts.get(material.file_id)) for material in current],
        "proposals": waiting,
    }
    return render(request, "sessions/materials/manage.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, MANAGE)
    form = MaterialForm(*_sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and _carried_out(form, services.add, session=session, by=request.user)
    ):
        return redirect("sessions:materials", number=number)
    return _form(request, session, form, "sessions/materials/add.html")


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, MANAGE)
    material = get_object_or_404(Material.objects.select_related("session"), session=session, public_id=public_id)
    initial = {"title": material.title, "link": material.link, "audience": material.audience}
    form = ChangeForm(*_sent(request), initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and _carried_out(form, services.change, material=material, by=request.user)
    ):
        return redirect("sessions:materials", number=number)
    return _form(request, session, form, "sessions/materials/change.html", material=material)


@require_POST
def remove(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, MANAGE)
    material = get_object_or_404(Material.objects.select_related("session"), session=session, public_id=public_id)
    try:
        services.remove(material=material, by=request.user)
    except services.MaterialError as error:
        messages.error(request, str(error.message))
    return redirect("sessions:materials", number=number)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """A member proposes a material, and sees what became of earlier ones."""
    session = find_session(request, number)
    rights.check(request.user, "sessions_app.propose_material", session)
    form = ProposalForm(*_sent(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and _carried_out(form, services.propose, session=session, by=request.user)
    ):
        messages.success(request, _("Your proposal has gone to the animators."))
        return redirect("sessions:material-propose", number=number)
    mine = session.material_proposals.filter(author=request.user)
    return _form(request, session, form, "sessions/materials/propose.html", mine=mine)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    """The animators accept a proposal, perhaps under other words, or refuse it and say why."""
    session = find_session(request, number, MANAGE)
    rows = MaterialProposal.objects.select_related("session", "author", "organisation", "file")
    proposal = get_object_or_404(rows, session=session, public_id=public_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"title": proposal.title})
    if request.method == "POST" and form.is_valid():
        said, by, now = form.cleaned_data, request.user, timezone.now()
        try:
            if "refuse" in request.POST:
                services.refuse(proposal=proposal, by=by, reason=said["answer"], now=now)
            else:
                services.accept(proposal=proposal, by=by, now=now, **said)
        except services.ReasonMissing as error:
            form.add_error("answer", str(error.message))
        except services.MaterialError as error:
            form.add_error(None, str(error.message))
        else:
            return redirect("sessions:materials", number=number)
    return _form(request, session, form, "sessions/materials/answer.html", proposal=proposal)


@require_GET
def proposed_file(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponseBase:
    """A proposed file, for its author and the animators."""
    session = find_session(request, number)
    rows = MaterialProposal.objects.select_related("file").exclude(file=None)
    proposal = get_object_or_404(rows, session=session, public_id=public_id)
    if proposal.author_id != request.user.pk and not rights.allows(request.user, MANAGE, session):
        raise Http404
    return files.serve(proposal.file, request=request)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _carried_out(form: SourceForm, service: Any, **about: Any) -> bool:
    """Calls `service` with what the form holds; what it refuses is told in the form."""
    data = dict(form.cleaned_data)
    try:
        service(now=timezone.now(), upload=data.pop("file"), **data, **about)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _form(request: HttpRequest, session: Session, form: Any, template: str, **context: Any) -> HttpResponse:
    status = REFUSED if form.errors else HTTPStatus.OK
    return render(request, template, {"session": session, "form": form, **context}, status=status)
