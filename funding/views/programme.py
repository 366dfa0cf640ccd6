"""The page of one programme: what it committed itself to and how far that has come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.models import Region
from funding import figures
from funding.enums import Stage
from funding.filters import STAGE_WORDS
from funding.models import FundingLine, Initiative, Programme
from funding.progress import progress_of
from funding.visibility import sight_of

SHOWN = ("backed", "agreed", "paid", "remaining")


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    rights.check(request.user, "funding.view_initiative")
    sight = sight_of(request.user)
    programme = get_object_or_404(Programme.objects.for_page(), slug=slug)
    initiatives = Initiative.objects.seen_by(sight).filter(programme=programme)
    seen = FundingLine.objects.seen_by(sight).of(initiatives)
    told = FundingLine.objects.amounts_seen_by(sight).of(initiatives)
    stages = figures.count_by(initiatives, "stage")
    words = {stage: word for word, stage in STAGE_WORDS.items()}
    context = {
        "programme": programme,
        "progress": progress_of(programme, sight, list(Region.objects.in_code_order())),
        "values": figures.compute(told, SHOWN),
        "definitions": [figures.definition(key) for key in SHOWN],
        "untold": figures.untold(seen, told),
        "number": sum(stages.values()),
        "stages": [(stage, words[stage], stages[stage]) for stage in Stage if stages.get(stage)],
    }
    return render(request, "funding/programme.html", context)
