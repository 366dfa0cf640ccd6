"""The history of an item of the minutes: every save, any two compared, an earlier one taken up again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.forms.sent import sent_values
from core.web.pagination import paginate
from sessions_app.enums import MinutesState
from sessions_app.minutes import services
from sessions_app.minutes.editor import EditorState, desk_for
from sessions_app.minutes.forms import RestoreForm
from sessions_app.minutes.history import Comparison, compare, lines, restore
from sessions_app.minutes.views.editor import CONFLICT, number_in, point_of
from sessions_app.models import AmendmentRequest, MinutesRevision, Session
from sessions_app.sessions.lookup import find_session

PER_PAGE = 25
SIDES, ONE_TEXT = "cote-a-cote", "un-texte"


@require_GET
def history(request: HttpRequest, number: int) -> HttpResponse:
    """The saves of one item (`?point=`), and one of them (`?revision=`) compared with another (`?avec=`)."""
    session = find_session(request, number, "sessions_app.write_minutes")
    desk = desk_for(session, point_of(request))
    revisions = MinutesRevision.objects.filter(entry=desk.entry).select_related("author")
    numbers = list(revisions.values_list("number", flat=True))  # with gaps, where some were forgotten
    page = paginate(request, revisions, count=len(numbers), per_page=PER_PAGE)
    start = (page.number - 1) * PER_PAGE
    rows = list(revisions[start : start + PER_PAGE + 1])
    requests = AmendmentRequest.objects.filter(revision__in=rows).select_related("circulation")
    asked = {each.revision_id: each for each in requests}
    shown = number_in(request.GET.get("revision")) or desk.revision
    context: dict[str, object] = {
        "session": session,
        "desk": desk,
        "page": page,
        "lines": [(line, asked.get(line.revision.pk)) for line in list(lines(rows))[:PER_PAGE]],
        "may_restore": desk.state == MinutesState.DRAFT,
        "view": SIDES if request.GET.get("vue") == SIDES else ONE_TEXT,
    }
    if desk.entry is not None:
        before = max((each for each in numbers if each < shown), default=0)
        context["comparison"] = _comparison(request, desk, shown, before, {each.number: each for each in rows})
        context["others"] = [each for each in reversed(numbers) if each != shown]
    return render(request, "sessions/minutes_history.html", context)


def _comparison(
    request: HttpRequest, desk: EditorState, shown: int, before: int, known: dict[int, MinutesRevision]
) -> Comparison:
    """The save shown against the one asked for, else the one `before` it; `known` are those fetched already."""
    wanted = number_in(request.GET.get("avec")) or before
    missing = {shown, wanted} - set(known) - {0}
    if missing:
        rows = MinutesRevision.objects.filter(entry=desk.entry, number__in=missing).select_related("author")
        known = {**known, **{each.number: each for each in rows}}
    newer, older = known.get(shown), known.get(wanted)
    if newer is None or (older is None and wanted):
        raise Http404
    if older is not None and older.number > newer.number:
        older, newer = newer, older
    return compare(older, newer)


@require_POST
def take_up(request: HttpRequest, number: int) -> HttpResponse:
    """Saves an earlier text as the newest revision."""
    session = find_session(request, number, "sessions_app.write_minutes")
    desk = desk_for(session, point_of(request))
    typed = sent_values(request, RestoreForm)
    chosen = get_object_or_404(
        MinutesRevision.objects.select_related("entry__item__session"),
        entry=desk.entry,
        number=typed["revision"],
    )
    try:
        entry = restore(revision=chosen, by=request.user, based_on=typed["rev"], now=timezone.now())
    except services.EntryConflict as conflict:
        return _overtaken(request, session, desk, conflict)
    except (services.MinutesClosed, services.UnderReview, services.ItemRemoved) as error:
        messages.error(request, str(error.message))
    else:
        told = _("The text of save %(old)d is back; it is save %(new)d.")
        messages.success(request, told % {"old": chosen.number, "new": entry.revision})
    return redirect(f"{reverse('sessions:minutes-history', args=[number])}?point={desk.place}")


def _overtaken(
    request: HttpRequest, session: Session, desk: EditorState, conflict: services.EntryConflict
) -> HttpResponse:
    context = {
        "session": session,
        "desk": desk,
        "entry": conflict.entry,
        "mine": conflict.mine,
        "typed": conflict.mine,
        "fragment": "sessions/_conflict.html",
    }
    return render(request, "sessions/minutes_save_problem.html", context, status=CONFLICT)
