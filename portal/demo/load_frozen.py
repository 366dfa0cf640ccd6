"""A view kept by the demonstration's funder, and the figures it froze; the corrections since make differences."""

from __future__ import annotations

import datetime as dt

from core.accounts.models import User
from funding.enums import FrozenAudience, ListPage
from funding.frozen import services
from funding.models import FrozenFigures, FundingLine
from members.models import Organisation, SavedView
from portal.demo import source
from portal.demo.context import DemoContext, moment

FUNDER, OFFICER = "fonds-odd-17", "financeur@portail.example"
CORRECTED = 3  # fundings whose amount is corrected after the figures were frozen


def loaded(context: DemoContext) -> bool:
    return FrozenFigures.objects.exists()


def load(context: DemoContext) -> None:
    officer, organisation = User.objects.get(email=OFFICER), context.organisations[FUNDER]
    if not loaded(context):
        _freeze(context, officer, organisation)
    context.add(
        SavedView,
        {"owner": officer, "page": ListPage.DASHBOARD, "name": source.french("Nos financements en cours")},
        query=f"financeur={FUNDER}&stade=en-cours",
        shared_with=organisation,
        saved_at=moment(context.today - dt.timedelta(days=15), 9),
    )


def _freeze(context: DemoContext, officer: User, organisation: Organisation) -> None:
    year = context.today.year - 1
    closing = dt.date(year, 12, 31)
    for audience, name, query in (
        (FrozenAudience.ORGANISATION, f"Bilan {year} de nos financements", f"financeur={FUNDER}"),
        (FrozenAudience.MEMBERS, f"Chiffres partagés de l’espace, {year}", ""),
    ):
        services.freeze(
            name=source.french(name),
            as_of=closing,
            query=query,
            organisation=organisation,
            audience=audience,
            by=officer,
            now=moment(context.today - dt.timedelta(days=20), 10),
        )
        context.added += 1
    _correct(organisation.pk, closing, context)


def _correct(funder: int, closing: dt.date, context: DemoContext) -> None:
    """Some amounts were entered wrong and set right later: the differences name them."""
    lines = FundingLine.objects.granted().filter(funder=funder, decided_on__lte=closing).order_by("reference", "pk")
    for line in lines[:CORRECTED]:
        line.amount_agreed += 500
        line.changed_at = moment(context.today - dt.timedelta(days=5), 11)
        line.version += 1
        line.save()
