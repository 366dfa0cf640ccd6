"""What is held of people, why, who sees it and for how long: the one table that the privacy page and the register of
processing print and the purge obeys.

    retention.register(Holding(key="mails", what=…, …, until=_("%(period)s after they were written."), days=365, purge=purge))

Each app registers its lines in `personal_data.py`. A line with `days` is a setting of the space: its administrators
choose within `least` and `most`, `core.personal_data` keeps what they chose, and beat calls `purge(before, now)` with
the moment before which everything is due. A line without says in `until` why it stays. Knows no model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, ngettext

Text = str | Promise
Purge = Callable[[dt.datetime, dt.datetime], int]  # (before, now) → how many rows went

ACCOUNT = _("Who has an account")
INTEREST = _("Legitimate interest of the space in working and keeping its record (RGPD, article 6.1.f).")
PARTICIPATION = _("Your taking part in the space for your organisation (RGPD, article 6.1.b).")
DUTY = _("Legal duty of who decides about the data (RGPD, article 6.1.c).")
AS_THE_REGISTER = _("As long as the space keeps its register.")
YEAR, MONTH = 365, 30  # days, as people say them


@dataclass(frozen=True)
class Holding:
    """One line of the table. `until` holds %(period)s where `days` is given."""

    key: str
    what: Text
    whose: Text
    why: Text
    basis: Text
    readers: Text
    until: Text
    order: int
    days: int = 0  # unless the space chose otherwise; 0 where no clock ends it
    least: int = 1
    most: int = 10 * YEAR
    purge: Purge | None = None

    @property
    def is_setting(self) -> bool:
        return self.purge is not None


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    if holding.key in _holdings:
        raise ValueError(f"The holding {holding.key} is registered twice.")
    if holding.is_setting != bool(holding.days):
        raise ValueError(f"{holding.key}: a period needs a purge, and a purge a period.")
    _holdings[holding.key] = holding


def holdings() -> list[Holding]:
    return sorted(_holdings.values(), key=lambda holding: (holding.order, holding.key))


def settings() -> list[Holding]:
    """Those whose period the space chooses."""
    return [holding for holding in holdings() if holding.is_setting]


def in_words(days: int) -> str:
    """ "2 years", "3 months", "45 days": the largest unit that says it exactly."""
    if days % YEAR == 0:
        return ngettext("%(count)d year", "%(count)d years", days // YEAR) % {"count": days // YEAR}
    if days % MONTH == 0 and days < YEAR:
        return ngettext("%(count)d month", "%(count)d months", days // MONTH) % {"count": days // MONTH}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
