"""The space and its cycles."""

from __future__ import annotations

from core import richtext
from core.models import Space
from portal.demo import source
from portal.demo.context import DemoContext
from sessions_app.models import Cycle


def loaded(context: DemoContext) -> bool:
    return Space.objects.exists()


def load(context: DemoContext) -> None:
    data = source.table("space")
    fields = {name: data[name] for name in ("name", "short_name", "subtitle", "contact_email", "born_on")}
    context.add(Space, {"pk": 1}, **fields, demonstration=True)
    for row in source.table("cycles")["cycles"]:
        context.add(
            Cycle, {"year": row["year"]}, theme=row["theme"], introduction=richtext.from_plain(row["introduction"])
        )


def cycle_of(context: DemoContext, year: int) -> Cycle:
    """The cycle of `year`; a year later than all in the data gets one with a general theme."""
    data = source.table("cycles")
    return context.add(
        Cycle, {"year": year}, theme=data["later_theme"], introduction=richtext.from_plain(data["later_introduction"])
    )
