"""Giving a position, entrusting it, and the page of a personal link."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import files
from core.accounts import personal_links
from core.accounts.rights import PermissionRefused
from core.db import audit
from core.formatting import names
from core.forms.base import PortalForm
from core.forms.sent import SentNumber, sent_values
from core.transitions import Overtaken
from governance.consultations import ballots, proxies
from governance.consultations.forms import BallotForm, LinkBallotForm
from governance.consultations.links import SCOPE
from governance.consultations.page import Seat, seats
from governance.consultations.views.consultation import draw, proxy_form
from governance.lookup import REFUSED, find_consultation, sent, status_of, tell
from governance.models import Consultation, ConsultationDocument
from governance.permissions import represents
from members.models import Organisation

CONFLICT, GONE = HTTPStatus.CONFLICT, HTTPStatus.GONE


@require_POST
def give(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The position of one organisation. Somebody else's newer answer is shown before it is changed (409)."""
    found = find_consultation(request, public_id, "governance.cast_ballot")
    form = BallotForm(request.POST)
    organisation = _organisation(request, "organisation")
    form.auto_id = f"id_{organisation.pk}_%s"
    if form.is_valid():
        given = dict(form.cleaned_data) | {"organisation": organisation}
        try:
            ballots.give(consultation=found, by=request.user, now=timezone.now(), **given)
        except ballots.BallotConflict as conflict:
            return _conflict(request, found, form, conflict)
        except ValidationError as error:
            form.add_error(None, error)
        except Overtaken as refused:
            tell(request, refused)
            return redirect(found)
        else:
            messages.success(request, _("Your position is recorded. You can change it until the consultation closes."))
            return redirect(found)
    return draw(request, found, ballot_forms={organisation.pk: form}, status=REFUSED)


def _conflict(request: HttpRequest, found: Consultation, form: BallotForm, conflict: Any) -> HttpResponse:
    """Shows what stands beside what was typed; sending again then counts."""
    data = request.POST.copy()
    data["based_on"] = str(conflict.voter.revision)
    again = BallotForm(data, auto_id=form.auto_id)
    again.is_valid()
    again.add_error(None, _standing(conflict))
    return draw(request, found, ballot_forms={conflict.voter.organisation_id: again}, status=CONFLICT)


def _standing(conflict: ballots.BallotConflict) -> str:
    """Who came second is told what stands: a position, a proxy, or nothing any more."""
    ballot, proxy = conflict.ballot, conflict.proxy
    holder = names.in_sentence(holder=proxy.holder.organisation.label) if proxy is not None else {}
    if ballot is None and proxy is not None:
        return (
            _("Your organisation has entrusted its voice %(to_holder)s meanwhile. If you answer, the proxy lapses.")
            % holder
        )
    if ballot is None:
        return _("What stood for your organisation was taken back meanwhile. See where it stands, then decide.")
    message = conflict.message
    if ballot.proxy_id is not None:
        message = _("%(Holder)s has answered meanwhile, by proxy. See the position that stands, then decide.") % holder
    standing = _("It stands: %(stance)s. %(reason)s") % {"stance": ballot.get_stance_display(), "reason": ballot.reason}
    return f"{message} {standing}".strip()


@require_POST
def entrust(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = find_consultation(request, public_id, "governance.cast_ballot")
    giver = _organisation(request, "giver")
    if (denied := represents(request.user, giver)) is not None:
        raise PermissionRefused(denied)
    form = proxy_form(found, giver, request.POST)
    if form.is_valid():
        given = {"giver": giver, "holder": form.cleaned_data["holder"]}
        try:
            proxies.give(consultation=found, by=request.user, now=timezone.now(), **given)
        except ValidationError as error:
            form.add_error(None, error)
        except Overtaken as refused:
            tell(request, refused)
            return redirect(found)
        else:
            messages.success(request, _("Your organisation has entrusted its voice."))
            return redirect(found)
    return draw(request, found, proxies={giver.pk: form}, status=REFUSED)


@require_POST
def take_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = find_consultation(request, public_id, "governance.cast_ballot")
    giver = _organisation(request, "giver")
    try:
        proxies.revoke(consultation=found, by=request.user, giver=giver, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Overtaken as refused:
        tell(request, refused)
    else:
        messages.success(request, _("The proxy is revoked: your organisation speaks for itself."))
    return redirect(found)


class WhoseForm(PortalForm):
    organisation = SentNumber()  # whose position
    giver = SentNumber()  # whose proxy


def _organisation(request: HttpRequest, name: str) -> Organisation:
    return get_object_or_404(Organisation, pk=sent_values(request, WhoseForm)[name])


def _by_token(token: str) -> tuple[Any, Consultation | None, list[Seat]]:
    """What a personal link leads to now: the link, its consultation while it takes voices, its person's own seats."""
    now = timezone.now()
    link = personal_links.find(token, scope=SCOPE, now=now)
    found = link and Consultation.objects.for_page().filter(public_id=link.object_id).first()
    if found is None or not found.takes_ballots(now):
        return link, None, []
    return link, found, [seat for seat in seats(found, link.user) if seat.proxy is None]


def _ended(request: HttpRequest, consultation: Consultation | None) -> HttpResponse:
    return render(request, "governance/link_ended.html", {"consultation": consultation}, status=GONE)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For who never signed in: the question, one form, one button. GET changes nothing, whoever follows the link."""
    now = timezone.now()
    link, found, own = _by_token(token)
    if not own:
        return _ended(
            request, None if found else link and Consultation.objects.filter(public_id=link.object_id).first()
        )
    form = LinkBallotForm(*sent(request), seats=own)
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            with audit.context(user=str(link.user.public_id)):
                ballots.give(consultation=found, by=link.user, now=now, **form.cleaned_data)
        except ballots.BallotConflict as conflict:
            form, status = _link_conflict(request, conflict, own), CONFLICT
        except ValidationError as error:
            form.add_error(None, error)
        except (Overtaken, PermissionRefused):
            return _ended(request, found)
        else:
            personal_links.note_use(link=link, now=now)
            given = {"consultation": found, "organisation": form.cleaned_data["organisation"], "token": token}
            return render(request, "governance/link_thanks.html", given)
    context = {"consultation": found, "form": form, "person": link.user, "seats": own, "token": token}
    return render(request, "governance/link_ballot.html", context, status=status or status_of(form))


def _link_conflict(request: HttpRequest, conflict: ballots.BallotConflict, own: list[Seat]) -> LinkBallotForm:
    """As `_conflict`: a colleague answered meanwhile, the one who comes second sees it before it is changed."""
    data = request.POST.copy()
    data["seen"] = f"{conflict.voter.organisation_id}:{conflict.voter.revision}"
    again = LinkBallotForm(data, seats=own)
    again.is_valid()
    again.add_error(None, _standing(conflict))
    return again


@login_not_required
@never_cache
@require_GET
def document_by_link(request: HttpRequest, token: str, document_id: uuid.UUID) -> HttpResponseBase:
    """A document of the consultation, for as long as the link that asks for an answer leads anywhere."""
    _link, found, own = _by_token(token)
    if not own:
        return _ended(request, None)
    rows = ConsultationDocument.objects.select_related("file")
    return files.serve(get_object_or_404(rows, consultation=found, public_id=document_id).file, request=request)
