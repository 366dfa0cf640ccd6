"""What is found of the directory: organisations with their presentation and schemes, and the people in position today."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import slots
from core.accounts import rights
from core.accounts.models import User
from core.search.mentions import mentioned_in
from core.search.sources import Entry, Grouping, Mentioned, Source, Watched, among, register, register_grouping
from members.models import Competence, EngineeringScheme, Organisation, Position

VIEW = "members.view_organisation"
GROUP = "organisation"


def group_of(organisation_id: int | None) -> tuple[str, ...]:
    """What narrows results to an organisation; the sources of higher apps use it too."""
    return (f"{GROUP}:{organisation_id}",) if organisation_id else ()


def named_in(model: type[models.Model], column: str) -> Watched:
    """That rows of `model` are found by the name of the organisation in `column`, and led to by its address."""
    return Watched(Organisation, through=(model, column), only=("name", "short_name", "slug"))


def _labels(values: Sequence[str]) -> Mapping[str, str]:
    keys = [int(value) for value in values if value.isdecimal() and len(value) < 18]
    return {str(row.pk): row.label for row in Organisation.objects.filter(pk__in=keys)}


def _organisations(ids: Sequence[int]) -> Iterator[Entry]:
    schemes = Prefetch("schemes", EngineeringScheme.objects.order_by("name", "pk"))
    rows = Organisation.objects.filter(pk__in=ids).prefetch_related("regions", "competences", schemes)
    doubles: dict[int, list[str]] = defaultdict(list)
    for kept, name in Organisation.with_doubles.filter(merged_into__in=ids).values_list("merged_into", "name"):
        doubles[kept].append(name)
    for row in rows:
        common: dict[str, Any] = {
            "object_id": row.pk,
            "address": row.get_absolute_url(),
            "title": row.name,
            "groups": group_of(row.pk),
        }
        regions = ", ".join(region.name for region in row.regions.all())
        # Who knows it by the name of its double finds it.
        told = (row.summary, row.presentation, regions, *doubles[row.pk])
        yield Entry(**common, names=f"{row.name} {row.short_name}", text="\n".join(filter(None, told)))
        able = [*(competence.name for competence in row.competences.all()), *(str(goal.label) for goal in row.goals)]
        if able:
            yield Entry(
                **common | {"title": f"{row.label} – {_('Competences')}"}, anchor="competences", text=", ".join(able)
            )
        for scheme in row.schemes.all():
            told = [scheme.summary, ", ".join(scheme.engineering_labels), ", ".join(scheme.help_labels), row.name]
            yield Entry(
                **common | {"title": f"{scheme.name} – {row.label}"},
                anchor="schemes",
                names=scheme.name,
                text="\n".join(filter(None, told)),
            )


def _people(ids: Sequence[int]) -> Iterator[Entry]:
    for row in Position.objects.filter(pk__in=ids).select_related("user", "organisation"):
        name = row.user.get_full_name()
        if name:
            yield Entry(
                object_id=row.pk,
                address=row.organisation.get_absolute_url(),
                anchor="people",
                title=f"{name} – {row.organisation.label}",
                names=name,
                text=", ".join(filter(None, (row.title, str(row.get_role_display()), row.organisation.name))),
                groups=group_of(row.organisation_id),
            )


def _merged(ids: Collection[int]) -> dict[int, int]:
    return dict(
        Organisation.with_doubles.filter(pk__in=ids, merged_into__isnull=False).values_list("pk", "merged_into")
    )


def _doubles(key: int) -> models.QuerySet:
    return Organisation.with_doubles.filter(merged_into=key).order_by().values("pk")


def _reads_directory(user: Any) -> bool | None:
    return rights.allows(user, VIEW) or None


def _reads_today(user: Any) -> dt.date | None:
    return timezone.localdate() if rights.allows(user, VIEW) else None


def _in_position(today: dt.date) -> Q:
    """The page of an organisation names who is in position there today."""
    entering = User.objects.filter(is_active=True)
    return among(Position.objects.on(today).filter(user__in=entering))


def register_sources() -> None:
    slots.register(
        "organisation_page",
        order=90,
        template="search/_mentioned_in.html",
        fetch=mentioned_in("organisation"),
    )
    register_grouping(Grouping(GROUP, _("Organisation"), _labels))
    register(
        Source(
            "organisation",
            _("Organisations"),
            _("organisation"),
            Organisation,
            watched=[
                Watched(Organisation),
                Watched(EngineeringScheme, "organisation_id"),
                Watched(Organisation.regions.through, "organisation_id"),
                Watched(Organisation.competences.through, "organisation_id"),
                Watched(
                    Competence,
                    through=(Organisation.competences.through, "competence_id"),
                    key="organisation_id",
                    only=("name",),
                ),
                Watched(Organisation, "merged_into_id"),
            ],
            entries=_organisations,
            reader=_reads_directory,
            visible=lambda reader: among(Organisation.objects.all()),
            weight=1.5,
            icon="buildings",
            mentioned=Mentioned("@", merged=_merged, doubles=_doubles),
        )
    )
    register(
        Source(
            "personne",
            _("People"),
            _("person"),
            Position,
            watched=[
                Watched(Position),
                Watched(User, through=(Position, "user_id"), only=("first_name", "last_name")),
                named_in(Position, "organisation_id"),
            ],
            entries=_people,
            reader=_reads_today,
            visible=_in_position,
            weight=1.2,
            icon="user",
        )
    )
