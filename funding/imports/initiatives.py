"""The effect of a table of initiatives on those that one funder keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from core.imports.cells import plain
from core.imports.enums import Outcome
from core.imports.planning import AT_ONCE, Plan, Reader, judge
from core.imports.reading import Table
from core.imports.shapes import TextRow
from core.imports.versions import asked_version, conflicts, exported_rows, unknown_version
from core.models import Region
from funding.enums import TableKind
from funding.imports.columns import INITIATIVE_COLUMNS
from funding.imports.rows import FundingRow
from funding.imports.shapes import SHAPES
from funding.models import Initiative, Programme
from funding.models.fields import UNKNOWN_REGION
from funding.models.initiative import NATIONAL
from members.models import Organisation
from members.organisations.names import NamesNow

_APART = ("reference", "version", "bearer_name", "regions", "programme", "stage")
FIELDS = tuple(column.field for column in INITIATIVE_COLUMNS if column.field not in _APART)
_OF_THE_DIRECTORY = ("bearer_siren", "bearer_rna")  # of a bearer in the directory, the organisation's own
_NOT_JUDGED = (
    "slug", "reference", "created_at", "changed_at", "prepared_by", "draft_of", "bearer", "programme", "regions",
)  # fmt: skip


@dataclass
class _Row:
    planned: FundingRow
    texts: TextRow
    stored: Initiative | None = None


def plan(table: Table, funder: Organisation) -> Plan:
    """The effect of `table` on the initiatives that `funder` keeps; writes nothing. New ones are its drafts."""
    planner, made = Planner(table, funder), Plan()
    for start in range(0, len(table.rows), AT_ONCE):
        made.add(planner.plan(table.rows[start : start + AT_ONCE]))
    return made


class Planner:
    """Compares rows with initiatives; regions, programmes and organisations are read once."""

    def __init__(self, table: Table, funder: Organisation) -> None:
        self.funder, self.reader = funder, Reader(table, SHAPES[TableKind.INITIATIVES], FundingRow)
        self.regions = set(Region.objects.values_list("code", flat=True))
        self.programmes = {plain(programme.name): programme for programme in Programme.objects.all()}
        self.names_now = NamesNow()
        self.organisations = {plain(row.name): row for row in Organisation.objects.order_by("-pk")}
        self.pending: list[tuple[FundingRow, Initiative]] = []

    def plan(self, texts: list[TextRow]) -> list[FundingRow]:
        rows = [_Row(*self.reader.begin(row)) for row in texts]
        for row in rows:
            if name := row.texts.get("bearer_name"):
                row.texts["bearer_name"] = self.names_now(name)
        references = {row.planned.reference for row in rows}
        seen = Initiative.objects.filter(Q(draft_of=None) | Q(draft_of=self.funder))
        seen = seen.filter(reference__in=references).select_related("bearer", "programme")
        stored = {initiative.reference: initiative for initiative in seen}
        taken = set(Initiative.objects.filter(reference__in=references).values_list("reference", flat=True))
        versions = {}
        for row in rows:
            row.stored = stored.get(row.planned.reference)
            version = asked_version(row.texts.get("version", ""))
            if row.stored is not None and version is not None and version != row.stored.version:
                versions[row.stored.pk] = version
        exported = exported_rows(Initiative, versions, relations=("bearer", "programme"))
        self.pending = []
        for row in rows:
            if row.stored is not None:
                self._change(row, row.stored, exported.get(row.stored.pk))
            elif row.planned.reference in taken:
                text = _("An initiative already bears this reference.")
                row.planned.problems.append(self.reader.problem("reference", text))
            else:
                self._create(row)
        judge(self.reader, self.pending, exclude=_NOT_JUDGED)
        for planned, initiative in self.pending:
            self._last_rules(planned, initiative)
        return [row.planned for row in rows]

    def _change(self, row: _Row, initiative: Initiative, exported: Any) -> None:
        planned = row.planned
        values = self.reader.values(planned, row.texts, stored=initiative, exported=exported)
        version = values.pop("version", None)
        if values and initiative.prepared_by_id != self.funder.pk:
            text = _("this initiative is kept by another funder.")
            planned.problems.append(self.reader.problem("reference", text))
            return
        if "stage" in values:
            text = _("the stage changes on the page of the initiative, with its date.")
            planned.problems.append(self.reader.problem("stage", text))
        if values and exported is not None:
            conflicts(planned, values, initiative, exported, self.reader)
        elif values and version is not None:
            unknown_version(planned, initiative, version, self.reader)
        self._set(planned, values, initiative)
        if planned.changes:
            self.pending.append((planned, initiative))
        elif not planned.problems:
            planned.outcome = Outcome.UNCHANGED

    def _create(self, row: _Row) -> None:
        planned = row.planned
        values = self.reader.values(planned, row.texts)
        if "version" in values:
            text = _("This reference is unknown, although the row has a version: was the reference changed?")
            planned.problems.append(self.reader.problem("reference", text))
            return
        for name in ("title", "bearer_name"):
            if not values.get(name) and name not in planned.unread:
                planned.problems.append(self.reader.problem(name, _("This field is required.")))
                planned.unread.add(name)
        made = Initiative(reference=planned.reference, prepared_by=self.funder, draft_of=self.funder)
        if values.get("stage", made.stage) != made.stage:
            text = _("a new initiative begins as a draft, at the stage “spotted”.")
            planned.problems.append(self.reader.problem("stage", text))
        self._set(planned, values, made)
        self.pending.append((planned, made))

    def _set(self, planned: FundingRow, values: dict[str, Any], initiative: Initiative) -> None:
        self._set_bearer(planned, values, initiative)
        self._set_place(planned, values, initiative)
        self._set_programme(planned, values, initiative)
        for name in _OF_THE_DIRECTORY:
            if name in values and initiative.bearer is not None:
                text = _("this number is of an organisation of the directory: it changes on that organisation’s page.")
                planned.problems.append(self.reader.problem(name, text))
                values.pop(name)
        self.reader.set_values(planned, values, FIELDS, initiative)

    def _set_bearer(self, planned: FundingRow, values: dict[str, Any], initiative: Initiative) -> None:
        """An organisation of the directory by its name, else a body outside it."""
        if not (name := values.get("bearer_name")):
            return
        old = initiative.bearer_label
        initiative.bearer = self.organisations.get(plain(name))
        initiative.bearer_name = "" if initiative.bearer else name
        self.reader.change(planned, "bearer_name", old, initiative.bearer_label)

    def _set_place(self, planned: FundingRow, values: dict[str, Any], initiative: Initiative) -> None:
        if "regions" not in values:
            return
        codes, old = values["regions"], [NATIONAL] if initiative.is_national else initiative.regions
        if unknown := [code for code in codes if code not in self.regions and code != NATIONAL]:
            text = UNKNOWN_REGION % {"codes": ", ".join(unknown)}
            planned.problems.append(self.reader.problem("regions", text))
        else:
            initiative.is_national = codes == [NATIONAL]
            initiative.regions = [] if initiative.is_national else codes
            self.reader.change(planned, "regions", ", ".join(old), ", ".join(codes))

    def _set_programme(self, planned: FundingRow, values: dict[str, Any], initiative: Initiative) -> None:
        if "programme" not in values:
            return
        wanted = values["programme"] and self.programmes.get(plain(values["programme"]))
        if values["programme"] and wanted is None:
            text = _("“%(name)s” is no programme of the portal: %(known)s.")
            known = ", ".join(programme.name for programme in self.programmes.values())
            planned.problems.append(
                self.reader.problem("programme", text % {"name": values["programme"], "known": known})
            )
        elif wanted != initiative.programme:
            self.reader.change(planned, "programme", initiative.programme or "", wanted or "")
            initiative.programme = wanted

    def _last_rules(self, planned: FundingRow, initiative: Initiative) -> None:
        try:
            initiative.check_facts()
        except ValidationError as error:
            planned.problems += self.reader.told(error)
        if not planned.problems:
            planned.outcome = Outcome.CREATED if initiative.pk is None else Outcome.CHANGED
            planned.initiative = initiative
