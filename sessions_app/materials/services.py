"""Writes of materials: add, new version, change, order, remove; propose, accept, refuse."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from core import files
from core.accounts import rights
from core.file_texts import services as texts
from core.files import CheckedUpload
from core.models import StoredFile
from core.transitions import Refusal
from members.backends import positions_of
from members.enums import ACTING_ROLES
from members.people import in_charge_of
from sessions_app.enums import Audience, RequestState
from sessions_app.models import Material, MaterialProposal, MinutesVersion, Session
from sessions_app.notifications import notify
from sessions_app.sessions.locks import hold

if TYPE_CHECKING:
    from core.accounts.models import User

MANAGE = "sessions_app.manage_materials"


class MaterialError(Refusal):
    """Something people can do something about; `message` is shown to them."""


class InPublishedMinutes(MaterialError):
    message = _("Published minutes list this material: it can no longer be removed.")


class AlreadyAnswered(MaterialError):
    message = _("This proposal has been answered already.")


class ReasonMissing(MaterialError):
    message = _("Say why the material is refused.")


@transaction.atomic
def add(
    *,
    session: Session,
    by: User,
    title: str,
    audience: str,
    now: dt.datetime,
    upload: CheckedUpload | None = None,
    link: str = "",
) -> Material:
    """A new material at the end of the list. Raises `ValidationError`, `UploadRefused` (disk full), `PermissionRefused`."""
    rights.check_for_writing(by, MANAGE, session)
    hold(session)
    return _made(session, title=title, audience=audience, file=_stored(upload, by, now), link=link, now=now)


@transaction.atomic
def change(
    *,
    material: Material,
    by: User,
    title: str,
    audience: str,
    now: dt.datetime,
    upload: CheckedUpload | None = None,
    link: str = "",
) -> Material:
    """Other words or readers; with a file or another link, a new version, the former ones staying readable."""
    rights.check_for_writing(by, MANAGE, material.session)
    hold(material.session_id)
    material = versions_of(material).select_for_update().order_by("-version").first()
    if upload is not None or (link and link != material.link):
        return _made(
            material.session,
            title=title,
            audience=audience,
            file=_stored(upload, by, now),
            link="" if upload else link,
            now=now,
            former=material,
        )
    material.title, material.audience = title, audience
    material.full_clean()
    material.save()
    return material


@transaction.atomic
def reorder(*, session: Session, order: list[Material], by: User) -> None:
    """Places the materials as they stand in `order`; versions of one stay together."""
    rights.check_for_writing(by, MANAGE, session)
    hold(session)
    for position, material in enumerate(order, start=1):
        Material.objects.filter(session=session, series=material.series).update(position=position)


@transaction.atomic
def remove(*, material: Material, by: User) -> None:
    """Takes a material away with all its versions; the bytes stay on the disk, out of reach. Raises `InPublishedMinutes`."""
    rights.check_for_writing(by, MANAGE, material.session)
    hold(material.session_id)
    listed = MinutesVersion.objects.filter(
        session=material.session, snapshot__materials__contains=[{"series": str(material.series)}]
    )
    if listed.exists():
        raise InPublishedMinutes
    texts.forget(files=list(versions_of(material).exclude(file=None).values_list("file", flat=True)))
    versions_of(material).delete()


@transaction.atomic
def propose(
    *,
    session: Session,
    by: User,
    title: str,
    now: dt.datetime,
    note: str = "",
    upload: CheckedUpload | None = None,
    link: str = "",
) -> MaterialProposal:
    """A member's proposal, which only its author and the animators see."""
    rights.check_for_writing(by, "sessions_app.propose_material", session)
    mine = [position for position in positions_of(by) if position.role in ACTING_ROLES]
    proposal = MaterialProposal(
        session=session,
        title=title,
        file=_stored(upload, by, now),
        link=link,
        note=note,
        author=by,
        organisation=mine[0].organisation if mine else None,
        made_at=now,
    )
    proposal.full_clean()
    proposal.save()
    return proposal


@transaction.atomic
def accept(
    *, proposal: MaterialProposal, by: User, title: str, audience: str, now: dt.datetime, answer: str = ""
) -> Material:
    """Makes the proposal a material. Raises `AlreadyAnswered`, `PermissionRefused`."""
    proposal = _open(proposal, by)
    material = _made(proposal.session, title=title, audience=audience, file=proposal.file, link=proposal.link, now=now)
    proposal.material = material
    _answer(proposal, RequestState.ACCEPTED, answer, by=by, now=now)
    return material


@transaction.atomic
def refuse(*, proposal: MaterialProposal, by: User, reason: str, now: dt.datetime) -> MaterialProposal:
    """Raises `ReasonMissing`, `AlreadyAnswered`, `PermissionRefused`."""
    proposal = _open(proposal, by)
    if not reason.strip():
        raise ReasonMissing
    return _answer(proposal, RequestState.REFUSED, reason, by=by, now=now)


def versions_of(material: Material) -> QuerySet[Material]:
    return Material.objects.filter(session=material.session_id, series=material.series)


def _stored(upload: CheckedUpload | None, by: User, now: dt.datetime) -> StoredFile | None:
    return files.store(file=upload, by=by, now=now) if upload else None


def _made(
    session: Session,
    *,
    title: str,
    audience: str,
    file: StoredFile | None,
    link: str,
    now: dt.datetime,
    former: Material | None = None,
) -> Material:
    material = Material(session=session, title=title, audience=audience or Audience.MEMBERS, file=file, link=link)
    material.added_at = now
    if former is not None:
        material.series, material.version, material.position = former.series, former.version + 1, former.position
    else:
        highest = Material.objects.filter(session=session).aggregate(highest=Max("position"))["highest"]
        material.position = (highest or 0) + 1
    material.full_clean()
    material.save()
    if former is not None and former.file_id:
        texts.forget(files=[former.file_id])
    if file is not None:
        texts.ask(file=file, now=now)
    return material


def _open(proposal: MaterialProposal, by: User) -> MaterialProposal:
    rights.check_for_writing(by, MANAGE, proposal.session)
    hold(proposal.session_id)
    proposal = MaterialProposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != RequestState.OPEN:
        raise AlreadyAnswered
    return proposal


def _answer(
    proposal: MaterialProposal, state: RequestState, answer: str, *, by: User, now: dt.datetime
) -> MaterialProposal:
    proposal.state = state
    proposal.answer = answer.strip()
    proposal.answered_at = now
    proposal.full_clean()
    proposal.save()
    told = in_charge_of(proposal.author, proposal.organisation, now)
    notify("material_answered", proposal.session, by=by, now=now, users=told, material=proposal.title)
    return proposal
