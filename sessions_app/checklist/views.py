"""The preparation tab: tasks before and after a session; and the template of the space."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import rights
from core.forms.sent import sent_values
from sessions_app.checklist import services
from sessions_app.checklist.forms import DoneForm, TaskForm, TemplateForms
from sessions_app.checklist.page import checklist as gather
from sessions_app.models import PreparationTask, Session, TemplateTask
from sessions_app.sessions.lookup import find_session

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@require_http_methods(["GET", "POST"])
def checklist(request: HttpRequest, number: int) -> HttpResponse:
    """The tasks of a session; POST adds one."""
    session = find_session(request, number, services.PREPARE)
    now = timezone.now()
    form = TaskForm(request.POST if request.method == "POST" else None, helpers=services.helpers(now))
    if request.method == "POST" and form.is_valid():
        try:
            task = services.add(session=session, by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_refusal(_by_field(error))
        else:
            messages.success(request, _("The task is added."))
            return _back(number, task)
    context = {"session": session, "page": gather(session, now), "form": form}
    return render(request, "sessions/checklist/page.html", context, status=REFUSED if form.errors else HTTPStatus.OK)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, services.PREPARE)
    task = _task(session, public_id)
    now = timezone.now()
    data = request.POST if request.method == "POST" else None
    form = TaskForm(data, helpers=services.helpers(now), task=task)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(task=task, by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_refusal(_by_field(error))
        except PreparationTask.DoesNotExist:
            messages.error(request, _("This task was removed meanwhile."))
            return redirect("sessions:checklist", number=number)
        else:
            messages.success(request, _("The task is changed."))
            return _back(number, task)
    context = {"session": session, "task": task, "form": form}
    return render(request, "sessions/checklist/change.html", context, status=REFUSED if form.errors else HTTPStatus.OK)


@require_POST
def done(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    """`done=1` ticks a task off, `done=0` takes that back."""
    session = find_session(request, number, services.PREPARE)
    task = _task(session, public_id)
    services.set_done(
        task=task, by=request.user, done=sent_values(request, DoneForm)["done"] == "1", now=timezone.now()
    )
    return _back(number, task)


@require_POST
def remove(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, services.PREPARE)
    services.remove(task=_task(session, public_id), by=request.user)
    messages.success(request, _("The task is removed."))
    return redirect("sessions:checklist", number=number)


@require_POST
def take_template(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, services.PREPARE)
    added = services.take_template(session=session, by=request.user, now=timezone.now())
    text = ngettext("%(number)s task added.", "%(number)s tasks added.", added) % {"number": added}
    messages.success(request, text)
    return redirect("sessions:checklist", number=number)


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """The tasks that every session gets; `?session=` leads back to that session."""
    rights.check(request.user, services.PREPARE)
    forms = TemplateForms(request.POST if request.method == "POST" else None, queryset=TemplateTask.objects.all())
    came_from = request.GET.get("session", "")
    session = Session.objects.filter(number=int(came_from)).first() if _is_number(came_from) else None
    if request.method == "POST" and forms.is_valid():
        services.save_template(
            lines=[form.instance for form in forms if form.has_changed() and form not in forms.deleted_forms],
            removed=[form.instance for form in forms.deleted_forms if form.instance.pk],
            by=request.user,
        )
        messages.success(request, _("The template is saved. Sessions keep the tasks they have got."))
        return redirect("sessions:checklist", number=session.number) if session else redirect(request.get_full_path())
    context = {"forms": forms, "session": session}
    return render(
        request, "sessions/checklist/template.html", context, status=REFUSED if forms.is_bound else HTTPStatus.OK
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5


def _task(session: Session, public_id: uuid.UUID) -> PreparationTask:
    return get_object_or_404(PreparationTask.objects.select_related("session"), session=session, public_id=public_id)


def _back(number: int, task: PreparationTask) -> HttpResponse:
    response = redirect("sessions:checklist", number=number)
    response["Location"] += f"#t{task.pk}"
    return response


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
