"""The effect of a table of initiatives on those that one funder keeps."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from core.models import Region
from funding.enums import TableKind
from funding.imports.cells import plain
from funding.imports.columns import INITIATIVE_COLUMNS, SHAPES
from funding.imports.planning import Change, Outcome, Plan, PlannedRow, Reader, changed_since_export, set_values
from funding.imports.reading import Table
from funding.models import Initiative, Programme
from funding.models.fields import UNKNOWN_REGION
from funding.models.initiative import NATIONAL
from members.models import Organisation

_APART = ("reference", "version", "bearer_name", "regions", "programme", "stage")
FIELDS = tuple(column.field for column in INITIATIVE_COLUMNS if column.field not in _APART)


def plan(table: Table, funder: Organisation) -> Plan:
    """The effect of `table` on the initiatives that `funder` keeps; writes nothing. New ones are its drafts."""
    reader = Reader(table, SHAPES[TableKind.INITIATIVES])
    references = {row.get("reference", "").strip() for row in table.rows}
    seen = Initiative.objects.filter(Q(draft_of=None) | Q(draft_of=funder)).select_related("bearer", "programme")
    stored = {initiative.reference: initiative for initiative in seen.filter(reference__in=references)}
    taken = set(Initiative.objects.filter(reference__in=references).values_list("reference", flat=True))
    compared = _Compared(funder, reader)
    planned = []
    for row in table.rows:
        found, values = reader.begin(row)
        if not found.problems:
            initiative = stored.get(found.reference)
            if initiative is not None:
                compared.change(found, values, initiative)
            elif found.reference in taken:
                found.problems.append(reader.problem("reference", _("An initiative already bears this reference.")))
            else:
                compared.create(found, values)
        planned.append(found)
    return Plan(planned)


class _Compared:
    """Compares rows with initiatives; regions, programmes and organisations are read once."""

    def __init__(self, funder: Organisation, reader: Reader) -> None:
        self.funder, self.reader = funder, reader
        self.regions = set(Region.objects.values_list("code", flat=True))
        self.programmes = {plain(programme.name): programme for programme in Programme.objects.all()}
        self.organisations = {plain(row.name): row for row in Organisation.objects.order_by("-pk")}

    def change(self, planned: PlannedRow, values: dict[str, Any], initiative: Initiative) -> None:
        if initiative.prepared_by_id != self.funder.pk:
            text = _("this initiative is kept by another funder.")
            planned.problems.append(self.reader.problem("reference", text))
            return
        if values.get("stage", initiative.stage) != initiative.stage:
            text = _("the stage changes on the page of the initiative, with its date.")
            planned.problems.append(self.reader.problem("stage", text))
        self._set(planned, values, initiative)
        if planned.problems:
            return
        if not planned.changes:
            planned.outcome = Outcome.UNCHANGED
        elif not changed_since_export(values, initiative.version, planned, self.reader):
            self._check(planned, initiative, Outcome.CHANGED)

    def create(self, planned: PlannedRow, values: dict[str, Any]) -> None:
        if "version" in values:
            text = _("This reference is unknown, although the row has a version: was the reference changed?")
            planned.problems.append(self.reader.problem("reference", text))
            return
        for name in ("title", "bearer_name"):
            if not values.get(name):
                planned.problems.append(self.reader.problem(name, _("This field is required.")))
        made = Initiative(reference=planned.reference, prepared_by=self.funder, draft_of=self.funder)
        if values.get("stage", made.stage) != made.stage:
            text = _("a new initiative begins as a draft, at the stage “spotted”.")
            planned.problems.append(self.reader.problem("stage", text))
        self._set(planned, values, made)
        if not planned.problems:
            self._check(planned, made, Outcome.CREATED)

    def _set(self, planned: PlannedRow, values: dict[str, Any], initiative: Initiative) -> None:
        self._set_bearer(planned, values, initiative)
        self._set_place(planned, values, initiative)
        self._set_programme(planned, values, initiative)
        set_values(initiative, values, FIELDS, planned, self.reader)

    def _set_bearer(self, planned: PlannedRow, values: dict[str, Any], initiative: Initiative) -> None:
        """An organisation of the directory by its name, else a body outside it."""
        name, old = values.get("bearer_name"), initiative.bearer_label
        if not name or name in (old, initiative.bearer.name if initiative.bearer else old):
            return
        initiative.bearer = self.organisations.get(plain(name))
        initiative.bearer_name = "" if initiative.bearer else name
        planned.changes.append(Change(self.reader.columns["bearer_name"].header, old, initiative.bearer_label))

    def _set_place(self, planned: PlannedRow, values: dict[str, Any], initiative: Initiative) -> None:
        if "regions" not in values:
            return
        codes, old = values["regions"], [NATIONAL] if initiative.is_national else initiative.regions
        if unknown := [code for code in codes if code not in self.regions and code != NATIONAL]:
            text = UNKNOWN_REGION % {"codes": ", ".join(unknown)}
            planned.problems.append(self.reader.problem("regions", text))
        elif codes != old:
            initiative.is_national = codes == [NATIONAL]
            initiative.regions = [] if initiative.is_national else codes
            header = self.reader.columns["regions"].header
            planned.changes.append(Change(header, ", ".join(old), ", ".join(codes)))

    def _set_programme(self, planned: PlannedRow, values: dict[str, Any], initiative: Initiative) -> None:
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
            header = self.reader.columns["programme"].header
            planned.changes.append(Change(header, initiative.programme or "", wanted or ""))
            initiative.programme = wanted

    def _check(self, planned: PlannedRow, initiative: Initiative, outcome: Outcome) -> None:
        try:
            initiative.clean_fields(exclude=["slug", "created_at", "changed_at", "prepared_by", "draft_of"])
            initiative.clean()
            initiative.validate_constraints(exclude=["slug", "reference", "created_at", "changed_at"])
        except ValidationError as error:
            planned.problems += self.reader.told(error)
        if not planned.problems:
            planned.outcome, planned.initiative = outcome, initiative
