"""What moves of governance when two organisations become one, and what stands against it.

A mandate that has begun cannot be written again, so the organisation that holds or held one is the one to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _, ngettext

from core.accounts import rights
from core.lifecycle import merging
from core.lifecycle.merging import Handler, Line, Merge, Text, moves
from governance.consultations.clock import closed_by_now
from governance.consultations.proxies import advance
from governance.enums import OPEN_STATES, ConsultationState
from governance.models import (
    Ballot,
    Consultation,
    Handover,
    InterimRequest,
    LegalIdentity,
    Mandate,
    Proxy,
    RescuedForm,
    Responsibility,
    Voter,
)


def _keep_who_animates(merge: Merge) -> Iterator[Text]:
    if Mandate.objects.filter(organisation=merge.merged).exists():
        yield _(
            "%(name)s holds or held the animation of the space, which cannot be rewritten: keep it, and merge the other one into it."
        ) % {"name": merge.merged.label}


def _handovers(merge: Merge) -> Iterator[Text]:
    """A draft that nobody else was shown moves in silence: whoever merges need not learn of it."""
    pair = (merge.merged, merge.kept)
    between = list(Handover.objects.filter(holder__in=pair, receiver__in=pair))
    of_double = Handover.objects.open().filter(Q(holder=merge.merged) | Q(receiver=merge.merged))
    if _readable(merge, between):
        yield _("A handover went from one of them to the other: they are not one organisation.")
    elif between:
        yield _("Something that not everybody may read names both: ask the people of the organisation that animates.")
    elif any(handover.was_shown for handover in of_double):
        yield _("A handover under way names %(name)s: complete or end it first.") % {"name": merge.merged.label}
    if InterimRequest.objects.filter(organisation=merge.merged, handover__state__in=OPEN_STATES).exists():
        yield _("%(name)s asks for an interim: wait until this is decided, so that nobody is counted twice.") % {
            "name": merge.merged.label
        }


def _readable(merge: Merge, handovers: Iterable[Handover]) -> list[Handover]:
    return [row for row in handovers if rights.allows(merge.by, "governance.view_handover", row)]


def _move_handovers(merge: Merge) -> None:
    for field in ("holder", "receiver"):
        Handover.objects.filter(**{field: merge.merged}).update(**{field: merge.kept})


def _count_handovers(merge: Merge) -> Iterator[Line]:
    rows = Handover.objects.filter(Q(holder=merge.merged) | Q(receiver=merge.merged))
    count = len(_readable(merge, rows))
    yield Line(ngettext("%(count)d handover", "%(count)d handovers", count) % {"count": count}, count)


def _pairs(merge: Merge) -> list[tuple[Voter, Voter]]:
    """Of each consultation that still takes voices and in which both have one: that of the double, that of what is kept."""
    here = {row.consultation_id: row for row in Voter.objects.filter(organisation=merge.kept)}
    running = Consultation.objects.taking_ballots(merge.now)
    rows = Voter.objects.filter(organisation=merge.merged, consultation__in=running).select_related("consultation")
    return [(row, here[row.consultation_id]) for row in rows.order_by("pk") if row.consultation_id in here]


def _ballot(voter: Voter) -> Ballot | None:
    return Ballot.objects.filter(voter=voter).first()


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
    """Where positions are hidden the sentence is one, whatever was said: it tells nobody's position."""
    for row, kept in _pairs(merge):
        values = {"title": row.consultation.title}
        ballots = [ballot for ballot in (_ballot(row), _ballot(kept)) if ballot]
        proxies = Proxy.objects.filter(Q(giver__in=(row, kept)) | Q(holder__in=(row, kept)), revoked_at=None).exists()
        if not row.consultation.shows_positions(merge.now):
            if len(ballots) > 1 or proxies:
                yield (
                    _(
                        "Both have a voice in the consultation “%(title)s”, whose positions are hidden: wait until it is closed."
                    )
                    % values
                )
        elif len(ballots) > 1 and ballots[0].stance != ballots[1].stance:
            yield _("Both gave another position in the consultation “%(title)s”: wait until it is closed.") % values
        elif proxies:
            yield (
                _(
                    "One of them gives or holds a proxy in the consultation “%(title)s”: revoke it first, or wait until it is closed."
                )
                % values
            )


def _move_voters(merge: Merge) -> None:
    """Each consultation is locked first, and closed where its time is over: what was counted keeps its voters."""
    held = Consultation.objects.filter(state=ConsultationState.OPEN, voters__organisation=merge.merged)
    for consultation in held.order_by("pk"):
        closed_by_now(consultation, now=merge.now)
    for row, kept in _pairs(merge):
        given = _ballot(row)
        if given is not None and _ballot(kept) is None:
            given.voter, given.revision = kept, advance(kept)
            given.full_clean()
            given.save()
        row.delete()  # with a position that says the same as the kept one, and with proxies that were revoked
    _free(merge).update(organisation=merge.kept)


def _identities(merge: Merge) -> Iterator[Text]:
    here = list(LegalIdentity.objects.filter(organisation=merge.kept))
    for row in LegalIdentity.objects.filter(organisation=merge.merged):
        if any(LegalIdentity.objects.filter(pk=other.pk, period__overlap=row.period).exists() for other in here):
            yield _("Both have a legal identity for the same time: end one of them first.")
            return


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for handler in (
        Handler(40, ("governance.Mandate.organisation",), obstacles=_keep_who_animates),
        Handler(
            41,
            ("governance.Handover.holder", "governance.Handover.receiver"),
            _count_handovers,
            _move_handovers,
            _handovers,
        ),
        Handler(42, ("governance.Voter.organisation",), _voters, _move_voters, _voted_differently),
        moves(
            43,
            LegalIdentity,
            "organisation",
            lambda count: ngettext("%(count)d legal identity", "%(count)d legal identities", count) % {"count": count},
            obstacles=_identities,
        ),
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
