"""The effect of a table of fundings on the fundings of one funder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from core.imports import cells
from core.imports.cells import plain
from core.imports.columns import said
from core.imports.enums import Outcome
from core.imports.planning import AT_ONCE, Change, Plan, Problem, Reader, is_to_write, judge
from core.imports.reading import Table
from core.imports.shapes import TextRow
from core.imports.versions import asked_version, conflicts, exported_rows, once_held, unknown_version
from funding.enums import TableKind
from funding.grants.dates import not_after
from funding.grants.services import PAST
from funding.grants.transitions import TABLE
from funding.imports import scdl, scdl_matching
from funding.imports.columns import GIVER, LINE_COLUMNS, OF_INITIATIVE, bearer_name
from funding.imports.rows import FundingRow
from funding.imports.shapes import SHAPES
from funding.models import FundingLine, Initiative, Instalment, Programme
from funding.visibility import Visibility
from members.models import Organisation
from members.organisations.names import NamesNow

_CONTEXT = ("reference", "version", *OF_INITIATIVE, *GIVER)
FIELDS = tuple(column.field for column in LINE_COLUMNS if column.field not in _CONTEXT)
_OF_THE_BEARER = ("bearer_name", "bearer_siret", "bearer_rna")


@dataclass
class Known:
    """What stands of what these rows name."""

    lines: dict[str, FundingLine]
    exported: dict[int, Any]  # lines as they stood at the version their row names
    foreign: dict[tuple[str, str], FundingLine]  # (funder in plain letters, reference) of lines that may be seen
    initiatives: dict[str, Initiative]
    taken: set[str]  # references of initiatives, also of those this funder may not see
    titles: dict[tuple[str, str], Initiative]  # (title, bearer) in plain letters
    by_decision: scdl_matching.Matching | None = None


@dataclass
class _Row:
    """One row on its way: its cells, and what was made of them."""

    planned: FundingRow
    texts: TextRow
    stored: FundingLine | None = None
    due_on: str = ""  # what only a file of the schema tells
    scheme: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def plan(table: Table, funder: Organisation) -> Plan:
    """The effect of `table` on the fundings of `funder`; writes nothing."""
    planner, made = Planner(table, funder), Plan()
    for start in range(0, len(table.rows), AT_ONCE):
        made.add(planner.plan(table.rows[start : start + AT_ONCE]))
    return made


class Planner:
    """Compares piece after piece of one table; what an earlier row creates is known to the later ones."""

    def __init__(self, table: Table, funder: Organisation) -> None:
        self.funder, self.dialect, self.share = funder, table.dialect, table.answers.get("share", "")
        self.reader = Reader(table, SHAPES[TableKind.LINES], FundingRow)
        self.names_now = NamesNow()
        self.sirens = set(Organisation.with_doubles.filter(merged_into=funder).values_list("siren", flat=True)) - {""}
        self.programmes = {plain(one.name): one for one in Programme.objects.all()} if self.dialect else {}
        self.new: dict[tuple[str, str], Initiative] = {}  # to be created by this very file
        self.new_references: set[str] = set()
        self.keys: set[str] = set()  # of rows of this funder, however they name it
        self.matched: set[int] = set()  # lines that a row of an SCDL file was found to be
        self.pending: list[tuple[FundingRow, FundingLine]] = []

    def plan(self, texts: list[TextRow]) -> list[FundingRow]:
        rows = [_Row(*self.reader.begin(row)) for row in texts]
        for row in rows:
            for name in ("bearer_name", "giver"):
                if name in row.texts:
                    row.texts[name] = self.names_now(row.texts[name])
            scdl.share_out(row.texts, self.share)
            row.due_on, row.scheme = row.texts.pop(scdl.DUE, ""), row.texts.pop(scdl.SCHEME, "")
        known = self._known(rows)
        stale = self._match(rows, known)
        self.pending = []
        for row in rows:
            self._plan_row(row, known, stale)
        judge(self.reader, self.pending, exclude=("initiative", "funder", "reference", "changed_at"))
        for planned, line in self.pending:
            self._last_rules(planned, line)
        return [row.planned for row in rows]

    # --- what stands -----------------------------------------------------------------------------------------------

    def _known(self, rows: list[_Row]) -> Known:
        references = {row.planned.reference for row in rows}
        own = FundingLine.objects.filter(funder=self.funder).select_related(
            "initiative__programme", "initiative__bearer", "funder__funder"
        )
        if self.dialect == scdl.DIALECT:
            own = own.prefetch_related("instalments")
        wanted = {row.texts.get("initiative", "").strip() for row in rows} - {""}
        wanted |= {_own_reference(reference) for reference in references}
        visible = Initiative.objects.filter(Q(draft_of=None) | Q(draft_of=self.funder))
        visible = visible.select_related("programme", "bearer")
        titles = {row.texts.get("title", "").strip() for row in rows} - {""}
        return Known(
            lines={line.reference: line for line in own.filter(reference__in=references)},
            exported={},
            foreign=self._foreign(rows, references),
            initiatives={initiative.reference: initiative for initiative in visible.filter(reference__in=wanted)},
            taken=set(Initiative.objects.filter(reference__in=wanted).values_list("reference", flat=True)),
            titles={_title_of(initiative): initiative for initiative in visible.filter(title__in=titles)},
            by_decision=scdl_matching.Matching(own, [row.texts for row in rows], self.matched)
            if self.dialect == scdl.DIALECT
            else None,
        )

    def _foreign(self, rows: list[_Row], references: set[str]) -> dict[tuple[str, str], FundingLine]:
        """Fundings of others whose amounts this funder sees: a downloaded list holds them, and may come back."""
        names = {row.texts.get("giver", "").strip() for row in rows} - {"", self.funder.name}
        if not names:
            return {}
        seen = FundingLine.objects.amounts_seen_by(Visibility(frozenset({self.funder.pk}), inside=True))
        lines = seen.exclude(funder=self.funder).filter(reference__in=references, funder__name__in=names)
        lines = lines.select_related("initiative__bearer", "funder__funder")
        return {(plain(line.funder.name), line.reference): line for line in lines}

    def _match(self, rows: list[_Row], known: Known) -> dict[int, dict[str, set[Any]]]:
        """Finds the funding of each row; returns what the initiatives once held, for cells that say so."""
        versions, initiatives = {}, set()
        for row in rows:
            row.stored = known.lines.get(row.planned.reference)
            if known.by_decision is not None:
                row.stored = known.by_decision.line_of(row.texts) or row.stored
            if row.stored is None:
                continue
            version = asked_version(row.texts.get("version", ""))
            if version is not None and version != row.stored.version:
                versions[row.stored.pk] = version
            if any(
                name in row.texts and not self.reader.columns[name].is_as_written(row.texts[name], row.stored)
                for name in OF_INITIATIVE
            ):
                initiatives.add(row.stored.initiative_id)
        known.exported = exported_rows(FundingLine, versions, relations=("initiative__bearer", "funder__funder"))
        return once_held(Initiative, initiatives, OF_INITIATIVE_FIELDS)

    # --- one row ---------------------------------------------------------------------------------------------------

    def _plan_row(self, row: _Row, known: Known, stale: dict[int, dict[str, set[Any]]]) -> None:
        planned, stored = row.planned, row.stored
        if self._is_of_another(row, known):
            return
        if planned.reference in self.keys and planned.reference not in self.reader.twice:
            text = _("This reference stands twice in the file.")
            planned.problems.append(self.reader.problem("reference", text))
        self.keys.add(planned.reference)
        if self.dialect == scdl.DIALECT and stored is not None:
            scdl_matching.drop_what_stands(row.texts, stored)
        exported = known.exported.get(stored.pk) if stored is not None else None
        row.values = self.reader.values(planned, row.texts, stored=stored, exported=exported)
        if stored is not None:
            self._change(row, stored, exported, stale.get(stored.initiative_id, {}))
        elif "version" in row.values:
            text = _("This reference is unknown, although the row has a version: was the reference changed?")
            planned.problems.append(self.reader.problem("reference", text))
        else:
            self._create(row, known)

    def _is_of_another(self, row: _Row, known: Known) -> bool:
        """A row that names another funder: nothing to do where it says what stands, else wrong."""
        siret, name = row.texts.get("giver_siret", ""), row.texts.get("giver", "")
        profile = getattr(self.funder, "funder", None)
        siren = profile.siret[:9] if profile and profile.siret else self.funder.siren
        if siret and siren:
            wrong = "giver_siret" if "".join(siret.split())[:9] not in {siren, *self.sirens} else ""
        else:
            own = (plain(self.funder.name), plain(self.funder.label))
            wrong = "giver" if name and plain(name) not in own else ""
        for field_name in GIVER:
            row.texts.pop(field_name, None)
        if not wrong:
            return False
        line = known.foreign.get((plain(name), row.planned.reference))
        if line is not None and not row.planned.problems:
            trial = FundingRow("", "")
            if not self.reader.values(trial, row.texts, stored=line) and not trial.problems:
                row.planned.outcome = Outcome.UNCHANGED
                return True
        text = _("This row names another funder than %(funder)s.") % {"funder": self.funder.name}
        row.planned.problems.append(self.reader.problem(wrong, text))
        return True

    def _change(self, row: _Row, line: FundingLine, exported: Any, once: dict[str, set[Any]]) -> None:
        planned, values, before = row.planned, row.values, line.state
        if self.dialect == scdl.DIALECT:  # the schema knows neither when it was decided nor what became of it since
            for name in ("decided_on", "state", "title", "initiative", *_OF_THE_BEARER):
                values.pop(name, None)
            scdl_matching.take_amendments_off(values, line)
            planned.passed_over += scdl_matching.differing(row.due_on, row.scheme, line)
        self._same_initiative(planned, values, line.initiative, once)
        wished = {name: values[name] for name in FIELDS if name in values}
        if wished and exported is not None:
            conflicts(planned, wished, line, exported, self.reader)
        elif wished and "version" in values:
            unknown_version(planned, line, values["version"], self.reader)
        self.reader.set_values(planned, values, FIELDS, line)
        if line.state != before and not _reachable(before, line.state):
            planned.problems.append(self.reader.problem("state", _("This change of state is not possible.")))
        if planned.changes:
            planned.line = line
            self.pending.append((planned, line))
        elif not planned.problems:
            planned.outcome = Outcome.UNCHANGED

    def _same_initiative(
        self, planned: FundingRow, values: dict[str, Any], initiative: Initiative, once: dict[str, set[Any]]
    ) -> None:
        """What the row says of the initiative is as it stands, or as it stood; nothing else is passed over."""
        for name in OF_INITIATIVE:
            if name in values and values[name] not in once.get(_FIELD_OF.get(name, name), ()):
                text = _("this tells of the initiative: change it in the table of initiatives or on its page.")
                planned.problems.append(self.reader.problem(name, text))

    def _create(self, row: _Row, known: Known) -> None:
        planned, values = row.planned, row.values
        initiative = known.initiatives.get(values.get("initiative", "")) or self._new_initiative(row, known)
        line = FundingLine(initiative=initiative, funder=self.funder, reference=planned.reference)
        profile = getattr(self.funder, "funder", None)
        if profile is not None:
            line.audience = profile.amounts_for
        for name in FIELDS:
            if name in values:
                setattr(line, name, values[name])
        self.reader.set_values(planned, values, FIELDS, FundingLine())
        self._plan_payment(row)
        planned.of, planned.line = initiative, line
        if initiative is not None:
            draft = _(" (a new draft)") if initiative.pk is None else ""
            planned.about = f"{initiative.title}, {initiative.bearer_label}{draft}"
        self.pending.append((planned, line))

    def _plan_payment(self, row: _Row) -> None:
        """The day of a single payment becomes the one instalment of the funding."""
        if not row.due_on or not row.values.get("amount_agreed"):
            return
        planned, head = row.planned, str(Instalment._meta.get_field("due_on").verbose_name)
        try:
            planned.due_on = cells.date(row.due_on)
        except ValueError as error:
            planned.problems.append(Problem(str(error), head))
        else:
            planned.changes.append(Change(head, "", said(planned.due_on)))

    def _new_initiative(self, row: _Row, known: Known) -> Initiative | None:
        """A draft that comes with its first funding; several rows of one file share it. None where it cannot be."""
        planned, values = row.planned, row.values
        title, bearer = values.get("title", ""), values.get("bearer_name", "")
        if not title or not bearer:
            if not planned.unread & {"initiative", "title", "bearer_name"}:
                text = _("This initiative is unknown: give its title and its bearer to create it.")
                planned.problems.append(self.reader.problem("initiative", text))
            return None
        key = plain(title), plain(bearer)
        if twin := known.titles.get(key):
            text = _("The initiative %(reference)s already bears this title and this bearer: give that reference.")
            planned.problems.append(self.reader.problem("initiative", text % {"reference": twin.reference}))
            return None
        if key in self.new:
            return self.new[key]
        reference = values.get("initiative") or _own_reference(planned.reference)
        if reference in known.taken or reference in self.new_references:
            planned.problems.append(self.reader.problem("initiative", _("An initiative already bears this reference.")))
            return None
        made = Initiative(
            reference=reference,
            title=title,
            bearer_name=bearer,
            bearer_siret=values.get("bearer_siret", ""),
            bearer_rna=values.get("bearer_rna", ""),
            prepared_by=self.funder,
            draft_of=self.funder,
            programme=self.programmes.get(plain(row.scheme)),
        )
        try:
            made.clean_fields(
                exclude=["slug", "created_at", "changed_at", "prepared_by", "draft_of", "bearer", "programme"]
            )
        except ValidationError as error:
            planned.problems += self.reader.told(error)
            return None
        self.new[key] = planned.initiative = made
        self.new_references.add(reference)
        return made

    def _last_rules(self, planned: FundingRow, line: FundingLine) -> None:
        try:
            if planned.of is not None or line.pk is not None:
                line.clean()
        except ValidationError as error:
            planned.problems += self.reader.told(error)
        try:
            not_after(self.reader.day, **{name: getattr(line, name) for name in PAST if name not in planned.unread})
        except ValidationError as error:
            planned.problems += self.reader.told(error)
        if not planned.problems:
            planned.outcome = Outcome.CREATED if line.pk is None else Outcome.CHANGED
        if not is_to_write(planned):
            planned.line = planned.initiative = None


_FIELD_OF = {"initiative": "reference"}
OF_INITIATIVE_FIELDS = ("reference", "title", "bearer_name", "bearer_siret", "bearer_rna")


def _own_reference(reference: str) -> str:
    """The reference of an initiative that is created with its first funding."""
    return f"{reference[:34]}-INI"


def _title_of(initiative: Initiative) -> tuple[str, str]:
    return plain(initiative.title), plain(bearer_name(initiative))


def _reachable(source: str, target: str) -> bool:
    """A correction says why and looks at what rests on the line: it is made on the page, never by a table."""
    return any(source in move.sources and target == move.target and not move.is_correction for move in TABLE.values())
