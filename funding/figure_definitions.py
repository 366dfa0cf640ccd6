"""What each figure is: label, unit, definition, date basis, source, and its aggregate over funding lines.

Read through `funding.figures`, which computes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    Avg,
    Count,
    DecimalField,
    Expression,
    F,
    FloatField,
    Max,
    Q,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funding.enums import CONTRACT_STATES, GRANTED_STATES, OPEN_STATES, LineState

Text = str | Promise
EUROS, COUNT, RATIO = "euros", "count", "ratio"
ZERO = Decimal(0)
MONEY = DecimalField(max_digits=16, decimal_places=2)

TOTAL = F("amount_agreed") + F("amount_amended")
_GRANTED = Q(state__in=GRANTED_STATES)
_CONTRACTED = Q(state__in=CONTRACT_STATES)
_OPEN = Q(state__in=OPEN_STATES)


@dataclass(frozen=True)
class Figure:
    """`aggregate` is over funding lines; `date` is the field by whose year it is dated, "" where it has none."""

    key: str
    label: Text
    unit: str
    definition: Text
    basis: Text  # what its year means, in words
    source: Text
    aggregate: Expression
    date: str = ""

    @property
    def is_money(self) -> bool:
        return self.unit == EUROS

    @property
    def nothing(self) -> Decimal | int:
        """What the figure is over no line at all."""
        return ZERO if self.is_money else 0


def _sum(amount: Any, rows: Q) -> Expression:
    return Coalesce(Sum(amount, filter=rows, output_field=MONEY), Value(ZERO, MONEY))


class Median(Aggregate):
    """The middle of the amounts; between two middle ones, half way."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()
    allow_distinct = False


_LINES = _("funding lines as their funders keep them")
_DECISION = _("date of the decision")
_SIGNATURE = _("date of signature of the contract")
_PAYMENT = _("date of each payment")
_REQUEST = _("date of the request")
_TODAY = _("the day on which it is read")

