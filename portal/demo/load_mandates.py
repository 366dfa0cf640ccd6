"""Who animated the space, since when."""

from __future__ import annotations

from governance.models import Mandate
from portal.demo import source
from portal.demo.context import DemoContext, identifier, moment, partial


def loaded(context: DemoContext) -> bool:
    return Mandate.objects.exists()


def load(context: DemoContext) -> None:
    for row in source.table("space")["mandates"]:
        context.add(
            Mandate,
            {"starts_at": moment(row["starts_at"])},
            public_id=identifier("mandate", row["organisation"]),
            organisation=context.organisations[row["organisation"]],
            started_on=partial(row["started_on"]),
            note=row["note"],
        )
