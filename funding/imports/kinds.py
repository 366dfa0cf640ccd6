"""The imports of this app: fundings and initiatives of one funder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.forms.base import PortalForm
from core.imports import registry
from core.imports.models import Import
from core.imports.reading import Table
from core.jobs import SubjectMissingError
from funding.backends import acting_funders
from funding.enums import TableKind
from funding.imports import initiatives, lines, scdl
from funding.imports.rows import FundingRow
from funding.imports.shapes import SHAPES
from funding.imports.writing import write
from funding.models import FundingLine, Initiative
from funding.permissions import NOT_YOURS
from members.models import Organisation

IMPORT = "funding.import_lines"


class ShareForm(PortalForm):
    """What an amount of the schema SCDL is that stands beside a share: only who made the file can say."""

    share = forms.ChoiceField(
        label=_("What do the amounts stand for?"),
        choices=[
            (scdl.WHOLE, _("The whole decision: each beneficiary gets its share of the amount")),
            (scdl.PART, _("The part of each beneficiary: the amount is taken as it is")),
        ],
        widget=forms.RadioSelect,
        initial=scdl.WHOLE,
        help_text=_("The schema calls “montant” the total before it is shared out; many files hold each one’s part."),
    )


class _OfFunder(registry.ImportKind):
    table: TableKind
    pages = "funding:import"

    def subject(self, subject_id: int) -> Organisation:
        found = Organisation.objects.select_related("funder").filter(pk=subject_id).first()
        if found is None:
            raise SubjectMissingError(subject_id)
        return found

    def may(self, by: Any, subject: Organisation) -> None:
        rights.check_for_writing(by, IMPORT)
        if subject.pk not in acting_funders(by):
            raise PermissionRefused(NOT_YOURS)

    def write(self, rows: Sequence[FundingRow], now: dt.datetime) -> None:
        write(rows, now=now)

    def facts(self, run: Import) -> list[str | Promise]:
        schema = [_("SCDL schema “subventions”")] if run.layout.get("dialect") else []
        return [self.subject(run.subject_id).label, *schema]


class LineImport(_OfFunder):
    table, shape = TableKind.LINES, SHAPES[TableKind.LINES]
    name, label = "funding.lines", TableKind.LINES.label
    written_name = "funding:lines"

    def planner(self, table: Table, subject: Organisation) -> lines.Planner:
        return lines.Planner(table, subject)

    def lock(self, subject: Organisation, references: Iterable[str]) -> None:
        rows = FundingLine.objects.filter(funder=subject, reference__in=references)
        list(rows.select_for_update().order_by("pk").values_list("pk"))

    question_title = _("One question first")
    question_text = _("This file gives shares of decisions (pourcentageSubvention).")

    def question(self, data: Any = None) -> ShareForm:
        return ShareForm(data)

    def remarks(self, run: Import) -> list[str | Promise]:
        if not run.layout.get("dialect"):
            return []
        return [
            _(
                "The schema does not tell the day of the decision: the day of the contract stands for it in fundings to be created."
            ),
            _(
                "For these, a single payment of a known day becomes an instalment, and an aid scheme that is a programme of the portal becomes that of a new initiative."
            ),
        ]


class InitiativeImport(_OfFunder):
    table, shape = TableKind.INITIATIVES, SHAPES[TableKind.INITIATIVES]
    name, label = "funding.initiatives", TableKind.INITIATIVES.label
    written_name = "funding:initiatives"

    def planner(self, table: Table, subject: Organisation) -> initiatives.Planner:
        return initiatives.Planner(table, subject)

    def lock(self, subject: Organisation, references: Iterable[str]) -> None:
        rows = Initiative.objects.filter(prepared_by=subject, reference__in=references)
        list(rows.select_for_update().order_by("pk").values_list("pk"))


KINDS = {kind.table: kind.name for kind in (LineImport, InitiativeImport)}


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    registry.register(LineImport())
    registry.register(InitiativeImport())
