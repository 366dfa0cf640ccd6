"""Consultations: list, page, preparing and running them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files, tables
from core.accounts import rights
from core.transitions import MoveRefused, Overtaken
from core.web.pagination import paginate
from governance.consultations import ballots, exports, services
from governance.consultations.forms import (
    BallotForm,
    CancelForm,
    ConfirmForm,
    OnBehalfForm,
    ProxyForm,
    QuestionForm,
    StatementForm,
)
from governance.consultations.page import BADGES, ConsultationPage, Seat, consultation_page
from governance.enums import ConsultationState
from governance.handovers.evidence import Evidence
from governance.lookup import evidence, find_consultation, sent, status_of, tell
from governance.models import Consultation, ConsultationDocument, GovernanceRules, Handover
from members.models import Organisation


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "governance.view_consultation")
    runs = rights.allows(request.user, services.RUN)
    rows = Consultation.objects.visible(drafts=runs).for_list()
    page = paginate(request, rows, count=rows.count())
    now = timezone.now()
    lines = [
        (row, "done" if row.is_over(now) else BADGES[ConsultationState(row.state)], row.is_over(now)) for row in page
    ]
    return render(request, "governance/consultations.html", {"page": page, "lines": lines, "may_prepare": runs})


def _see(request: HttpRequest, consultation: Consultation) -> ConsultationPage:
    runs = rights.allows(request.user, services.RUN, consultation)
    return consultation_page(consultation, request.user, timezone.now(), sees_silent=runs)


@require_GET
def consultation(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = find_consultation(request, public_id)
    return draw(request, found)


def draw(
    request: HttpRequest,
    found: Consultation,
    *,
    ballot_forms: dict[int, BallotForm] | None = None,
    proxies: dict[int, ProxyForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; `ballot_forms` and `proxies` hold refused forms by organisation, shown again with what was typed."""
    seen = _see(request, found)
    ballot_forms, proxies = ballot_forms or {}, proxies or {}
    forms = [(seat, ballot_forms.get(seat.organisation.pk) or ballot_form(seat)) for seat in seen.seats]
    runs = rights.allows(request.user, services.RUN, found)
    context = {
        "consultation": found,
        "shown": seen,
        "forms": forms,
        "runs": runs,
        "proxy_forms": [
            (seat, proxies.get(seat.organisation.pk) or proxy_form(found, seat.organisation))
            for seat in seen.seats
            if seat.may_entrust and (seat.given_away is None or seat.organisation.pk in proxies)
        ],
        "may_record": runs and seen.takes_ballots and found.session is not None and found.session.is_past,
        "is_draft": found.state == ConsultationState.DRAFT,
        "is_open": found.state == ConsultationState.OPEN,
        "may_end": not found.runs_to_its_end,
        "may_close": not found.runs_to_its_end or seen.answered == seen.electorate or seen.is_over,
    }
    return render(request, "governance/consultation.html", context, status=status)


def ballot_form(seat: Seat) -> BallotForm:
    initial = {"organisation": seat.organisation.pk, "based_on": seat.revision}
    if seat.ballot:
        initial |= {"stance": seat.ballot.stance, "reason": seat.ballot.reason}
    return BallotForm(initial=initial, auto_id=f"id_{seat.organisation.pk}_%s")


def proxy_form(found: Consultation, giver: Organisation, *data: Any) -> ProxyForm:
    return ProxyForm(*data, consultation=found, giver=giver, prefix=f"proxy-{giver.pk}")


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, public_id: uuid.UUID | None = None) -> HttpResponse:
    """A new consultation, or a draft changed. `?passation=` ties a new one to a handover."""
    now = timezone.now()
    found = find_consultation(request, public_id, services.RUN) if public_id else None
    if found is not None and found.state != ConsultationState.DRAFT:
        return redirect(found)
    handover = found.handover if found else _handover(request)
    if found is None:
        rights.check(request.user, services.RUN, Consultation(handover=handover))
    names = ("title", "question", "context", "session", "opens_at", "closes_at", "hides_until_closed")
    initial = {name: getattr(found, name) for name in names} if found else {"hides_until_closed": True}
    form = QuestionForm(*sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                documents = evidence(form.cleaned_data, request, now)
                saved = _save(request, found, handover, form, documents)
        except ValidationError as error:
            form.add_error(None, error)
        except Overtaken as refused:
            tell(request, refused)
            return redirect(found or "governance:consultations")
        else:
            return redirect(saved)
    context = {
        "consultation": found,
        "handover": handover,
        "form": form,
        "rules": GovernanceRules.current(),
        "title": _("Change the consultation") if found else _("Prepare a consultation"),
        "verb": _("Save the draft"),
        "consequence": "",
        "ends": False,
    }
    return render(request, "governance/consultation_edit.html", context, status=status_of(form))


def _save(
    request: HttpRequest,
    found: Consultation | None,
    handover: Handover | None,
    form: QuestionForm,
    documents: list[Evidence],
) -> Consultation:
    common = {"by": request.user, "question": form.asked(), "now": timezone.now(), "documents": documents}
    if found:
        return services.edit(consultation=found, **common)
    return services.prepare(handover=handover, **common)


def _handover(request: HttpRequest) -> Handover | None:
    raw = request.GET.get("passation", "")
    if not raw:
        return None
    try:
        public_id = uuid.UUID(raw)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Handover.objects.with_names(), public_id=public_id)


