"""What passes to a successor around initiatives: who is asked for news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from core.accounts import personal_links, rights
from core.lifecycle import replacing
from core.lifecycle.replacing import Handler, Kept, Leaving, Line, untold
from funding.enums import UpdateState
from funding.follow_up import contacts
from funding.models import BearerContact, Initiative, Update


def _contacts(leaving: Leaving) -> QuerySet[BearerContact]:
    """Of initiatives that the organisation bears; of those without a bearer here, too, where the leaver goes altogether."""
    rows = BearerContact.objects.running().filter(user=leaving.leaver).select_related("initiative", "user")
    borne = Q(initiative__bearer=leaving.organisation)
    return rows.filter(borne if leaving.keeps_another else borne | Q(initiative__bearer=None)).order_by("pk")


def _preview_contacts(leaving: Leaving) -> Iterator[Line]:
    rows = list(_contacts(leaving))
    names = _readable_titles(leaving, [row.initiative for row in rows])
    text = ngettext(
        "Contact of %(count)d initiative, asked for its news",
        "Contact of %(count)d initiatives, asked for their news",
        len(names),
    )
    yield Line(text % {"count": len(names)}, len(names), names)
    yield untold(len(rows) - len(names))


def _readable_titles(leaving: Leaving, initiatives: Iterable[Initiative]) -> list[str]:
    """Of those that who acts may read: a draft is its funder's."""
    return [row.title for row in initiatives if rights.allows(leaving.by, "funding.view_initiative", row)]


def _move_contacts(leaving: Leaving) -> None:
    for row in _contacts(leaving):
        row.ended_at = leaving.now
        row.full_clean()
        row.save()
        about = (contacts.KIND, row.initiative.public_id)
        personal_links.revoke(user=leaving.leaver, scope=contacts.SCOPE, about=about, now=leaving.now)
        if BearerContact.objects.running().filter(initiative=row.initiative, user=leaving.successor).exists():
            continue
        new = BearerContact(initiative=row.initiative, user=leaving.successor, added_at=leaving.now)
        new.full_clean()
        new.save()
        update = row.initiative.updates.awaited().first()
        if update is not None:
            contacts.ask(contact=new, update=update, now=leaving.now)


def _drafts(leaving: Leaving) -> Iterator[Line]:
    drafts = Update.objects.filter(
        written_by=leaving.leaver, state=UpdateState.DRAFT, initiative__bearer=leaving.organisation
    )
    rows = drafts.select_related("initiative").order_by("pk")
    names = _readable_titles(leaving, [row.initiative for row in rows])
    text = ngettext("%(count)d update begun", "%(count)d updates begun", len(names))
    yield Line(text % {"count": len(names)}, len(names), names, moves=False)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    replacing.register(
        Handler(order=60, relations=("funding.BearerContact.user",), preview=_preview_contacts, move=_move_contacts)
    )
    # a draft is the initiative's: whoever gives its news goes on with it
    replacing.register(Handler(order=61, relations=("funding.Update.written_by",), preview=_drafts))
    replacing.leave_behind(
        Kept(
            order=50,
            what=_("Moves of initiatives and fundings, frozen figures, files of lists"),
            why=_("They say who made them."),
            relations=(
                "funding.StageChange.by",
                "funding.LineChange.by",
                "funding.FrozenFigures.by",
                "funding.ListFile.by",
            ),
        )
    )
