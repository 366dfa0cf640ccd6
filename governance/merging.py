"""What moves of governance when two organisations become one, and what stands against it.

A mandate that has begun cannot be written again, so the organisation that holds or held one is the one to keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _, ngettext

from core.lifecycle import merging
from core.lifecycle.merging import Handler, Line, Merge, Text, moves, nothing
from governance.enums import ConsultationState
from governance.models import Handover, LegalIdentity, Mandate, Proxy, RescuedForm, Responsibility, Voice, Voter

AHEAD = (ConsultationState.DRAFT, ConsultationState.OPEN)


def _keep_who_animates(merge: Merge) -> Iterator[Text]:
    if Mandate.objects.filter(organisation=merge.merged).exists():
        yield _(
            "%(name)s holds or held the animation of the space, which cannot be rewritten: keep it, and merge the other one into it."
        ) % {"name": merge.merged.label}


def _handovers(merge: Merge) -> Iterator[Text]:
    pair = (merge.merged, merge.kept)
    rows = Handover.objects.filter(Q(holder__in=pair) | Q(receiver__in=pair))
    if rows.filter(holder__in=pair, receiver__in=pair).exists():
        yield _("A handover went from one of them to the other: they are not one organisation.")
    elif rows.open().filter(Q(holder=merge.merged) | Q(receiver=merge.merged)).exists():
        yield _("A handover under way names %(name)s: complete or end it first.") % {"name": merge.merged.label}


def _move_handovers(merge: Merge) -> None:
    for field in ("holder", "receiver"):
        Handover.objects.filter(**{field: merge.merged}).update(**{field: merge.kept})


def _count_handovers(merge: Merge) -> Iterator[Line]:
    count = Handover.objects.filter(Q(holder=merge.merged) | Q(receiver=merge.merged)).count()
    yield Line(ngettext("%(count)d handover", "%(count)d handovers", count) % {"count": count}, count)


def _pairs(merge: Merge) -> list[tuple[Voter, Voter]]:
    """Of each consultation that has not closed in which both have a voice: that of the double, that of what is kept."""
    here = {row.consultation_id: row for row in Voter.objects.filter(organisation=merge.kept)}
    rows = Voter.objects.filter(organisation=merge.merged, consultation__state__in=AHEAD).select_related("consultation")
    return [(row, here[row.consultation_id]) for row in rows.order_by("pk") if row.consultation_id in here]


def _voice(voter: Voter) -> Voice | None:
    return Voice.objects.filter(voter=voter).first()


def _voters(merge: Merge) -> Iterator[Line]:
    pairs = _pairs(merge)
    free = _free(merge).count()
    text = ngettext("%(count)d voice in a consultation", "%(count)d voices in consultations", free)
    yield Line(text % {"count": free}, free)
    text = ngettext(
        "%(count)d open consultation in which both have a voice: one remains",
        "%(count)d open consultations in which both have a voice: one remains",
        len(pairs),
    )
    yield Line(text % {"count": len(pairs)}, len(pairs), [row.consultation.title for row, _kept in pairs], settles=True)


def _free(merge: Merge) -> object:
    """Where the double alone has a voice. Of a closed consultation in which both had one, both stand as they were counted."""
    both = Voter.objects.filter(organisation=merge.kept).values("consultation")
    return Voter.objects.filter(organisation=merge.merged).exclude(consultation__in=both)


def _voted_differently(merge: Merge) -> Iterator[Text]:
    for row, kept in _pairs(merge):
        values = {"title": row.consultation.title}
        voices = [voice for voice in (_voice(row), _voice(kept)) if voice]
        if len(voices) > 1 and voices[0].stance != voices[1].stance:
            yield _("Both gave another position in the consultation “%(title)s”: wait until it is closed.") % values
        elif Proxy.objects.filter(Q(giver__in=(row, kept)) | Q(holder__in=(row, kept)), revoked_at=None).exists():
            yield (
                _(
                    "One of them gives or holds a proxy in the consultation “%(title)s”: revoke it first, or wait until it is closed."
                )
                % values
            )


def _move_voters(merge: Merge) -> None:
    for row, kept in _pairs(merge):
        given, standing = _voice(row), _voice(kept)
        Proxy.objects.filter(Q(giver=row) | Q(holder=row)).update(revoked_at=merge.now)
        if given is not None and standing is None:
            given.voter, given.proxy = kept, None
            given.full_clean()
            given.save()
        elif given is not None:
            given.delete()
        Proxy.objects.filter(Q(giver=row) | Q(holder=row)).delete()
        row.delete()
    _free(merge).update(organisation=merge.kept)


def _identities(merge: Merge) -> Iterator[Text]:
    here = list(LegalIdentity.objects.filter(organisation=merge.kept))
    for row in LegalIdentity.objects.filter(organisation=merge.merged):
        if any(LegalIdentity.objects.filter(pk=other.pk, period__overlap=row.period).exists() for other in here):
            yield _("Both have a legal identity for the same time: end one of them first.")
            return


def _count_identities(merge: Merge) -> Iterator[Line]:
    count = LegalIdentity.objects.filter(organisation=merge.merged).count()
    yield Line(ngettext("%(count)d legal identity", "%(count)d legal identities", count) % {"count": count}, count)


def _move_identities(merge: Merge) -> None:
    LegalIdentity.objects.filter(organisation=merge.merged).update(organisation=merge.kept)


def _not_at_all(merge: Merge) -> None:
    """Nothing is left to move: what there might be is an obstacle."""


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for handler in (
        Handler(40, ("governance.Mandate.organisation",), nothing, _not_at_all, _keep_who_animates),
        Handler(
            41,
            ("governance.Handover.holder", "governance.Handover.receiver"),
            _count_handovers,
            _move_handovers,
            _handovers,
        ),
        Handler(42, ("governance.Voter.organisation",), _voters, _move_voters, _voted_differently),
        Handler(43, ("governance.LegalIdentity.organisation",), _count_identities, _move_identities, _identities),
        moves(
            44,
            Responsibility,
            "organisation",
            lambda count: ngettext("%(count)d responsibility", "%(count)d responsibilities", count) % {"count": count},
        ),
        moves(
            45,
            RescuedForm,
            "organisation",
            lambda count: ngettext("%(count)d kept text", "%(count)d kept texts", count) % {"count": count},
        ),
    ):
        merging.register(handler)
    merging.stands("governance.HandoverStep.organisation", "governance.InterimRequest.organisation")
