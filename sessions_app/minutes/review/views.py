"""Minutes under review: open the review, read, ask, answer, and end it."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import richtext
from core.accounts import rights
from core.db.periods import today
from sessions_app.minutes.consequences import of_publishing
from sessions_app.minutes.review import page as review_page, services
from sessions_app.minutes.review.forms import AnswerForm, AskForm, AskForOthersForm, EndForm, OpenForm
from sessions_app.minutes.review.reviewers import review_of, reviewers
from sessions_app.minutes.services import EntryConflict, MinutesError, ReasonMissing
from sessions_app.minutes.snapshot import build_draft
from sessions_app.models import AgendaItem, AmendmentRequest, Circulation, Session
from sessions_app.sessions.lookup import find_session

REFUSED, CONFLICT = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
PUBLISH, READ = "sessions_app.publish_minutes", "sessions_app.review_minutes"


@require_http_methods(["GET", "POST"])
def open_review(request: HttpRequest, number: int) -> HttpResponse:
    """GET says what a review is, POST opens one."""
    session = find_session(request, number, PUBLISH)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.circulate(session=session, by=request.user, days=form.cleaned_data["days"], now=timezone.now())
        except MinutesError as error:
            form.add_error(None, str(error.message))
        else:
            return redirect("sessions:circulation", number=number)
    context = {"session": session, "form": form}
    return render(request, "sessions/review/open.html", context, status=REFUSED if form.errors else HTTPStatus.OK)


@require_GET
def review(request: HttpRequest, number: int) -> HttpResponse:
    """The review under way, else the last one."""
    session = find_session(request, number, READ)
    circulation = review_of(session)
    if circulation is None:
        raise Http404
    return _review(request, session, circulation)


@require_GET
def one_review(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    """A certain review, also once another one came after it: to it lead the links of its mails and of its version."""
    session = find_session(request, number)
    rows = Circulation.objects.select_related("approval_item__session", "version__standing", "version__session")
    circulation = get_object_or_404(rows.select_related("session"), session=session, public_id=public_id)
    rights.check(request.user, READ, circulation)
    return _review(request, session, circulation)


def _review(request: HttpRequest, session: Session, circulation: Circulation) -> HttpResponse:
    animates = rights.allows(request.user, "sessions_app.write_minutes", session)
    page = review_page.review(circulation, request.user, animates=animates, now=timezone.now())
    template = "sessions/review/ended.html" if page.is_over else "sessions/review/review.html"
    return render(request, template, {"session": session, "page": page})


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    """A request on one item."""
    session = find_session(request, number, READ)
    item = get_object_or_404(
        AgendaItem.objects.select_related("entry", "session"), session=session, public_id=public_id
    )
    if review_page.current(session) is None:
        return _ended_while_asking(request, item) if request.method == "POST" else _ended(request, session)
    allowed = rights.check(request.user, "sessions_app.request_amendment", item)
    circulation = _current(session)
    if allowed.role == "animator":
        form: AskForm = AskForOthersForm(request.POST if request.method == "POST" else None, organisations=[])
    else:
        form = AskForm(
            request.POST if request.method == "POST" else None,
            organisations=reviewers(request.user, session).on(item.pk),
        )
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(circulation=circulation, item=item, by=request.user, now=timezone.now(), **form.cleaned_data)
        except MinutesError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Your request is recorded. The animators will answer it here."))
            return redirect("sessions:circulation", number=number)
    context = {"session": session, "item": item, "form": form, "circulation": circulation}
    return render(request, "sessions/review/ask.html", context, status=REFUSED if form.errors else HTTPStatus.OK)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    """The animators change the text as asked, or refuse and say why."""
    session = find_session(request, number, "sessions_app.write_minutes")
    rows = AmendmentRequest.objects.select_related("item__entry", "item__session", "organisation", "circulation")
    asked = get_object_or_404(rows, item__session=session, public_id=public_id)
    entry = getattr(asked.item, "entry", None)
    stored = entry.body if entry else ""
    form = AnswerForm(request.POST if request.method == "POST" else None, auto_id="%s")
    context: dict[str, object] = {
        "session": session,
        "asked": asked,
        "form": form,
        "html": stored,
        "rev": entry.revision if entry else 0,
        "problem": "",
        "theirs": None,
    }
    status = HTTPStatus.OK
    if request.method == "POST":
        is_valid, status = form.is_valid(), REFUSED
        typed = form.cleaned_data
        try:
            body = context["html"] = richtext.from_form(typed["body"], typed["text_format"], stored=stored)
            if is_valid:
                _answer(request, asked, body, typed)
        except EntryConflict as conflict:
            context |= {"problem": conflict.message, "theirs": conflict.entry, "rev": conflict.entry.revision}
            status = CONFLICT
        except richtext.RichTextTooLong as error:
            context |= {"problem": error.messages[0], "html": richtext.clean(typed["body"])}
        except services.RefusalUnexplained as error:
            form.add_error("answer", str(error.message))
        except MinutesError as error:
            context["problem"] = error.message
        else:
            if is_valid:
                return redirect("sessions:circulation", number=number)
    return render(request, "sessions/review/answer.html", context, status=status)


def _answer(request: HttpRequest, asked: AmendmentRequest, body: str, typed: dict[str, Any]) -> None:
    by, now = request.user, timezone.now()
    if "refuse" in request.POST:
        services.refuse(request=asked, by=by, reason=typed["answer"], now=now)
    else:
        services.accept(request=asked, by=by, body=body, based_on=typed["rev"], answer=typed["answer"], now=now)


@require_http_methods(["GET", "POST"])
def conclude(request: HttpRequest, number: int) -> HttpResponse:
    """The ways in which a review ends; POST takes one: adopter, remontrer, reporter, approuver, arreter."""
    session = find_session(request, number, PUBLISH)
    if review_page.current(session) is None and review_of(session) is not None:
        return _ended(request, session)
    circulation = _current(session)
    form = EndForm(request.POST if request.method == "POST" else None)
    problem, status = "", 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            try:
                published = _conclude(request, circulation, **form.cleaned_data)
            except ReasonMissing as error:
                form.add_error("reason", str(error.message))
            except MinutesError as error:
                problem = str(error.message)
            else:
                return redirect("sessions:minutes" if published else "sessions:session", number=number)
    now = timezone.now()
    content = build_draft(session, on=today(now))
    page = review_page.review(circulation, request.user, animates=True, now=now, content=content)
    publishing = of_publishing(session, by=request.user, now=now, content=content)
    context = {"session": session, "page": page, "publishing": publishing, "form": form, "problem": problem}
    return render(request, "sessions/review/conclude.html", context, status=status)


def _conclude(request: HttpRequest, circulation: Circulation, issue: str, reason: str, days: int | None) -> bool:
    """Carries out what was chosen; whether a version was published."""
    by, now = request.user, timezone.now()
    if issue == "adopter":
        services.adopt(circulation=circulation, by=by, reason=reason, now=now)
        return True
    if issue == "approuver":
        services.approve(circulation=circulation, by=by, reason=reason, now=now)
        return True
    if issue == "remontrer" and days:
        services.show_again(circulation=circulation, by=by, days=days, now=now)
    elif issue == "reporter":
        services.defer(circulation=circulation, by=by, now=now)
    elif issue == "arreter":
        services.stop(circulation=circulation, by=by, reason=reason, now=now)
    else:
        raise UnknownEnd
    return False


class UnknownEnd(MinutesError):
    pass


def _ended(request: HttpRequest, session: Session) -> HttpResponse:
    """To what became of the review, for who follows a link into it or sends a form that was open."""
    messages.info(request, _("The review has ended meanwhile: this is what became of it."))
    return redirect("sessions:circulation", number=session.number)


def _ended_while_asking(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """Nothing is asked in a review that has ended; what was typed is shown, to be sent to the animators by hand."""
    form = AskForm(request.POST, organisations=[])
    context = {"session": item.session, "item": item, "passage": form["passage"].value(), "wish": form["wish"].value()}
    return render(request, "sessions/review/ended_while_asking.html", context, status=CONFLICT)


def _current(session: Session) -> Circulation:
    """The review under way, or 404: it has just ended."""
    circulation = review_page.current(session)
    if circulation is None:
        raise Http404
    return circulation