@require_http_methods(["GET", "POST"])
def open_consultation(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = find_consultation(request, public_id, services.RUN)
    context = {
        "title": _("Open the consultation"),
        "verb": _("Open"),
        "ends": False,
        "consequence": _(
            "Every organisation that is a member today has one voice, and is told at once. The question can no longer"
            " be changed."
        ),
        "done": _("The consultation is open; every organisation that has a voice is told."),
    }
    return _deed_with_form(request, found, ConfirmForm(*sent(request)), services.open_by_hand, context)


@require_http_methods(["GET", "POST"])
def close_consultation(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = find_consultation(request, public_id, services.RUN)
    silent = found.voters.filter(ballot=None).count()
    context = {
        "title": _("Close the consultation now"),
        "verb": _("Close"),
        "ends": True,
        "consequence": " ".join(
            [
                ngettext(
                    "%(total)s organisation has not answered.", "%(total)s organisations have not answered.", silent
                )
                % {"total": silent},
                _("No position is taken any more, and the result is published. This cannot be undone."),
            ]
        ),
        "done": _("The consultation is closed; its result is published."),
    }
    return _deed_with_form(request, found, ConfirmForm(*sent(request)), services.close_by_hand, context)


@require_POST
def remind(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One button: whoever was reminded today is left in peace."""
    found = find_consultation(request, public_id, services.RUN)
    try:
        total = services.remind(consultation=found, by=request.user, now=timezone.now())
    except Overtaken as refused:
        tell(request, refused)
    else:
        said = ngettext("%(total)s organisation reminded.", "%(total)s organisations reminded.", total)
        messages.success(request, said % {"total": total})
    return redirect(found)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = find_consultation(request, public_id, services.RUN)
    form = CancelForm(*sent(request))
    context = {"title": _("Call the consultation off"), "verb": _("Call off"), "ends": True}
    return _deed_with_form(request, found, form, services.call_off, context)


@require_http_methods(["GET", "POST"])
def conclude(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = find_consultation(request, public_id, services.RUN)
    form = StatementForm(*sent(request), initial={"statement": found.statement})
    context = {"title": _("Say what follows from the consultation"), "verb": _("Save"), "ends": False}
    return _deed_with_form(request, found, form, services.conclude, context)


@require_http_methods(["GET", "POST"])
def on_behalf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = find_consultation(request, public_id, services.RUN)
    form = OnBehalfForm(*sent(request), consultation=found)
    context = {
        "title": _("Record the position of an organisation present"),
        "verb": _("Record"),
        "ends": False,
        "consequence": _("The organisation is told, and may change its position until closing."),
    }
    return _deed_with_form(request, found, form, ballots.record_on_behalf, context)


def _deed_with_form(
    request: HttpRequest, found: Consultation, form: Any, service: Callable[..., Any], context: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            service(consultation=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except (Overtaken, services.StillOpen, ballots.BallotConflict) as refused:
            tell(request, refused)
            return redirect(found)
        except MoveRefused as refused:
            form.add_error(None, [str(reason) for reason in refused.reasons])
        else:
            if done := context.get("done"):
                messages.success(request, done)
            return redirect(found)
    defaults = {"consultation": found, "form": form, "consequence": ""}
    return render(request, "governance/consultation_deed.html", {**defaults, **context}, status=status_of(form))


@require_GET
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponseBase:
    found = find_consultation(request, public_id)
    rows = ConsultationDocument.objects.select_related("file")
    return files.serve(get_object_or_404(rows, consultation=found, public_id=document_id).file, request=request)


@require_GET
def result_json(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    seen = _over(request, public_id)
    return JsonResponse(exports.as_json(seen), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_GET
def result_csv(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    seen = _over(request, public_id)
    title = seen.consultation.title
    return tables.export(
        "csv", columns=exports.COLUMNS, rows=seen.ballots, name=f"consultation-{title}", title=_("Positions")
    )


def _over(request: HttpRequest, public_id: uuid.UUID) -> ConsultationPage:
    """404 until it is over: there is no result before."""
    seen = _see(request, find_consultation(request, public_id))
    if not seen.is_over:
        raise Http404(_("There is no result before the consultation closes."))
    return seen
