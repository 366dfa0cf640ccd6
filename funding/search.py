"""What is found of funding: initiatives and programmes with their commitments; amounts never enter the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import slots
from core.accounts import rights
from core.search.mentions import mentioned_in
from core.search.sources import Entry, Mentioned, Source, Watched, among, register
from core.territories import regions
from funding.models import Commitment, Initiative, Programme
from funding.visibility import Visibility, visibility_of
from members.search import group_of, named_in

VIEW = "funding.view_initiative"


def _initiatives(ids: Sequence[int]) -> Iterator[Entry]:
    names = regions()
    for row in Initiative.objects.filter(pk__in=ids).select_related("bearer", "programme"):
        where = ", ".join(names[code].name for code in row.regions if code in names)
        programme = row.programme.name if row.programme else ""
        told = (row.summary, row.description, row.bearer_label, row.place, where, programme)
        yield Entry(
            object_id=row.pk,
            address=row.get_absolute_url(),
            title=row.title,
            names=f"{row.title} {row.reference}",
            text="\n".join(filter(None, told)),
            date=row.starts_on,
            groups=group_of(row.bearer_id),
        )


def _programmes(ids: Sequence[int]) -> Iterator[Entry]:
    for row in Programme.objects.filter(pk__in=ids).select_related("lead").prefetch_related("commitments"):
        common: dict[str, Any] = {
            "object_id": row.pk,
            "address": row.get_absolute_url(),
            "date": row.starts_on,
            "groups": group_of(row.lead_id),
        }
        told = (row.summary, row.description, *row.foundations, row.lead.name)
        yield Entry(**common, title=row.name, names=row.name, text="\n".join(filter(None, told)))
        for commitment in row.commitments.all():
            yield Entry(
                **common,
                title=f"{row.name} – {commitment.text}",
                anchor="commitments",
                text=". ".join(filter(None, (commitment.text, commitment.approximate, commitment.note))),
            )


def _reads_initiatives(user: Any) -> Visibility | None:
    return visibility_of(user) if rights.allows(user, VIEW) else None


def _reads_programmes(user: Any) -> bool | None:
    return rights.allows(user, VIEW) or None


def register_sources() -> None:
    slots.register("initiative_page", order=90, template="search/_mentioned_in.html", fetch=mentioned_in("initiative"))
    register(
        Source(
            "initiative",
            _("Initiatives"),
            _("initiative"),
            Initiative,
            watched=[
                Watched(Initiative),
                Watched(Programme, through=(Initiative, "programme_id"), only=("name",)),
                named_in(Initiative, "bearer_id"),
            ],
            entries=_initiatives,
            reader=_reads_initiatives,
            visible=lambda visibility: among(Initiative.objects.seen_by(visibility)),
            weight=1.4,
            icon="map-pin",
            mentioned=Mentioned("#", offered=lambda visibility: replace(visibility, funders=frozenset())),
        )
    )
    register(
        Source(
            "programme",
            _("Programmes"),
            _("programme"),
            Programme,
            watched=[Watched(Programme), Watched(Commitment, "programme_id"), named_in(Programme, "lead_id")],
            entries=_programmes,
            reader=_reads_programmes,
            visible=lambda reader: among(Programme.objects.all()),
            weight=1.4,
            icon="target",
        )
    )
