"""Pages on which people are named, placed and invited."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.accounts import rights
from core.accounts.models import User
from core.db.periods import today
from core.forms.sent import sent_values
from core.personal_data.erasure.services import is_erased
from core.web.form_pages import form_page, written
from core.web.pagination import paginate
from members.invitations import services as invitations
from members.models import Organisation, Position
from members.people import selectors, services
from members.people.filters import PeopleFilter
from members.people.forms import AdministratorForm, NewPersonForm, NewPositionForm, PersonForm, PositionForm
from members.people.services import MANAGE, NAME_ADMINISTRATORS


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MANAGE)
    filterset = PeopleFilter(request.GET, selectors.people(timezone.now()))
    context = {"filterset": filterset, "page": paginate(request, filterset.qs, count=filterset.found)}
    return render(request, "members/people/list.html", context, status=filterset.status)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Somebody new: named, placed and, if wanted, invited, in one step. `?organisation=` chooses beforehand."""
    rights.check(request.user, MANAGE)
    now = timezone.now()
    chosen = Organisation.objects.filter(slug=request.GET.get("organisation", "")).first()
    form = NewPersonForm(_post(request), today=today(now), initial={"organisation": chosen, "role": "representative"})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        who = {name: given[name] for name in ("email", "first_name", "last_name", "language", "send")}
        position = Position(organisation=given["organisation"])
        person = written(
            form,
            lambda: invitations.bring_in(by=request.user, position=position, now=now, **who, **form.position_values()),
        )
        if person is not None:
            messages.success(
                request, _("The invitation is on its way.") if given["send"] else _("The person is entered.")
            )
            return redirect("members:person", person.public_id)
    return form_page(request, "members/people/invite.html", {"form": form}, form)


@require_GET
def person(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return _person_page(request, _find(request, public_id))


def _person_page(request: HttpRequest, found: User, *, link: str = "") -> HttpResponse:
    now = timezone.now()
    positions = list(found.positions.select_related("organisation").order_by("-period", "pk"))
    for position in positions:
        position.is_replaceable = position.runs_on(today(now))
    open_one = found.invitations.open().select_related("invited_by").first()
    may_name = rights.allows(request.user, NAME_ADMINISTRATORS)
    erased = is_erased(found)
    context = {
        "person": found,
        "positions": positions,
        "today": today(now),
        "invitation": open_one,
        "is_expired": open_one is not None and open_one.expires_at <= now,
        "may_invite": found.last_login is None and found.may_enter and (may_name or not found.is_staff),
        "may_edit": not erased and (may_name or not found.is_staff),
        "may_name_administrators": may_name,
        "is_erased": erased,
        "may_erase": not erased and rights.allows(request.user, "personal_data.manage"),
        "link": link,
    }
    return render(request, "members/people/person.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = _find(request, public_id)
    if found.is_staff:
        rights.check(request.user, NAME_ADMINISTRATORS)
    form = PersonForm(_post(request), instance=found)
    if form.is_bound and form.is_valid():
        stored = User.objects.get(pk=found.pk)
        saved = written(
            form,
            lambda: services.edit_person(person=stored, by=request.user, values=form.cleaned_data, now=timezone.now()),
        )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect("members:person", public_id)
    return form_page(request, "members/people/edit.html", {"form": form, "person": User.objects.get(pk=found.pk)}, form)


@require_http_methods(["GET", "POST"])
def add_position(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = _find(request, public_id)
    form = NewPositionForm(_post(request), today=today(timezone.now()))
    if form.is_bound and form.is_valid():
        position = Position(user=found, organisation=form.cleaned_data["organisation"])
        saved = written(
            form, lambda: services.save_position(position=position, by=request.user, **form.position_values())
        )
        if saved is not None:
            messages.success(request, _("The position is entered."))
            return redirect("members:person", public_id)
    return form_page(request, "members/people/position.html", {"form": form, "person": found, "position": None}, form)


@require_http_methods(["GET", "POST"])
def edit_position(request: HttpRequest, public_id: uuid.UUID, position_id: uuid.UUID) -> HttpResponse:
    """Dates, role and function of a position; its end is one of the dates."""
    found = _find(request, public_id)
    position = get_object_or_404(found.positions.select_related("organisation", "user"), public_id=position_id)
    now = timezone.now()
    values = {
        "role": position.role,
        "title": position.title,
        "began_on": position.since,
        "ended_on": position.until,
    }
    form = PositionForm(_post(request), initial=values)
    is_last = position.runs_on(today(now)) and services.without_representative(
        position.organisation, on=today(now), leaving=position
    )
    if form.is_bound and form.is_valid():
        saved = written(
            form, lambda: services.save_position(position=position, by=request.user, **form.position_values())
        )
        if saved is not None:
            messages.success(request, _("Saved."))
            if saved.period.upper and services.without_representative(saved.organisation, on=saved.period.upper):
                _tell_nobody_represents(request, saved.organisation)
            return redirect("members:person", public_id)
    context = {"form": form, "person": found, "position": position, "is_last": is_last}
    return form_page(request, "members/people/position.html", context, form)


@require_POST
def remove_position(request: HttpRequest, public_id: uuid.UUID, position_id: uuid.UUID) -> HttpResponse:
    found = _find(request, public_id)
    position = get_object_or_404(found.positions.select_related("organisation"), public_id=position_id)
    services.remove_position(position=position, by=request.user)
    messages.success(request, _("The position is taken back."))
    if services.without_representative(position.organisation, on=today(timezone.now())):
        _tell_nobody_represents(request, position.organisation)
    return redirect("members:person", public_id)


def _tell_nobody_represents(request: HttpRequest, organisation: Organisation) -> None:
    sentence = _("Nobody represents %(organisation)s any more after that: invite who does.")
    messages.warning(request, sentence % {"organisation": organisation.label})


@require_POST
def administrator(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Names or removes an administrator; `administrator` is "1" or empty."""
    found = _find(request, public_id)
    wanted = sent_values(request, AdministratorForm)["administrator"] == "1"

    def write() -> None:
        services.set_administrator(person=found, by=request.user, administrator=wanted)
        done = _("%(name)s administers the portal now.") if wanted else _("%(name)s no longer administers the portal.")
        messages.success(request, done % {"name": found.get_full_name()})

    return _told(request, found, write)


@require_POST
def send_invitation(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = _find(request, public_id)

    def write() -> None:
        invitations.invite(person=found, by=request.user, now=timezone.now())
        messages.success(request, _("The invitation is on its way."))

    return _told(request, found, write)


@require_POST
def copy_link(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Shows the new link on the page itself: it is told once and kept nowhere."""
    found = _find(request, public_id)
    try:
        link = invitations.copy_link(person=found, by=request.user, now=timezone.now())
    except ValidationError as error:
        _tell(request, error)
        return redirect("members:person", public_id)
    return _person_page(request, found, link=link)


@require_POST
def revoke_invitation(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = _find(request, public_id)

    def write() -> None:
        invitations.revoke(person=found, by=request.user, now=timezone.now())
        messages.success(request, _("The link leads nowhere any more."))

    return _told(request, found, write)


def _post(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _find(request: HttpRequest, public_id: uuid.UUID) -> User:
    rights.check(request.user, MANAGE)
    return get_object_or_404(User, public_id=public_id)


def _told(request: HttpRequest, found: User, write: Callable[[], None]) -> HttpResponse:
    """Back to the person's page with what was done, or why not."""
    try:
        write()
    except ValidationError as error:
        _tell(request, error)
    return redirect("members:person", found.public_id)


def _tell(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)
