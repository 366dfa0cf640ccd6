"""Evaluating a session: the animators open, close and read it, those who took part answer."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import tables
from core.accounts import personal_links, rights
from core.accounts.models import User
from sessions_app.evaluations import links, page, services
from sessions_app.evaluations.forms import EvaluationForm, OpenForm, QuestionsForm
from sessions_app.models import Evaluation, EvaluationAnswer, EvaluationQuestion, Session
from sessions_app.sessions.lookup import find_session

REFUSED, CLOSED, GONE = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT, HTTPStatus.GONE


def _evaluation(session: Session) -> Evaluation | None:
    return Evaluation.objects.filter(session=session).first()


@require_http_methods(["GET", "POST"])
def evaluation(request: HttpRequest, number: int) -> HttpResponseBase:
    """For the animators: POST opens the evaluation; then how many have answered, and the results once it is closed."""
    session = find_session(request, number, services.RUN)
    found = _evaluation(session)
    results = page.evaluation_page(found) if found else None
    if results and (wanted := tables.wanted_format(request)):
        title = _("Evaluation of session %(number)d") % {"number": number}
        return tables.export(
            wanted, columns=page.columns(), rows=page.rows(results), name=f"evaluation-session-{number}", title=title
        )
    form = OpenForm(request.POST if request.method == "POST" else None, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            services.open_evaluation(session=session, by=request.user, closes_at=form.closes_at(), now=timezone.now())
        except services.EvaluationClosed as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("The evaluation is open, those who took part are told."))
            return redirect("sessions:evaluation", number=number)
    context = {
        "session": session,
        "evaluation": found,
        "results": results,
        "is_open": found is not None and found.is_open(timezone.now()),
        "answered": EvaluationAnswer.objects.filter(evaluation=found).count() if found and not results else 0,
        "asked": services.participants(session, timezone.now()).count() if found and not results else 0,
        "questions": found.questions if found else EvaluationQuestion.objects.values_list("text", flat=True),
        "form": form,
        "may_answer": found is not None and rights.allows(request.user, services.EVALUATE, found),
    }
    return render(
        request, "sessions/evaluations/results.html", context, status=REFUSED if form.errors else HTTPStatus.OK
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Asks first: it cannot be undone."""
    session = find_session(request, number, services.RUN)
    found = _evaluation(session)
    if request.method == "GET" and found is not None and found.is_open(timezone.now()):
        answered = EvaluationAnswer.objects.filter(evaluation=found).count()
        asked = services.participants(session, timezone.now()).count()
        context = {"session": session, "evaluation": found, "answered": answered, "asked": asked}
        return render(request, "sessions/evaluations/close.html", context)
    if request.method == "POST" and found is not None:
        services.close(evaluation=found, by=request.user, now=timezone.now())
        messages.success(request, _("The evaluation is closed."))
    return redirect("sessions:evaluation", number=number)


@never_cache
@require_http_methods(["GET", "POST"])
def evaluate(request: HttpRequest, number: int) -> HttpResponse:
    """The five questions, for who took part."""
    session = find_session(request, number)
    found = _evaluation(session)
    if found is None:
        raise Http404
    rights.check(request.user, services.EVALUATE, found)
    own = services.own_answer(found, request.user)
    data = request.POST if request.method == "POST" else None
    form = EvaluationForm(data, questions=found.questions, answer=own)
    status = _record(form, found, request.user) if request.method == "POST" else HTTPStatus.OK
    if status is None:
        text = _("Thank you: it is recorded, without your name. You can change it until the evaluation closes.")
        messages.success(request, text)
        return redirect("sessions:evaluate", number=number)
    context = {
        "session": session,
        "evaluation": found,
        "form": form,
        "has_answered": own is not None,
        "is_open": found.is_open(timezone.now()),
    }
    return render(request, "sessions/evaluations/answer.html", context, status=status)


def _record(form: EvaluationForm, found: Evaluation, by: User) -> int | None:
    """Writes the answer; a status where that was refused, None where it was done."""
    if not form.is_valid():
        return REFUSED
    marks, words = form.marks(), form.cleaned_data["words"]
    try:
        services.answer(evaluation=found, by=by, marks=marks, words=words, now=timezone.now())
    except services.EvaluationClosed as closed:
        form.add_error(None, str(closed.message))
        return CLOSED
    except ValidationError as error:
        form.add_error(None, error.messages)
        return REFUSED
    return None


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a personal link. GET changes nothing, and shows no earlier answer: links are forwarded."""
    now = timezone.now()
    known = links.find(token, now=now)
    if known is None:
        return _ended(request)
    link, found = known
    if not found.is_open(now) or not rights.allows(link.user, services.EVALUATE, found):
        return _ended(request)
    form = EvaluationForm(request.POST if request.method == "POST" else None, questions=found.questions)
    try:
        status = _record(form, found, link.user) if request.method == "POST" else HTTPStatus.OK
    except rights.PermissionRefused:
        return _ended(request)
    context = {
        "session": found.session,
        "evaluation": found,
        "form": form,
        "person": link.user,
        "token": token,
        "is_recorded": status is None,
        "has_answered": services.own_answer(found, link.user) is not None,
    }
    return render(request, "sessions/evaluations/link.html", context, status=status or 200)


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "sessions/responses/link_ended.html", {"session": None}, status=GONE)


@login_not_required
@never_cache
@require_POST
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """The link reached somebody else: it leads nowhere any more."""
    personal_links.disown(token, scope=links.SCOPE, now=timezone.now())
    return render(request, "sessions/responses/link_disowned.html")


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """How the five questions are worded from now on."""
    rights.check(request.user, services.RUN)
    texts = list(EvaluationQuestion.objects.values_list("text", flat=True))
    form = QuestionsForm(request.POST if request.method == "POST" else None, texts=texts)
    if request.method == "POST" and form.is_valid():
        services.save_questions(texts=form.texts(), by=request.user)
        messages.success(request, _("The questions are saved. Evaluations that were opened keep theirs."))
        return redirect("sessions:evaluation-questions")
    return render(
        request, "sessions/evaluations/questions.html", {"form": form}, status=REFUSED if form.errors else HTTPStatus.OK
    )
