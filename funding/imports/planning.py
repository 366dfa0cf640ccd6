"""What a table would do: each row compared with what stands, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _, gettext_lazy

from funding.imports.columns import BY_FIELD, CLEAR, LINE_FIELDS
from funding.imports.reading import TextRow
from funding.models import FundingLine, Initiative
from funding.services.lines import TABLE
from members.models import Organisation


class Outcome(models.TextChoices):
    # Translators: à créer
    CREATED = "created", gettext_lazy("to be created")
    # Translators: à modifier
    CHANGED = "changed", gettext_lazy("to be changed")
    # Translators: inchangé
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    # Translators: en conflit
    CONFLICT = "conflict", gettext_lazy("in conflict")
    # Translators: en erreur
    WRONG = "wrong", gettext_lazy("wrong")


@dataclass
class PlannedRow:
    number: str  # of the row in the file
    reference: str
    outcome: Outcome
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)  # (header, old, new)
    problems: list[str] = field(default_factory=list)
    line: FundingLine | None = None  # ready to be saved
    initiative: Initiative | None = None  # a new one, to be saved before its line


@dataclass
class Plan:
    rows: list[PlannedRow]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def may_be_applied(self) -> bool:
        """All or nothing: one row that is wrong or in conflict holds up all."""
        counts = self.counts
        return not counts[Outcome.WRONG] and not counts[Outcome.CONFLICT] and bool(self.to_write)

    @property
    def to_write(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome in (Outcome.CREATED, Outcome.CHANGED)]

    @property
    def fingerprint(self) -> str:
        """The same for the same effect on the same rows: what was shown is what is written."""
        told = [(row.number, row.outcome.value, [(a, str(b), str(c)) for a, b, c in row.changes]) for row in self.rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def plan(rows: list[TextRow], funder: Organisation) -> Plan:
    """The effect of `rows` on the fundings of `funder`; writes nothing."""
    references = [row.get("reference", "").strip() for row in rows]
    stored = {
        line.reference: line
        for line in FundingLine.objects.filter(funder=funder, reference__in=references).select_related(
            "initiative__programme", "funder"
        )
    }
    wanted = {row.get("initiative", "").strip() for row in rows} - {""}
    visible = models.Q(draft_of=None) | models.Q(draft_of=funder)
    known = {
        initiative.reference: initiative
        for initiative in Initiative.objects.filter(visible, reference__in=wanted).select_related("programme")
    }
    twice = {reference for reference, number in Counter(references).items() if number > 1}
    return Plan([_planned(row, funder, stored, known, twice) for row in rows])


def _planned(
    row: TextRow,
    funder: Organisation,
    stored: dict[str, FundingLine],
    known: dict[str, Initiative],
    twice: set[str],
) -> PlannedRow:
    reference = row.get("reference", "").strip()
    planned = PlannedRow(row["row"], reference, Outcome.WRONG)
    if not reference:
        planned.problems.append(_("The reference is missing."))
    elif reference in twice:
        planned.problems.append(_("This reference stands twice in the file."))
    values = _values(row, planned)
    if planned.problems:
        return planned
    line = stored.get(reference)
    if line is None:
        _create(planned, values, funder, known)
    else:
        _change(planned, values, line)
    return planned


def _values(row: TextRow, planned: PlannedRow) -> dict[str, Any]:
    """Field → value of every cell that is not empty; what cannot be read is told."""
    values: dict[str, Any] = {}
    for name, text in row.items():
        if name == "row" or not text.strip():
            continue
        column = BY_FIELD[name]
        if text.strip().casefold() == CLEAR:
            if column.clears_to is ...:
                planned.problems.append(_("“%(column)s” cannot be cleared.") % {"column": column.header})
            else:
                values[name] = column.clears_to
            continue
        try:
            values[name] = column.read(text)
        except ValueError as error:
            planned.problems.append(f"{column.header}: {error}")
    return values


def _create(planned: PlannedRow, values: dict[str, Any], funder: Organisation, known: dict[str, Initiative]) -> None:
    initiative = known.get(values.get("initiative", ""))
    if initiative is None:
        if not values.get("title") or not values.get("bearer_name"):
            planned.problems.append(
                # Translators: Cette initiative n’existe pas : donnez son titre et sa structure porteuse pour la créer.
                _("This initiative is unknown: give its title and its bearer to create it.")
            )
            return
        initiative = planned.initiative = Initiative(
            reference=values.get("initiative") or f"{planned.reference[:34]}-INI",
            title=values["title"],
            bearer_name=values["bearer_name"],
            bearer_siret=values.get("bearer_siret", ""),
            bearer_rna=values.get("bearer_rna", ""),
            prepared_by=funder,
            draft_of=funder,
        )
    line = FundingLine(initiative=initiative, funder=funder, reference=planned.reference)
    profile = getattr(funder, "funder", None)
    if profile is not None:
        line.audience = profile.amounts_for
    for name in LINE_FIELDS:
        if name in values:
            setattr(line, name, values[name])
            planned.changes.append((BY_FIELD[name].header, "", values[name]))
    _check(planned, line, Outcome.CREATED)


def _change(planned: PlannedRow, values: dict[str, Any], line: FundingLine) -> None:
    before = line.state
    for name in LINE_FIELDS:
        if name in values and getattr(line, name) != values[name]:
            planned.changes.append((BY_FIELD[name].header, getattr(line, name), values[name]))
            setattr(line, name, values[name])
    if not planned.changes:
        planned.outcome = Outcome.UNCHANGED
        return
    if "version" in values and values["version"] != line.version:
        planned.outcome = Outcome.CONFLICT
        # Translators: Cette ligne a été modifiée sur le portail depuis votre export.
        planned.problems.append(_("This funding was changed on the portal since your export."))
        return
    if line.state != before and not _reachable(before, line.state):
        planned.problems.append(_("This change of state is not possible."))
        return
    _check(planned, line, Outcome.CHANGED)


def _reachable(source: str, target: str) -> bool:
    return any(source in move.sources and target == move.target for move in TABLE.values())


def _check(planned: PlannedRow, line: FundingLine, outcome: Outcome) -> None:
    """The model's own rules, before anything is written; a new initiative is checked as far as it goes."""
    try:
        if planned.initiative is not None:
            planned.initiative.clean_fields(exclude=["slug", "created_at", "changed_at", "prepared_by", "draft_of"])
        line.clean_fields(exclude=["initiative", "changed_at"])
        line.validate_constraints()
        if planned.initiative is None:
            line.clean()
    except ValidationError as error:
        planned.problems += error.messages
    if not planned.problems:
        planned.outcome, planned.line = outcome, line
