"""What is found of governance: handovers and consultations that were shown, and the events of the space."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import rights
from core.partial_dates import day
from core.search.sources import Entry, Source, Watched, among, register
from governance.models import Consultation, Handover, Mandate, SpaceEvent
from members.models import Organisation
from members.search import group_of, named_in

VIEW, KEEP, RUN = "governance.view_governance", "governance.keep_register", "governance.run_consultation"


def _handovers(ids: Sequence[int]) -> Iterator[Entry]:
    for row in Handover.objects.filter(pk__in=ids).select_related("holder", "receiver"):
        title = _("Handover: %(holder)s to %(receiver)s") % {
            "holder": row.holder.label,
            "receiver": row.receiver.label,
        }
        yield Entry(
            object_id=row.pk,
            address=row.get_absolute_url(),
            title=title,
            names=f"{title} {row.holder.name} {row.receiver.name}",
            text="\n".join(filter(None, (row.purpose, row.accepted_body, row.validation_statement))),
            date=row.effective_on or row.proposed_on,
            groups=(*group_of(row.holder_id), *group_of(row.receiver_id)),
        )


def _consultations(ids: Sequence[int]) -> Iterator[Entry]:
    for row in Consultation.objects.filter(pk__in=ids):
        yield Entry(
            object_id=row.pk,
            address=reverse("governance:consultation", args=[row.public_id]),
            title=row.title,
            names=row.title,
            text="\n".join(filter(None, (row.question, row.context, row.statement))),
            date=day(timezone.localdate(row.opened_at)) if row.opened_at else None,
        )


def _events(ids: Sequence[int]) -> Iterator[Entry]:
    for row in SpaceEvent.objects.filter(pk__in=ids):
        yield Entry(
            object_id=row.pk,
            address=reverse("governance:page"),
            anchor="frise",
            title=row.title,
            names=row.title,
            text=row.text,
            date=row.date,
        )


def _reads_handovers(user: Any) -> tuple[Organisation | None] | None:
    """As the governance page lists them: who animates also finds what his or her organisation prepares."""
    if not rights.allows(user, VIEW):
        return None
    return (Mandate.objects.organisation_at(timezone.now()) if rights.allows(user, KEEP) else None,)


def _shown_handovers(reader: tuple[Organisation | None]) -> Q:
    return among(Handover.objects.visible(to_holder=reader[0]))


def _reads_consultations(user: Any) -> bool | None:
    """Whether those that were never opened as well, as their list shows them."""
    return rights.allows(user, RUN) if rights.allows(user, VIEW) else None


def _reads_events(user: Any) -> bool | None:
    return rights.allows(user, VIEW) or None


def register_sources() -> None:
    register(
        Source(
            "passation",
            gettext_lazy("Handovers"),
            gettext_lazy("handover"),
            Handover,
            watched=[Watched(Handover), named_in(Handover, "holder_id"), named_in(Handover, "receiver_id")],
            entries=_handovers,
            reader=_reads_handovers,
            visible=_shown_handovers,
            weight=1.2,
            icon="handshake",
        )
    )
    register(
        Source(
            "consultation",
            gettext_lazy("Consultations"),
            gettext_lazy("consultation"),
            Consultation,
            watched=[Watched(Consultation)],
            entries=_consultations,
            reader=_reads_consultations,
            visible=lambda drafts: among(Consultation.objects.visible(drafts=drafts)),
            weight=1.2,
            icon="chat-circle-text",
        )
    )
    register(
        Source(
            "evenement",
            gettext_lazy("Events of the space"),
            gettext_lazy("event of the space"),
            SpaceEvent,
            watched=[Watched(SpaceEvent)],
            entries=_events,
            reader=_reads_events,
            visible=lambda reader: among(SpaceEvent.objects.all()),
            icon="flag",
        )
    )
