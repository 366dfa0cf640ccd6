"""What has become of an initiative, as far as a reader may see: updates that came, and its indicators as charts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q
from django.utils import formats
from django.utils.translation import gettext as _

from core.charts import geometry
from core.charts.geometry import Chart, Mark
from core.partial_dates.text import full_day
from funding.enums import UpdateState
from funding.models import Indicator, Initiative, Measure, Update, UpdatePlan
from funding.visibility import Visibility

SHOWN = 6  # updates on the page of an initiative, measures in a chart


@dataclass(frozen=True)
class IndicatorView:
    indicator: Indicator
    measures: list[Measure]  # in the order of their days
    chart: Chart | None

    @property
    def latest(self) -> Measure | None:
        return self.measures[-1] if self.measures else None


@dataclass(frozen=True)
class FollowUp:
    """`expected` is the update that is waited for longest; None for who may neither write nor keep."""

    updates: list[Update]
    indicators: list[IndicatorView]
    expected: Update | None
    plan: UpdatePlan | None

    def __bool__(self) -> bool:
        return bool(self.updates or self.indicators or self.expected or self.plan)


def follow_up(initiative: Initiative, visibility: Visibility, *, writes: bool) -> FollowUp:
    """In four queries. Who writes for the initiative reads all its received updates."""
    received = initiative.updates.filter(state=UpdateState.SUBMITTED)
    readable = received if writes else received.seen_by(visibility)
    values = Measure.objects.filter(Q(update=None) | Q(update__in=readable)).order_by("measured_on", "pk")
    indicators = initiative.indicators.prefetch_related(Prefetch("measures", values, to_attr="shown"))
    return FollowUp(
        updates=list(readable.select_related("written_by").order_by("-due_on", "pk")[:SHOWN]),
        indicators=[_view(indicator) for indicator in indicators],
        expected=initiative.updates.awaited().first() if writes else None,
        plan=UpdatePlan.objects.filter(initiative=initiative).first() if writes else None,
    )


def _view(indicator: Indicator) -> IndicatorView:
    measures = indicator.shown
    return IndicatorView(indicator, measures, _chart(indicator, measures[-SHOWN:]) if measures else None)


def _chart(indicator: Indicator, measures: list[Measure]) -> Chart:
    groups = []
    for row in measures:
        text = number(row.value)
        name = _("%(day)s: %(value)s") % {"day": full_day(row.measured_on), "value": f"{text} {indicator.unit}".strip()}
        groups.append((formats.date_format(row.measured_on, "m/Y"), [Mark(row.value, text, name, "")]))
    return geometry.columns(groups, target=indicator.target)


def number(value: Decimal) -> str:
    """ "1 250", "12,5": no hundredths where there are none."""
    digits = 0 if value == value.to_integral_value() else 2
    return formats.number_format(value, digits, use_l10n=True, force_grouping=True)
