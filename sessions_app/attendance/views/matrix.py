"""Assiduité: the table of organisations and sessions."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core import tables
from core.accounts import rights
from members.models import Organisation
from sessions_app.attendance import matrix as shown

RATE = "sessions_app.view_attendance_rate"


@require_GET
def attendance_rates(request: HttpRequest) -> HttpResponseBase:
    """`?cycle=` narrows the columns, `?dispositif=oui` the rows; a value that cannot be read is told (400)."""
    rights.check(request.user, "sessions_app.view_session")
    years, year, with_scheme, problem = shown.years(), None, False, ""
    if raw := request.GET.get("cycle", ""):
        year = next((known for known in years if str(known) == raw), None)
        problem = "" if year else _("There is no cycle “%(value)s”.") % {"value": raw[:40]}
    if raw := request.GET.get("dispositif", ""):
        with_scheme = raw == "oui"
        problem = problem or (
            "" if with_scheme else _("“%(value)s” is not a value of this filter.") % {"value": raw[:40]}
        )
    sees_all = rights.allows(request.user, RATE)

    def may_see(organisation: Organisation) -> bool:
        return sees_all or rights.allows(request.user, RATE, organisation)

    wanted = tables.wanted_format(request)
    if problem and wanted:
        raise BadRequest(problem)
    found = shown.matrix(year=year, with_scheme=with_scheme, day=timezone.localdate(), may_see=may_see)
    if wanted:
        return tables.export(
            wanted,
            columns=shown.columns(found),
            rows=found.lines,
            name="assiduite",
            title=_("Attendance"),
            notes=shown.notes(found, year=year, with_scheme=with_scheme),
        )
    context = {
        "matrix": found,
        "years": years,
        "year": year,
        "with_scheme": with_scheme,
        "sees_all": sees_all,
        "marks": [(mark, label) for key, (mark, label) in shown.MARKS.items() if key != shown.NOT_MEMBER],
        "problem": problem,
    }
    return render(
        request, "sessions/attendance/matrix.html", context, status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
    )
