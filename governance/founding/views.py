"""The page on which the first mandate is founded."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts import rights
from governance.founding import services
from governance.founding.forms import FoundingForm
from governance.lookup import sent, status_of


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Once it is written this page says that the animation passes by handovers (403)."""
    rights.check(request.user, services.FOUND)
    now = timezone.now()
    form = FoundingForm(*sent(request), now=now)
    if request.method == "POST" and form.is_valid():
        try:
            mandate = services.found(by=request.user, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The animation is entrusted. Its people can prepare sessions from now on."))
            return redirect("governance:legal-identity", mandate.organisation.slug)
    context = {
        "form": form,
        "title": _("First mandate"),
        "verb": _("Entrust the animation"),
        "consequence": _(
            "The representatives and substitutes of this organisation animate the space from now on: they prepare"
            " sessions and publish minutes. This is written once; later the animation passes by a handover."
        ),
        "ends": False,
        "nobody": not form.fields["organisation"].queryset.exists(),
    }
    return render(request, "governance/founding.html", context, status=status_of(form))
