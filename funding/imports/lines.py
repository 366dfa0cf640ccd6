"""The effect of a table of fundings on the fundings of one funder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from funding.enums import TableKind
from funding.imports import scdl
from funding.imports.cells import plain
from funding.imports.columns import GIVER, LINE_COLUMNS, OF_INITIATIVE, SHAPES
from funding.imports.planning import Outcome, Plan, PlannedRow, Reader, changed_since_export, set_values
from funding.imports.reading import Table
from funding.models import FundingLine, Initiative
from funding.services.line_dates import not_after
from funding.services.line_moves import TABLE
from funding.services.lines import PAST
from members.models import Organisation

_CONTEXT = ("reference", "version", *OF_INITIATIVE, *GIVER)
FIELDS = tuple(column.field for column in LINE_COLUMNS if column.field not in _CONTEXT)
_OF_THE_BEARER = ("bearer_name", "bearer_siret", "bearer_rna")


@dataclass
class Known:
    """What stands, read once for the whole table."""

    funder: Organisation
    lines: dict[str, FundingLine]
    decisions: dict[str, list[FundingLine]]  # by the reference of the decision, for SCDL
    initiatives: dict[str, Initiative]
    taken: set[str]  # references of initiatives, also of those this funder may not see
    titles: dict[tuple[str, str], Initiative]  # (title, bearer) in plain letters
    new: dict[tuple[str, str], Initiative] = field(default_factory=dict)  # to be created by this very file


def plan(table: Table, funder: Organisation) -> Plan:
    """The effect of `table` on the fundings of `funder`; writes nothing."""
    reader = Reader(table, SHAPES[TableKind.LINES])
    known = _known(table, funder)
    planned = []
    for row in table.rows:
        found, values = reader.begin(row)
        if not found.problems:
            _plan_row(found, values, known, reader, dialect=table.dialect)
        planned.append(found)
    return Plan(planned)


def _known(table: Table, funder: Organisation) -> Known:
    references = {row.get("reference", "").strip() for row in table.rows}
    own = FundingLine.objects.filter(funder=funder).select_related("initiative__programme", "initiative__bearer")
    lines = {line.reference: line for line in own.filter(reference__in=references)}
    decisions: dict[str, list[FundingLine]] = {}
    if table.dialect == scdl.DIALECT:
        told = {row.get("decision_reference", "") for row in table.rows} - {""}
        for line in own.filter(decision_reference__in=told):
            decisions.setdefault(line.decision_reference, []).append(line)
    wanted = {row.get("initiative", "").strip() for row in table.rows} - {""}
    wanted |= {_own_reference(reference) for reference in references}
    visible = Initiative.objects.filter(Q(draft_of=None) | Q(draft_of=funder)).select_related("programme", "bearer")
    titles = {row.get("title", "").strip() for row in table.rows} - {""}
    return Known(
        funder,
        lines,
        decisions,
        {initiative.reference: initiative for initiative in visible.filter(reference__in=wanted)},
        set(Initiative.objects.filter(reference__in=wanted).values_list("reference", flat=True)),
        {_title_of(initiative): initiative for initiative in visible.filter(title__in=titles)},
    )


def _own_reference(reference: str) -> str:
    """The reference of an initiative that is created with its first funding."""
    return f"{reference[:34]}-INI"


def _title_of(initiative: Initiative) -> tuple[str, str]:
    return plain(initiative.title), plain(initiative.bearer.name if initiative.bearer else initiative.bearer_name)


def _plan_row(planned: PlannedRow, values: dict[str, Any], known: Known, reader: Reader, *, dialect: str) -> None:
    _check_giver(planned, values, known.funder, reader)
    line = known.lines.get(planned.reference)
    if line is None and dialect == scdl.DIALECT:
        line = _by_decision(values, known)
    if planned.problems:
        return
    if line is not None:
        _change(planned, values, line, reader, dialect=dialect)
    elif "version" in values:
        text = _("This reference is unknown, although the row has a version: was the reference changed?")
        planned.problems.append(reader.problem("reference", text))
    else:
        _create(planned, values, known, reader)


def _check_giver(planned: PlannedRow, values: dict[str, Any], funder: Organisation, reader: Reader) -> None:
    """A row that names a funder names this one: by SIREN where both are known, else by name."""
    profile = getattr(funder, "funder", None)
    siren = profile.siret[:9] if profile and profile.siret else funder.siren
    text = _("This row names another funder than %(funder)s.") % {"funder": funder.name}
    if values.get("giver_siret") and siren:
        if values["giver_siret"][:9] != siren:
            planned.problems.append(reader.problem("giver_siret", text))
    elif values.get("giver") and plain(values["giver"]) not in (plain(funder.name), plain(funder.label)):
        planned.problems.append(reader.problem("giver", text))


def _by_decision(values: dict[str, Any], known: Known) -> FundingLine | None:
    """The funding of that decision; of several, the one of that beneficiary."""
    found = known.decisions.get(values.get("decision_reference", ""), [])
    if len(found) > 1:
        given = {values.get(name) for name in _OF_THE_BEARER} - {None, ""}
        found = [line for line in found if given & {*_bearer_of(line.initiative).values()}]
    return found[0] if len(found) == 1 else None


def _bearer_of(initiative: Initiative) -> dict[str, str]:
    bearer = initiative.bearer
    return {
        "bearer_name": bearer.name if bearer else initiative.bearer_name,
        "bearer_siret": initiative.bearer_siret,
        "bearer_rna": bearer.rna if bearer else initiative.bearer_rna,
    }


def _change(planned: PlannedRow, values: dict[str, Any], line: FundingLine, reader: Reader, *, dialect: str) -> None:
    before = line.state
    if dialect == scdl.DIALECT:  # the schema knows neither when it was decided nor what became of it since
        for name in ("decided_on", "state", "title", "initiative", *_OF_THE_BEARER):
            values.pop(name, None)
    _same_initiative(planned, values, line.initiative, reader)
    set_values(line, values, FIELDS, planned, reader)
    if planned.problems:
        return
    if not planned.changes:
        planned.outcome = Outcome.UNCHANGED
        return
    if changed_since_export(values, line.version, planned, reader):
        return
    if line.state != before and not _reachable(before, line.state):
        planned.problems.append(reader.problem("state", _("This change of state is not possible.")))
        return
    _check(planned, line, Outcome.CHANGED, reader)


def _same_initiative(planned: PlannedRow, values: dict[str, Any], initiative: Initiative, reader: Reader) -> None:
    """What the row says of the initiative is as it stands; nothing of it is passed over in silence."""
    stands = {"initiative": initiative.reference, "title": initiative.title, **_bearer_of(initiative)}
    stands["bearer_name"] = {stands["bearer_name"], initiative.bearer_label}
    for name, old in stands.items():
        if name in values and values[name] not in (old if isinstance(old, set) else {old}):
            text = _("this tells of the initiative: change it in the table of initiatives or on its page.")
            planned.problems.append(reader.problem(name, text))


def _reachable(source: str, target: str) -> bool:
    return any(source in move.sources and target == move.target for move in TABLE.values())


def _create(planned: PlannedRow, values: dict[str, Any], known: Known, reader: Reader) -> None:
    initiative = known.initiatives.get(values.get("initiative", "")) or _new_initiative(planned, values, known, reader)
    if initiative is None:
        return
    line = FundingLine(initiative=initiative, funder=known.funder, reference=planned.reference)
    profile = getattr(known.funder, "funder", None)
    if profile is not None:
        line.audience = profile.amounts_for
    empty = FundingLine()
    for name in FIELDS:
        if name in values:
            setattr(line, name, values[name])
    set_values(empty, values, FIELDS, planned, reader)
    planned.of = initiative
    _check(planned, line, Outcome.CREATED, reader)


def _new_initiative(planned: PlannedRow, values: dict[str, Any], known: Known, reader: Reader) -> Initiative | None:
    """A draft that comes with its first funding; several rows of one file share it. None where it cannot be."""
    title, bearer = values.get("title", ""), values.get("bearer_name", "")
    if not title or not bearer:
        text = _("This initiative is unknown: give its title and its bearer to create it.")
        planned.problems.append(reader.problem("initiative", text))
        return None
    key = plain(title), plain(bearer)
    if twin := known.titles.get(key):
        text = _("The initiative %(reference)s already bears this title and this bearer: give that reference.")
        planned.problems.append(reader.problem("initiative", text % {"reference": twin.reference}))
        return None
    if key in known.new:
        return known.new[key]
    reference = values.get("initiative") or _own_reference(planned.reference)
    if reference in known.taken:
        planned.problems.append(reader.problem("initiative", _("An initiative already bears this reference.")))
        return None
    made = Initiative(
        reference=reference,
        title=title,
        bearer_name=bearer,
        bearer_siret=values.get("bearer_siret", ""),
        bearer_rna=values.get("bearer_rna", ""),
        prepared_by=known.funder,
        draft_of=known.funder,
    )
    try:
        made.clean_fields(exclude=["slug", "created_at", "changed_at", "prepared_by", "draft_of"])
    except ValidationError as error:
        planned.problems += reader.told(error)
        return None
    known.new[key] = planned.initiative = made
    known.taken.add(reference)
    return made


def _check(planned: PlannedRow, line: FundingLine, outcome: Outcome, reader: Reader) -> None:
    """The model's own rules, before anything is written."""
    try:
        line.clean_fields(exclude=["initiative", "funder", "changed_at"])
        line.validate_constraints(exclude=["funder", "reference"])  # the key was compared above
        line.clean()
        not_after(reader.day, **{name: getattr(line, name) for name in PAST})
    except ValidationError as error:
        planned.problems += reader.told(error)
    if not planned.problems:
        planned.outcome, planned.line = outcome, line
