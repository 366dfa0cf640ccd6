"""Words planted where something is not out yet, or reserved; who may come across each of them.

The matrix reads every answer for them (`tests/test_matrix.py`), `tests/sessions_app/test_leaks.py` what has no row
there. A new kind of secret is a word in `SECRETS` and a place in `plant`.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from django.utils import timezone

from governance.models import Consultation, Handover
from members.models import Organisation
from sessions_app.messages import services as messages
from sessions_app.messages.enums import Recipients
from sessions_app.minutes import publication
from sessions_app.models import AmendmentRequest, MaterialProposal, MinutesEntry, Session
from tests import factories
from tests.matrix.scene import Scene
from watch.models import WatchItem

MEMBERS = {"member", "observer", "former_animator", "funder", "animator", "administrator"}
# word → where it stands, and who may come across it
SECRETS: dict[str, set[str]] = {
    "abricotier": {"animator"},  # a session that is a draft: its title, place, agenda, guest, material
    "bergamote": {"animator"},  # the draft of minutes
    "clementine": {"animator"},  # a decision and an action that are not out
    "datte": {"animator"},  # minutes that were withdrawn, and why
    "eglantine": {"animator", "member"},  # minutes under review: the member's organisation took part
    "framboise": {"animator", "member"},  # a request to amend them, of the member
    "groseille": {"animator", "member"},  # a material that the member proposed
    "hibiscus": {"animator"},  # a message to the members, not sent
    "jasmin": MEMBERS,  # an item reserved to members, in minutes that are public
    "kumquat": MEMBERS,  # a person present at that session
    "litchi": MEMBERS,  # a material of that session for members
    "mirabelle": {"animator"},  # a session that was cancelled before it was announced
    "nectarine": {"animator"},  # a handover that was withdrawn before it was proposed
    "olivier": {"animator"},  # a consultation that was called off in preparation
    "papaye": {"member"},  # a draft for the watch, of the member
    "quetsche": {"animator", "member"},  # an entry that the member sent to be checked
    "rhubarbe": {"animator", "member"},  # an entry that was refused, and why
}
# (address, role) → why the words of the animators stand there on purpose
MEANT: dict[tuple[str, str], str] = {}
# tokens of forms, nonces, fingerprints: letters drawn by lot, in which a short word turns up one day
DRAWN_BY_LOT = re.compile(r"\b[0-9A-Za-z]{20,}\b")


def plant(scene: Scene) -> None:
    people, now = scene.people, timezone.now()
    draft = scene.sessions["draft"]
    Session.objects.filter(pk=draft.pk).update(title="L’abricotier", summary="abricotier", place="abricotier")
    item = factories.AgendaItemFactory(session=draft, title="Planter l’abricotier")
    factories.SpeakerFactory(item=item, guest_name="Anne Abricotier")
    factories.MaterialFactory(session=draft, title="Greffe d’abricotier")

    written = scene.sessions["written"]
    MinutesEntry.objects.filter(item__session=written).update(body="<p>Une bergamote.</p>")
    for make in (factories.DecisionFactory, factories.ActionItemFactory):
        make(session=written, text="Cueillir la clementine", responsible=organisation_of(people.member))

    scene.sessions["withdrawn"] = withdrawn = published(people, 209, "Une datte")
    publication.make_public(session=withdrawn, by=people.animator, now=now)
    publication.withdraw(session=withdrawn, by=people.animator, reason="À cause de la datte", now=now)

    MinutesEntry.objects.filter(item__session=scene.sessions["reviewed"]).update(body="<p>Une eglantine.</p>")
    AmendmentRequest.objects.update(wish="Une framboise", passage="framboise")
    MaterialProposal.objects.update(title="Une groseille", note="groseille")

    scene.sessions["public"] = opened = published(people, 208, "Rien de particulier", reserved="Un jasmin")
    publication.make_public(session=opened, by=people.animator, now=now)

    announced = scene.sessions["announced"]
    never = scene.sessions["never announced"]
    Session.objects.filter(pk=never.pk).update(title="La mirabelle", reason="mirabelle", summary="mirabelle")
    Handover.objects.filter(pk=scene.other["never proposed"].pk).update(purpose="nectarine", ended_reason="nectarine")
    Consultation.objects.filter(pk=scene.other["consultation never opened"].pk).update(
        title="L’olivier", question="olivier", cancelled_reason="olivier"
    )

    for name, word in (("draft", "papaye"), ("sent", "quetsche"), ("refused", "rhubarbe")):
        found = WatchItem.objects.filter(pk=scene.other["watch"][name].pk)
        found.update(
            title=f"Une {word}", summary=word, body=word, themes=[word], answer=word if name == "refused" else ""
        )

    said = messages.Draft(subject="Un hibiscus", body="hibiscus", invites=False, recipients=Recipients.ALL)
    messages.confirm(session=announced, draft=said, by=people.animator, now=now)


def published(people: Any, number: int, text: str, *, reserved: str = "") -> Session:
    """Published minutes; with `reserved`, a second item that is kept to the members, with its decision."""
    session = factories.SessionFactory(number=number, items=1)
    if reserved:
        item = factories.AgendaItemFactory(session=session, title=reserved, is_reserved=True)
        factories.DecisionFactory(session=session, item=item, text=reserved, released_at=timezone.now())
        row = factories.AttendanceFactory(session=session, organisation=people.animating)
        factories.AttendeeFactory(attendance=row, user=None, name="Karim Kumquat")
        factories.MaterialFactory(session=session, title="Le litchi")
    factories.MinutesFactory(session=session, entries=f"<p>{reserved or text}</p>")
    if reserved:
        MinutesEntry.objects.filter(item=session.agenda.first()).update(body=f"<p>{text}</p>")
    factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    return session


def organisation_of(user: Any) -> Organisation:
    return Organisation.objects.get(positions__user=user)


def found_in(content: bytes) -> set[str]:
    """The secret words in an answer; workbooks and archives are unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    text = DRAWN_BY_LOT.sub(" ", content.decode("utf-8", errors="replace")).casefold()
    return {word for word in SECRETS if word in text}


def forbidden(role: str) -> set[str]:
    return {word for word, readers in SECRETS.items() if role not in readers}


def told_by(response: Any) -> set[str]:
    """The secret words in an answer: its content, read to its end, and its headers."""
    content = response.getvalue() if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return found_in(content) | found_in(headers.encode())
