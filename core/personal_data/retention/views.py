"""Where administrators choose how long things stay."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.accounts import rights
from core.personal_data.retention import page, services
from core.personal_data.retention.forms import PeriodsForm
from core.personal_data.retention.services import MAY
from core.web.form_pages import form_page


@require_http_methods(["GET", "POST"])
def periods(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MAY)
    form = PeriodsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.choose(periods=form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The periods are kept; what is due goes tonight."))
            return redirect("personal_data:retention")
    context = {"here": "personal-data", "form": form, "lines": page.lines()}
    return form_page(request, "personal_data/retention.html", context, form)
