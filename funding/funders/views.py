"""What a funder settles for itself, and the documents of the initiatives it keeps."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.accounts import rights
from core.files import UploadRefused
from core.forms.base import PortalForm
from core.forms.sent import SentNumber, sent_values
from funding.backends import acting_funders
from funding.funders import services
from funding.initiatives import attachments
from funding.initiatives.views.edit import find_initiative
from funding.models import Funder, InitiativeDocument
from funding.programmes.forms import DocumentForm, FunderForm
from members.models import Organisation

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


class WhichForm(PortalForm):
    organisation = SentNumber()  # whose settings are sent


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """One form for each organisation the person acts for; POST names which by `organisation`."""
    rights.check(request.user, "funding.settle_funder")
    organisations = Organisation.objects.filter(pk__in=acting_funders(request.user)).order_by("name", "pk")
    known = {row.organisation_id: row for row in Funder.objects.filter(organisation__in=organisations)}
    forms = []
    chosen = sent_values(request, WhichForm)["organisation"] if request.method == "POST" else None
    for organisation in organisations:
        instance = known.get(organisation.pk) or Funder(organisation=organisation)
        own = chosen == organisation.pk
        form = FunderForm(request.POST if own else None, instance=instance, prefix=str(organisation.pk))
        if own and form.is_valid():
            try:
                services.settle(funder=form.instance, by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The settings are kept."))
                return redirect("funding:settings")
        forms.append((organisation, form))
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/settings.html", {"forms": forms}, status=status)


@require_http_methods(["GET", "POST"])
def document_add(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = find_initiative(request, slug)
    form = DocumentForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            attachments.add_document(
                initiative=initiative, upload=data.pop("file"), by=request.user, now=timezone.now(), **data
            )
        except UploadRefused as error:
            form.add_error("file", error)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(initiative)
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "funding/document_add.html", {"form": form, "initiative": initiative}, status=status)


@require_POST
def document_change(request: HttpRequest, slug: str, public_id: uuid.UUID) -> HttpResponse:
    """`remove` takes the document away; `reserve` and `open` say who may read it."""
    initiative = find_initiative(request, slug)
    rows = InitiativeDocument.objects.select_related("initiative")
    document = get_object_or_404(rows, initiative=initiative, public_id=public_id)
    if "remove" in request.POST:
        attachments.remove_document(document=document, by=request.user)
    else:
        attachments.set_audience(document=document, is_reserved="reserve" in request.POST, by=request.user)
    return redirect(initiative)
