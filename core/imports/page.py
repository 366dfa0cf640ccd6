"""What the page of an import shows: where it stands, what its rows would do, what is left to say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, IntegerField, Value, When
from django.forms import Form
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.imports import registry
from core.imports.enums import QUEUED, ImportState, Outcome
from core.imports.models import Import, ImportRow
from core.imports.planning import Change, Problem, SharedProblem
from core.reports import errors
from core.web.pagination import paginate

MARKS = {
    Outcome.CREATED: "open",
    Outcome.CHANGED: "done",
    Outcome.UNCHANGED: "ok",
    Outcome.CONFLICT: "wait",
    Outcome.WRONG: "no",
}
WORST_FIRST = (Outcome.WRONG, Outcome.CONFLICT, Outcome.CREATED, Outcome.CHANGED)
LATEST = 10  # imports told of on the page that sends one
OUTCOME = "effet"  # the parameter that shows the rows of one outcome


@dataclass(frozen=True)
class ShownRow:
    number: int
    reference: str
    outcome: Outcome
    about: str
    changes: list[Change]
    problems: list[Problem]
    own_problems: list[Problem]  # those that are not told once for several rows

    @property
    def mark(self) -> str:
        return MARKS[self.outcome]

    @property
    def shows_effect(self) -> bool:
        return self.outcome != Outcome.WRONG

    @property
    def is_new(self) -> bool:
        return self.outcome == Outcome.CREATED


@dataclass(frozen=True)
class Counted:
    outcome: Outcome
    number: int
    query: str  # "" where it is no filter


@dataclass(frozen=True)
class ImportPage:
    run: Import
    kind_label: Any
    here: str
    counts: dict[str, int]
    counted: list[Counted]
    shared: list[SharedProblem]
    chosen: str  # the outcome whose rows are shown, "" for what needs a hand or would be written
    question: Form | None
    ahead: int
    reason: errors.Reason | None
    may_cancel: bool
    may_choose: bool  # another sheet, other columns
    ways_on: list[tuple[str | Promise, str]]
    facts: list[str | Promise]
    remarks: list[str | Promise]
    kind: registry.ImportKind
    page: Page | None

    @property
    def heading(self) -> str:
        if self.is_written:
            return _("The import was written")
        return _("Preview of the import") if self.is_compared else _("Import of a table")

    @property
    def key_label(self) -> str | Promise:
        return self.kind.shape.key_label

    @property
    def columns_address(self) -> str:
        return self.kind.address(self.run.public_id, "columns")

    @property
    def to_correct_address(self) -> str:
        return self.kind.address(self.run.public_id, "to-correct")

    @property
    def is_active(self) -> bool:
        return self.run.is_active

    @property
    def is_queued(self) -> bool:
        return self.run.state in QUEUED

    @property
    def is_compared(self) -> bool:
        return self.run.state == ImportState.CHECKED

    @property
    def is_written(self) -> bool:
        return self.run.state == ImportState.DONE

    @property
    def writes(self) -> int:
        return self.counts.get(Outcome.CREATED, 0) + self.counts.get(Outcome.CHANGED, 0)

    @property
    def may_be_applied(self) -> bool:
        return self.run.may_be_applied

    @property
    def fingerprint(self) -> str:
        return self.run.fingerprint

    @property
    def rows(self) -> list[ShownRow]:
        known = {one.problem for one in self.shared}
        return [_shown(row, known) for row in self.page] if self.page else []

    @property
    def signature(self) -> str:
        """Equal as long as the card of progress would look the same, so that polling may answer "nothing new"."""
        run = self.run
        return f"{run.state}-{run.attempt}-{run.step}-{run.progress_done}-{self.ahead}"


def of(run: Import, request: HttpRequest, *, question: Form | None = None) -> ImportPage:
    """The page of `run` for who asks; `question` is the form that was sent, where it was refused."""
    kind, chosen = registry.kind(run.kind), request.GET.get(OUTCOME, "")
    chosen = chosen if chosen in Outcome.values else ""
    has_rows = run.state in (ImportState.CHECKED, ImportState.DONE)
    counts: dict[str, int] = run.counts if has_rows else {}
    open_question = run.state == ImportState.CHECKED and run.asks
    return ImportPage(
        run=run,
        kind_label=kind.label,
        here=kind.address(run.public_id),
        counts=counts,
        counted=[
            Counted(outcome, counts.get(outcome, 0), f"?{OUTCOME}={outcome}" if counts.get(outcome) else "")
            for outcome in Outcome
        ]
        if has_rows
        else [],
        shared=[_shared(one) for one in run.problems] if run.state == ImportState.CHECKED else [],
        chosen=chosen,
        question=(question or kind.question()) if open_question else None,
        ahead=Import.objects.ahead_of(run).count() if run.state in QUEUED else 0,
        reason=errors.reason(run.error_code) if run.state == ImportState.FAILED else None,
        may_cancel=run.is_active,
        may_choose=run.state in (ImportState.CHECKED, ImportState.FAILED, ImportState.CANCELLED),
        ways_on=kind.ways_on(run) if run.state == ImportState.DONE else [],
        facts=kind.facts(run),
        remarks=kind.remarks(run) if has_rows else [],
        kind=kind,
        page=_page(run, request, chosen, counts) if has_rows else None,
    )


@dataclass(frozen=True)
class LatestImport:
    """One of those that were written, in the list beside the form that sends one."""

    run: Import
    label: str | Promise
    address: str


def latest(kinds: Collection[str], subject_ids: Collection[int]) -> list[LatestImport]:
    runs = Import.objects.of_subjects(kinds, subject_ids).written().select_related("by").newest_first()[:LATEST]
    return [
        LatestImport(run, registry.kind(run.kind).label, registry.kind(run.kind).address(run.public_id)) for run in runs
    ]


def _page(run: Import, request: HttpRequest, chosen: str, counts: Mapping[str, int]) -> Page:
    rows = ImportRow.objects.filter(of=run).only("of", "number", "reference", "outcome", "told")
    if chosen:
        rows, count = rows.filter(outcome=chosen), counts.get(chosen, 0)
    else:
        rows, count = rows.filter(outcome__in=WORST_FIRST), sum(counts.get(one, 0) for one in WORST_FIRST)
    if run.state == ImportState.DONE and not rows[:1]:  # forgotten after some time; the counts stay
        count = 0
    rank = Case(*(When(outcome=one, then=Value(at)) for at, one in enumerate(WORST_FIRST)), output_field=IntegerField())
    return paginate(request, rows.order_by(rank, "number"), count=count)


def _shown(row: ImportRow, known: set[Problem]) -> ShownRow:
    problems = [Problem(*one) for one in row.told.get("problems", [])]
    return ShownRow(
        row.number,
        row.reference,
        Outcome(row.outcome),
        row.told.get("about", ""),
        [Change(*one) for one in row.told.get("changes", [])],
        problems,
        [one for one in problems if one not in known],
    )


def _shared(told: Mapping[str, Any]) -> SharedProblem:
    return SharedProblem(Problem(**told["problem"]), told["count"], told["numbers"])
