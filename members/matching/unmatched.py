"""The rule of `match` the other way round, in SQL: rows that look for competences which no member offers there.

`tests/members/test_unmatched.py` proves that both agree.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet

from members.enums import Level
from members.models import Organisation


def unmatched(rows: QuerySet, *, day: dt.date, regions: Any, without: str | None = None) -> QuerySet:
    """Those of `rows` that name `competences` and fit no member on `day`.

    `regions`: an array of the codes of the regions a row asks for, empty for the whole country. `without`: the field with
    the organisation that asks, which needs no telling.
    """
    name, through = rows.model._meta.model_name, rows.model.competences.through
    wanted = through.objects.filter(**{name: OuterRef(OuterRef(OuterRef("pk")))}).values("competence")
    offers = Organisation.competences.through.objects.filter(organisation=OuterRef("pk"), competence__in=wanted)
    acts = Organisation.regions.through.objects.filter(organisation=OuterRef("pk"))
    asked = Func(
        F("region"),
        OuterRef(OuterRef("_asked")),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    number = Func(OuterRef("_asked"), function="CARDINALITY", output_field=IntegerField())
    there = Exists(acts.filter(asked)) | Q(level=Level.NATIONAL) & ~Exists(acts)
    fitting = Organisation.objects.members_on(day).filter(Exists(offers)).annotate(_number=number)
    fitting = fitting.filter(there | Q(_number=0))
    if without is not None:
        fitting = fitting.exclude(pk=OuterRef(without))
    return rows.alias(_asked=regions).filter(Exists(through.objects.filter(**{name: OuterRef("pk")})), ~Exists(fitting))
