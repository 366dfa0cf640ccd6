"""What passes to a successor in consultations, and what stays with the name of somebody who leaves."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _, ngettext

from core.lifecycle import replacing
from core.lifecycle.replacing import Handler, Kept, Leaving, Line
from governance.consultations import links
from governance.models import Ballot, Consultation, Proxy, RescuedForm, Voter
from governance.notifications import acting_people
from governance.querysets import ConsultationQuerySet


def _open_consultations(leaving: Leaving) -> ConsultationQuerySet:
    own = Voter.objects.filter(consultation=OuterRef("pk"), organisation=leaving.organisation)
    return Consultation.objects.taking_ballots(leaving.now).filter(Exists(own)).order_by("pk")


def _unanswered(leaving: Leaving) -> ConsultationQuerySet:
    """Consultations that wait for the organisation's position."""
    return _open_consultations(leaving).exclude(
        pk__in=Ballot.objects.filter(voter__organisation=leaving.organisation).values("voter__consultation")
    )


def _preview(leaving: Leaving) -> Iterator[Line]:
    waiting = [row.title for row in _unanswered(leaving)]
    text = ngettext(
        "%(count)d open consultation that waits for the organisation’s position",
        "%(count)d open consultations that wait for the organisation’s position",
        len(waiting),
    )
    yield Line(text % {"count": len(waiting)}, len(waiting), waiting)
    own = Q(voter__organisation=leaving.organisation) | Q(proxy__holder__organisation=leaving.organisation)
    ballots = Ballot.objects.filter(own, by=leaving.leaver, voter__consultation__in=_open_consultations(leaving))
    given = [row.voter.consultation.title for row in ballots.select_related("voter__consultation")]
    text = ngettext(
        "%(count)d position given in an open consultation",
        "%(count)d positions given in open consultations",
        len(given),
    )
    yield Line(text % {"count": len(given)}, len(given), given, moves=False)
    proxies = Proxy.objects.filter(
        giver__organisation=leaving.organisation,
        given_by=leaving.leaver,
        revoked_at=None,
        giver__consultation__in=_open_consultations(leaving),
    )
    count = proxies.count()
    text = ngettext(
        "%(count)d proxy given in an open consultation", "%(count)d proxies given in open consultations", count
    )
    yield Line(text % {"count": count}, count, moves=False)


def _move(leaving: Leaving) -> None:
    """The successor is asked as the leaver was; voices and proxies are the organisation's and say who gave them."""
    if not acting_people([leaving.organisation], leaving.now).filter(pk=leaving.successor.pk).exists():
        return
    for consultation in _unanswered(leaving):
        links.ask("consultation_opened", consultation, [leaving.successor], now=leaving.now)


def _forms(leaving: Leaving) -> Iterator[Line]:
    found = RescuedForm.objects.waiting().filter(author=leaving.leaver, organisation=leaving.organisation).count()
    text = ngettext("%(count)d text kept for those who animate", "%(count)d texts kept for those who animate", found)
    yield Line(text % {"count": found}, found, moves=False)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    ballots = ("governance.Ballot.by", "governance.Proxy.given_by")
    replacing.register(Handler(order=15, relations=ballots, preview=_preview, move=_move))
    rescued = ("governance.RescuedForm.author",)
    replacing.register(Handler(order=55, relations=rescued, preview=_forms))
    replacing.leave_behind(
        Kept(
            order=40,
            what=_("Consultations and handovers: who prepared, asked, gave and received"),
            why=_("These acts bear the name of who did them."),
            relations=(
                "governance.Consultation.created_by",
                "governance.HandoverStep.by",
                "governance.InterimRequest.by",
                "governance.PackLine.given_by",
                "governance.PackLine.received_by",
            ),
        )
    )
