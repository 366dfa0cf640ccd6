"""What moves of initiatives and fundings when two organisations become one."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _, ngettext

from core.imports.enums import ACTIVE
from core.imports.models import Import
from core.lifecycle import merging
from core.lifecycle.merging import Handler, Line, Merge, Text, moves
from funding.imports.kinds import KINDS
from funding.models import Commitment, Funder, FundingLine, Initiative, ListFile, Programme
from funding.visibility import visibility_of
from members.merging.addresses import rename_stored


def _same_reference(merge: Merge) -> Iterator[Text]:
    """Named where whoever merges may read both fundings, else counted: drafts and refusals are their funder's own."""
    visibility = visibility_of(merge.by)
    of_double = FundingLine.objects.filter(funder=merge.merged)
    here = FundingLine.objects.filter(funder=merge.kept, reference__in=of_double.values("reference"))
    taken = {line.reference: line for line in here}
    hidden = 0
    for line in of_double.filter(reference__in=taken).order_by("reference", "pk"):
        if not (visibility.sees_line(line) and visibility.sees_line(taken[line.reference])):
            hidden += 1
            continue
        yield _("Both have a funding of the reference “%(reference)s”: change one of them first.") % {
            "reference": line.reference
        }
    if hidden:
        text = ngettext(
            "Both have a funding of the same reference, which only its funder may read: its people change one of them first.",
            "Both have %(count)d fundings of the same references, which only their funder may read: its people change them first.",
            hidden,
        )
        yield text % {"count": hidden}


def _funders(merge: Merge) -> Iterator[Line]:
    if Funder.objects.filter(organisation=merge.merged).exists():
        if Funder.objects.filter(organisation=merge.kept).exists():
            yield Line(_("Both are funders: what is said of the kept one stands"), 1, settles=True)
        else:
            yield Line(_("It is a funder"), 1)


def _move_funder(merge: Merge) -> None:
    row = Funder.objects.filter(organisation=merge.merged).first()
    kept = Funder.objects.filter(organisation=merge.kept).first()
    if row is None:
        return
    if kept is None:
        row.organisation = merge.kept
        row.save()
        return
    siret = row.siret
    row.delete()
    if siret and not kept.siret:
        kept.siret = siret
        kept.full_clean()
        kept.save()


def _partners(merge: Merge) -> Iterator[Line]:
    count = Commitment.objects.filter(partners=merge.merged).count()
    text = ngettext("%(count)d commitment as a partner", "%(count)d commitments as a partner", count)
    yield Line(text % {"count": count}, count)


def _move_partners(merge: Merge) -> None:
    through = Commitment.partners.through.objects
    for row in through.filter(organisation=merge.merged):
        through.get_or_create(commitment_id=row.commitment_id, organisation=merge.kept)
        row.delete()


def _kept_initiatives(merge: Merge) -> Iterator[Line]:
    rows = Initiative.objects.filter(prepared_by=merge.merged)
    drafts = rows.filter(draft_of=merge.merged).count()
    count = rows.count() - drafts
    text = ngettext("%(count)d initiative that it keeps", "%(count)d initiatives that it keeps", count)
    yield Line(text % {"count": count}, count)
    text = ngettext("%(count)d draft of an initiative", "%(count)d drafts of initiatives", drafts)
    yield Line(text % {"count": drafts}, drafts)


def _move_kept(merge: Merge) -> None:
    """A draft is its keeper's, so that both change in one statement."""
    Initiative.objects.filter(draft_of=merge.merged).update(draft_of=merge.kept, prepared_by=merge.kept)
    Initiative.objects.filter(prepared_by=merge.merged).update(prepared_by=merge.kept)


def _imports(merge: Merge) -> QuerySet[Import]:
    return Import.objects.filter(kind__in=KINDS.values(), subject_id=merge.merged.pk)


def _count_imports(merge: Merge) -> Iterator[Line]:
    count = _imports(merge).count()
    yield Line(ngettext("%(count)d imported table", "%(count)d imported tables", count) % {"count": count}, count)


def _import_runs(merge: Merge) -> Iterator[Text]:
    """One that runs writes for the double, and would wait for rows that are to move."""
    if _imports(merge).filter(state__in=ACTIVE).exists():
        yield _("A table of %(name)s is being read or written: wait until this is done, or call it off.") % {
            "name": merge.merged.label
        }


def _move_imports(merge: Merge) -> None:
    _imports(merge).update(subject_id=merge.kept.pk)


def _move_filters(merge: Merge) -> None:
    rename_stored(ListFile, merge)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for handler in (
        moves(
            50,
            FundingLine,
            "funder",
            lambda count: ngettext("%(count)d funding", "%(count)d fundings", count) % {"count": count},
            also=("funding.FundingLineFact.funder", "funding.FundingLineFact.draft_of"),  # written by triggers with it
            obstacles=_same_reference,
        ),
        Handler(51, ("funding.Funder.organisation",), _funders, _move_funder),
        Handler(52, ("funding.Commitment.partners",), _partners, _move_partners),
        moves(
            53,
            Programme,
            "lead",
            lambda count: ngettext("%(count)d programme", "%(count)d programmes", count) % {"count": count},
        ),
        moves(
            54,
            Initiative,
            "bearer",
            lambda count: (
                ngettext("%(count)d initiative that it bears", "%(count)d initiatives that it bears", count)
                % {"count": count}
            ),
        ),
        Handler(55, ("funding.Initiative.prepared_by", "funding.Initiative.draft_of"), _kept_initiatives, _move_kept),
        Handler(58, (), apply=_move_filters),
        Handler(59, (), _count_imports, _move_imports, _import_runs),  # by number: `core.imports` knows no organisation
    ):
        merging.register(handler)
    merging.stands("funding.FrozenFigures.organisation")
