"""From rows to answers. Initiatives and fundings are asked of `funding.visibility.PUBLIC`, whoever is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import translation

from core.partial_dates import PartialDate, display
from core.partial_dates.values import last_day, precision
from core.reports.cards import newest_files
from core.reports.models import Report
from funding.enums import FundingKind, LineState, Stage
from funding.filters import WORD_OF_KIND, WORD_OF_STAGE, WORD_OF_STATE
from funding.models import FundingLine, Initiative, Programme
from funding.visibility import PUBLIC
from members.models import Organisation
from sessions_app.documents.public import PUBLIC_REPORT
from sessions_app.models import MinutesVersion, Session
from watch.enums import Beneficiary, Kind
from watch.filters import WORD_OF_BENEFICIARY, WORD_OF_KIND as WORD_OF_ENTRY, WORD_OF_PURPOSE
from watch.models import WatchItem

# An answer bears the words that the filters take, here and on the pages.


def initiatives() -> QuerySet[Initiative]:
    return Initiative.objects.seen_by(PUBLIC)


def initiatives_in_full(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    granted = FundingLine.objects.seen_by(PUBLIC).granted().select_related("funder").order_by("decided_on", "pk")
    return rows.for_list(PUBLIC).prefetch_related(Prefetch("lines", granted, to_attr="granted_lines"))


def programmes() -> QuerySet[Programme]:
    return Programme.objects.for_page()


def sessions() -> QuerySet[Session]:
    opened = MinutesVersion.objects.public().without_text()
    return (
        Session.objects.past()
        .select_related("cycle")
        .prefetch_related(Prefetch("versions", opened, to_attr="public_versions"))
    )


def minutes() -> QuerySet[MinutesVersion]:
    """Versions in force that the animators opened to everybody; the newest session first."""
    return MinutesVersion.objects.public().without_text().select_related("session__cycle", "organisation")


def watch() -> QuerySet[WatchItem]:
    """Entries of the watch that everybody may read."""
    rows = WatchItem.objects.public().select_related("session", "cycle", "initiative")
    return rows.prefetch_related("regions")


def files_of(versions: Sequence[MinutesVersion]) -> dict[UUID, Report]:
    """The PDF of the public form of each version that has one; in one query."""
    wanted = [version.public_id for version in versions]
    return newest_files(PUBLIC_REPORT, wanted)


def _date(value: PartialDate | None) -> dict[str, Any] | None:
    if value is None:
        return None
    with translation.override("fr"):
        text = display(value)
    return {"first": value.lower, "last": last_day(value), "precision": precision(value)[0].value, "text": text}


def _named(organisation: Organisation | Programme) -> dict[str, str]:
    return {"slug": organisation.slug, "name": organisation.name}


def initiative(row: Initiative) -> dict[str, Any]:
    """`row` comes from `initiatives_in_full`."""
    bearer = row.bearer
    return {
        "id": row.public_id,
        "reference": row.reference,
        "title": row.title,
        "summary": row.summary,
        "fictional": row.is_fictional,
        "bearer": {
            "name": row.bearer.name if bearer else row.bearer_name,
            "siren": (bearer.siren if bearer else row.bearer_siren) or None,
            "rna": (bearer.rna if bearer else row.bearer_rna) or None,
        },
        "place": row.place,
        "national": row.is_national,
        "regions": row.regions,
        "sdgs": row.sdgs,
        "programme": _named(row.programme) if row.programme else None,
        "stage": WORD_OF_STAGE[Stage(row.stage)],
        "starts_on": _date(row.starts_on),
        "ends_on": _date(row.ends_on),
        "fundings": [_funding(line) for line in row.granted_lines],
        "agreed": row.agreed,
        "unpublished_amounts": row.undisclosed,
        "changed_at": row.changed_at,
    }


def _funding(line: FundingLine) -> dict[str, Any]:
    return {
        "funder": _named(line.funder),
        "kind": WORD_OF_KIND[FundingKind(line.kind)],
        "state": WORD_OF_STATE[LineState(line.state)],
        "decided_on": line.decided_on,
        "amount": line.total if PUBLIC.sees_amount(line) else None,
    }


def programme(row: Programme) -> dict[str, Any]:
    """`row` comes from `programmes`."""
    return {
        "id": row.public_id,
        "slug": row.slug,
        "name": row.name,
        "summary": row.summary,
        "lead": row.lead.name,
        "follows": row.follows.slug if row.follows else None,
        "starts_on": _date(row.starts_on),
        "ends_on": _date(row.ends_on),
        "commitments": [
            {
                "text": commitment.text,
                "unit": commitment.unit,
                "target": commitment.target,
                "target_overseas": commitment.target_overseas,
                "approximate": commitment.approximate or None,
                "amount": commitment.amount,
                "due": _date(commitment.due),
                "partners": [partner.name for partner in commitment.partners.all()],
            }
            for commitment in row.commitments.all()
        ],
    }


def session(row: Session) -> dict[str, Any]:
    """`row` comes from `sessions`."""
    return {
        "number": row.number,
        "title": row.title,
        "date": _date(row.days),
        "cycle": {"year": row.cycle.year, "theme": row.cycle.theme},
        "public_minutes": _public_minutes(row),
    }


def _public_minutes(row: Session) -> dict[str, Any] | None:
    """None unless they are public at this very moment."""
    version = next(iter(row.public_versions), None)
    return version and {
        "version": version.number,
        "published_at": version.published_at,
        "url": settings.BASE_URL + reverse("sessions:minutes-public", args=[row.number]),
        "sha256": version.content_sha256,
    }


def public_minutes(row: MinutesVersion, file: Report | None) -> dict[str, Any]:
    """`row` comes from `minutes`, `file` from `files_of`."""
    number = row.session.number
    return {
        "session": number,
        "title": row.session.title,
        "date": _date(row.session.days),
        "version": row.number,
        "published_at": row.published_at,
        "author": row.organisation.name,
        "sha256": row.content_sha256,
        "page": settings.BASE_URL + reverse("sessions:minutes-public", args=[number]),
        "file": settings.BASE_URL + reverse("sessions:minutes-public-file", args=[number]) if file else None,
    }


def watch_item(row: WatchItem) -> dict[str, Any]:
    """`row` comes from `watch`. Who contributed it is nobody's business; a document is on its page, for members."""
    shared = row.initiative and row.initiative.draft_of_id is None
    return {
        "id": row.public_id,
        "kind": WORD_OF_ENTRY[Kind(row.kind)],
        "title": row.title,
        "summary": row.summary,
        "description": row.body,
        "fictional": row.is_fictional,
        "ended": row.expired_at is not None,
        "author": row.author,
        "date": _date(row.dated_on),
        "themes": row.themes,
        "sdgs": row.sdgs,
        "national": row.is_national,
        "regions": sorted(region.code for region in row.regions.all()),
        "place": row.place,
        "answers_to": WORD_OF_PURPOSE.get(row.purpose),
        "opens_on": _date(row.opens_on),
        "closes_on": _date(row.closes_on),
        "beneficiaries": [WORD_OF_BENEFICIARY[Beneficiary(value)] for value in row.beneficiaries],
        "financers": row.financers,
        "rates": row.rates,
        "contact": row.contact,
        "session": row.session.number if row.session else None,
        "cycle": row.cycle.year if row.cycle else None,
        "initiative": row.initiative.public_id if shared else None,
        "link": row.link,
        "source": row.source,
        "licence": row.get_licence_display() or None,
        "published_at": row.published_at,
        "changed_at": row.changed_at,
    }