_DEFINED = [
    Figure(
        "requested",
        # Translators: Demandé
        _("Requested"),
        EUROS,
        # Translators: Somme des montants demandés, quelle que soit la suite donnée ; les brouillons ne comptent pas.
        _("Sum of the amounts requested, whatever became of them; drafts do not count."),
        _REQUEST,
        _LINES,
        _sum("amount_requested", ~Q(state=LineState.DRAFT)),
        "requested_on",
    ),
    Figure(
        "agreed",
        # Translators: Accordé
        _("Agreed"),
        EUROS,
        # Translators: Somme des montants accordés, avenants compris, des financements accordés, conventionnés ou soldés. Un financement annulé ne compte pas ; un avenant compte avec la décision d’origine.
        _(
            "Sum of the amounts agreed, amendments included, of fundings that are agreed, under contract or settled."
            " A cancelled funding does not count; an amendment counts with the original decision."
        ),
        _DECISION,
        _LINES,
        _sum(TOTAL, _GRANTED),
        "decided_on",
    ),
    Figure(
        "contracted",
        # Translators: Conventionné
        _("Under contract"),
        EUROS,
        # Translators: Part de l’accordé dont la convention est signée, avenants compris.
        _("The part of what was agreed whose contract is signed, amendments included."),
        _SIGNATURE,
        _LINES,
        _sum(TOTAL, _CONTRACTED),
        "signed_on",
    ),
    Figure(
        "paid",
        # Translators: Versé
        _("Paid"),
        EUROS,
        # Translators: Somme des versements des financements accordés, conventionnés ou soldés, avant tout reversement.
        _("Sum of the payments of fundings that are agreed, under contract or settled, before any repayment."),
        _PAYMENT,
        _LINES,
        _sum("amount_paid", _GRANTED),
        "payments",
    ),
    Figure(
        "returned",
        # Translators: Reversé
        _("Paid back"),
        EUROS,
        # Translators: Somme des reversements faits par les structures porteuses sur ces mêmes financements.
        _("Sum of what bearers paid back of the same fundings."),
        _PAYMENT,
        _LINES,
        _sum("amount_returned", _GRANTED),
        "returns",
    ),
    Figure(
        "remaining",
        # Translators: Reste à verser
        _("Still to be paid"),
        EUROS,
        # Translators: Accordé moins versé, pour les financements accordés ou conventionnés ; un financement soldé n’a plus de reste.
        _("Agreed less paid, for fundings that are agreed or under contract; nothing remains of a settled one."),
        _TODAY,
        _LINES,
        _sum(TOTAL - F("amount_paid"), _OPEN),
    ),
    Figure(
        "released",
        # Translators: Non versé au solde
        _("Not paid at settlement"),
        EUROS,
        # Translators: Accordé moins versé, pour les financements soldés. Accordé = versé + reste à verser + non versé au solde.
        _("Agreed less paid, for settled fundings. Agreed = paid + still to be paid + not paid at settlement."),
        _TODAY,
        _LINES,
        _sum(TOTAL - F("amount_paid"), Q(state=LineState.SETTLED)),
    ),
    Figure(
        "lines",
        # Translators: Financements
        _("Fundings"),
        COUNT,
        # Translators: Nombre de financements accordés, conventionnés ou soldés.
        _("Number of fundings that are agreed, under contract or settled."),
        _DECISION,
        _LINES,
        Count("pk", filter=_GRANTED),
        "decided_on",
    ),
    Figure(
        "backed",
        # Translators: Initiatives financées
        _("Initiatives funded"),
        COUNT,
        # Translators: Nombre d’initiatives qui ont au moins un de ces financements ; chacune compte une fois, même à plusieurs financeurs.
        _("Number of initiatives with at least one such funding; each counts once, also with several funders."),
        _DECISION,
        _LINES,
        Count("initiative", filter=_GRANTED, distinct=True),
        "decided_on",
    ),
    Figure(
        "funders",
        # Translators: Financeurs
        _("Funders"),
        COUNT,
        # Translators: Nombre d’organisations qui ont au moins un de ces financements.
        _("Number of organisations that gave at least one such funding."),
        _DECISION,
        _LINES,
        Count("funder", filter=_GRANTED, distinct=True),
        "decided_on",
    ),
    Figure(
        "mean",
        # Translators: Moyenne
        _("Mean"),
        EUROS,
        # Translators: Accordé divisé par le nombre de financements.
        _("Agreed divided by the number of fundings."),
        _DECISION,
        _LINES,
        Avg(TOTAL, filter=_GRANTED, output_field=MONEY),
    ),
    Figure(
        "median",
        # Translators: Médiane
        _("Median"),
        EUROS,
        # Translators: La moitié des financements est au-dessous de ce montant, l’autre au-dessus.
        _("Half of the fundings lie below this amount, half above."),
        _DECISION,
        _LINES,
        Median(Cast(TOTAL, FloatField()), filter=_GRANTED),
    ),
    Figure(
        "largest",
        # Translators: Le plus élevé
        _("Largest"),
        EUROS,
        # Translators: Le plus grand montant accordé, avenants compris.
        _("The largest amount agreed, amendments included."),
        _DECISION,
        _LINES,
        Max(TOTAL, filter=_GRANTED, output_field=MONEY),
    ),
]
FIGURES: dict[str, Figure] = {figure.key: figure for figure in _DEFINED}
SUMS = ("requested", "agreed", "contracted", "paid", "returned", "remaining", "released", "lines")  # add up everywhere
COUNTED = "backed"  # adds up over initiatives: each is funded, or not
SPREAD = ("lines", "agreed", "mean", "median", "largest")

# Figures that are not one aggregate over lines; the same facts for the page of definitions.
INITIATIVES = Figure(
    "initiatives",
    # Translators: Initiatives
    _("Initiatives"),
    COUNT,
    # Translators: Nombre d’initiatives de la liste, financées ou non ; chacune compte une fois.
    _("Number of initiatives of the list, funded or not; each counts once."),
    _TODAY,
    _("initiatives as their keepers enter them"),
    Count("pk"),
)
LEVERAGE = Figure(
    "leverage",
    # Translators: Effet de levier
    _("Leverage"),
    RATIO,
    # Translators: Euros accordés par les autres financeurs pour un euro de ce financeur, sur les initiatives qu’il finance. Seuls comptent les montants communiqués.
    _(
        "Euros agreed by other funders for one euro of this funder, on the initiatives it funds."
        " Only amounts that are shared count."
    ),
    _DECISION,
    _LINES,
    Count("pk"),
)
DEFINITIONS: dict[str, Figure] = {**FIGURES, INITIATIVES.key: INITIATIVES, LEVERAGE.key: LEVERAGE}


def definition(key: str) -> Figure:
    return DEFINITIONS[key]
