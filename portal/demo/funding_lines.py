"""Fictional fundings of the demonstration, drawn once and for all from a hash: several funders an initiative."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from funding.enums import AmountAudience, LineState, PaymentKind, Stage
from funding.models import Amendment, FinancialReport, FundingLine, Initiative, Instalment, Payment
from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_attendance import chance

LEAD = "fonds-odd-17"
BODIES = ("Comité d’engagement", "Conseil d’administration", "Jury du programme")


@dataclass
class Drawn:
    """Rows to write, each kind after the one it points to."""

    lines: list[FundingLine] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    instalments: list[Instalment] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    reports: list[FinancialReport] = field(default_factory=list)


def load(context: DemoContext, funders: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    initiatives = {initiative.reference: initiative for initiative in Initiative.objects.select_related("draft_of")}
    drawn = Drawn()
    for rank, row in enumerate(rows, start=1):
        initiative = initiatives[f"INI-{rank:03d}"]
        for place, funder in enumerate(_around_the_table(initiative, row, funders)):
            _line(context, drawn, initiative, row, funder, place)
    context.add_all(FundingLine, drawn.lines)
    for model, made in (
        (Amendment, drawn.amendments),
        (Instalment, drawn.instalments),
        (Payment, drawn.payments),
        (FinancialReport, drawn.reports),
    ):
        context.add_all(model, made)


def _around_the_table(initiative: Initiative, row: dict[str, Any], funders: list[dict[str, Any]]) -> list[dict]:
    """Who funds it: its keeper or the leading fund first, then one to four others."""
    if initiative.draft_of:
        return [funder for funder in funders if funder["slug"] == initiative.draft_of.slug]
    if row["stage"] == Stage.SPOTTED:
        return []
    title = row["title"]
    others = sorted(
        (funder for funder in funders if funder["slug"] != LEAD), key=lambda funder: chance(title, funder["slug"])
    )
    number = 1 + int(4 * chance("number", title))
    with_lead = chance("lead", title) < 0.88
    return [*(funder for funder in funders if funder["slug"] == LEAD and with_lead), *others[:number]]


def _state(row: dict[str, Any], initiative: Initiative, place: int) -> LineState:
    luck = chance("state", row["title"], place)
    if initiative.draft_of:
        return LineState.DRAFT
    if row["stage"] == Stage.REVIEWED:
        return LineState.AGREED if place == 0 and luck < 0.4 else LineState.REQUESTED
    if row["stage"] == Stage.FUNDED:
        return LineState.CONTRACTED if place == 0 or luck < 0.5 else LineState.AGREED
    if row["stage"] == Stage.RUNNING:
        return LineState.REQUESTED if place > 1 and luck < 0.2 else LineState.CONTRACTED
    if row["stage"] == Stage.DROPPED:
        return LineState.CANCELLED if place == 0 else LineState.REFUSED
    return LineState.SETTLED


def _line(
    context: DemoContext, drawn: Drawn, initiative: Initiative, row: dict[str, Any], funder: dict[str, Any], place: int
) -> None:
    title, slug = row["title"], funder["slug"]
    state = _state(row, initiative, place)
    first = initiative.created_at.date()
    requested = first + dt.timedelta(days=15)
    decided = first + dt.timedelta(days=45 + int(40 * chance("decided", title, slug)))
    signed = decided + dt.timedelta(days=21)
    granted = state in (LineState.AGREED, LineState.CONTRACTED, LineState.SETTLED, LineState.CANCELLED)
    contracted = state in (LineState.CONTRACTED, LineState.SETTLED)
    amount = Decimal(max(1, round(funder["scale"] * (0.5 + chance("amount", title, slug)) / 500)) * 500)
    shared = funder["amounts_for"]
    if slug == LEAD and chance("open", title) < 0.5:
        shared = AmountAudience.PUBLIC
    line = FundingLine(
        public_id=identifier("line", title, slug),
        initiative=initiative,
        funder=context.organisations[slug],
        reference=f"{first.year}-{initiative.reference}",
        kind=funder["kinds"][int(len(funder["kinds"]) * chance("kind", title, slug))],
        state=state,
        audience=shared,
        amount_requested=None if state == LineState.DRAFT else amount + 500 * int(6 * chance("asked", title, slug)),
        requested_on=None if state == LineState.DRAFT else requested,
        amount_agreed=amount if granted else None,
        decided_on=decided if granted or state == LineState.REFUSED else None,
        decided_by=BODIES[int(3 * chance("body", slug))] if granted else "",
        contract_number=f"C-{signed.year}-{initiative.reference[-3:]}" if contracted else "",
        signed_on=signed if contracted else None,
        expires_on=signed + dt.timedelta(days=900) if contracted else None,
        closed_on=_closed(state, decided),
        reason="Motif fictif de démonstration." if state in (LineState.REFUSED, LineState.CANCELLED) else "",
        purpose=initiative.title[:256],
        eu_notified=False if context.organisations[slug].is_fictional else None,
        changed_at=moment(decided if granted else first, 11),
    )
    drawn.lines.append(line)
    if contracted:
        _schedule(context, drawn, line, f"{title}/{slug}")


def _closed(state: LineState, decided: dt.date) -> dt.date | None:
    if state == LineState.CANCELLED:
        return decided + dt.timedelta(days=120)
    return decided + dt.timedelta(days=760) if state == LineState.SETTLED else None


def _schedule(context: DemoContext, drawn: Drawn, line: FundingLine, words: str) -> None:
    """Half at once, then two more parts; what has come due is mostly paid, and reports are mostly in."""
    total = line.amount_agreed
    if chance("amendment", words) < 0.15:
        change = Decimal(1000)
        drawn.amendments.append(
            Amendment(
                public_id=identifier("amendment", words),
                line=line,
                number=1,
                signed_on=line.signed_on + dt.timedelta(days=200),
                change=change,
                reason="Avenant fictif de démonstration.",
            )
        )
        total += change
    parts = [total / 2, (total * 3 / 10).quantize(Decimal(1))]
    parts.append(total - sum(parts))
    for number, (amount, after) in enumerate(zip(parts, (30, 365, 730), strict=True), start=1):
        due = line.signed_on + dt.timedelta(days=after)
        settled = line.state == LineState.SETTLED
        called = settled or due <= context.today + dt.timedelta(days=20)
        instalment = Instalment(
            public_id=identifier("instalment", words, number),
            line=line,
            number=number,
            due_on=due,
            amount=amount,
            condition="À la signature" if number == 1 else "Sur compte rendu financier",
            called_on=due - dt.timedelta(days=15) if called else None,
        )
        drawn.instalments.append(instalment)
        paid_on = due + dt.timedelta(days=12)
        kept_back = settled and number == 3 and chance("released", words) < 0.12
        slow = not settled and number > 1 and chance("slow", words, number) < 0.15
        if paid_on <= context.today and not kept_back and not slow:
            drawn.payments.append(
                Payment(
                    public_id=identifier("payment", words, number),
                    line=line,
                    instalment=instalment,
                    paid_on=paid_on,
                    amount=amount,
                )
            )
        if number > 1:
            expected = due - dt.timedelta(days=30)
            late = not settled and chance("late", words, number) < 0.25
            in_time = settled or expected + dt.timedelta(days=10) <= context.today
            drawn.reports.append(
                FinancialReport(
                    public_id=identifier("report", words, number),
                    line=line,
                    due_on=expected,
                    received_on=expected - dt.timedelta(days=5) if in_time and not late else None,
                )
            )
    if line.state == LineState.SETTLED and chance("returned", words) < 0.06:
        drawn.payments.append(
            Payment(
                public_id=identifier("return", words),
                line=line,
                kind=PaymentKind.RETURN,
                paid_on=line.closed_on,
                amount=Decimal(500),
            )
        )
