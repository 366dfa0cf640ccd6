"""Creating, editing and moving a session; for the animators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import rights
from members.models import Organisation
from sessions_app.agenda import end_time, start_times
from sessions_app.models import AgendaItem, Cycle, Session
from sessions_app.preparing import lifecycle, services
from sessions_app.preparing.forms import AgendaForms, MoveForm, SessionForm
from sessions_app.preparing.lifecycle import Move
from sessions_app.views.lookup import find_session

REFUSED = 422
PREPARE = "sessions_app.prepare_session"


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, PREPARE)
    blank = Session(number=services.next_number(), cycle=Cycle.objects.by_year().first())
    return _edit(request, blank, "sessions/prepare/create.html")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    return _edit(request, find_session(request, number, PREPARE), "sessions/prepare/edit.html")


def _edit(request: HttpRequest, session: Session, template: str) -> HttpResponse:
    was = session.number if session.pk else None
    form = SessionForm(request.POST or None, instance=session)
    if request.method == "POST" and form.is_valid():
        saved = services.save_session(session=form.instance, by=request.user, now=timezone.now())
        return redirect("sessions:agenda-edit", number=saved.number) if was is None else redirect(saved)
    context = {"session": session, "shown_number": was, "form": form}
    return render(request, template, context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, number: int) -> HttpResponse:
    """The whole agenda in one form: order, kinds, durations, speakers."""
    session = find_session(request, number, PREPARE)
    items = AgendaItem.objects.prefetch_related("speakers__user", "speakers__organisation").select_related("entry")
    forms = AgendaForms(request.POST or None, instance=session, queryset=items)
    if request.method == "POST" and forms.is_valid():
        kept = [form for form in forms.ordered_forms if form.has_changed() or form.instance.pk]
        services.save_agenda(
            session=session,
            items=[(form.instance, form.cleaned_data["speakers"]) for form in kept],
            removed=[form.instance for form in forms.deleted_forms if form.instance.pk],
            by=request.user,
        )
        return redirect("sessions:agenda-edit", number=number)
    durations = [form.instance.minutes_long for form in forms.initial_forms]
    times = start_times(session.starts_at, durations)
    for form, time in zip(forms.initial_forms, times, strict=True):
        form.starts_at = time
    context = {
        "session": session,
        "forms": forms,
        "ends_at": end_time(session.starts_at, durations),
        "total": sum(durations),
        "organisations": Organisation.objects.order_by("name").values_list("name", flat=True),
    }
    return render(request, "sessions/prepare/agenda.html", context, status=REFUSED if forms.is_bound else 200)


@require_POST
def duplicate(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, PREPARE)
    copy = services.duplicate(session=session, by=request.user, now=timezone.now())
    return redirect("sessions:edit", number=copy.number)


@require_http_methods(["GET", "POST"])
def moves(request: HttpRequest, number: int) -> HttpResponse:
    """Shows the moves that are possible now and what stands in the way of the others; POST carries one out."""
    session = find_session(request, number, PREPARE)
    form = MoveForm(request.POST or None)
    refused: lifecycle.MoveRefused | None = None
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            lifecycle.move(
                session=session,
                move=Move(form.cleaned_data["move"]),
                by=request.user,
                now=now,
                reason=form.cleaned_data["reason"],
            )
        except lifecycle.MoveRefused as error:
            refused = error
        else:
            return redirect(session)
    context = {"session": session, "offers": lifecycle.offers(session, now), "form": form, "refused": refused}
    status = REFUSED if request.method == "POST" else 200
    return render(request, "sessions/prepare/moves.html", context, status=status)
