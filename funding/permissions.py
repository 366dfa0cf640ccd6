"""Permissions of this app in one table. `funder` is answered by `funding.backends`; what is seen by `visibility`."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.accounts.rights import Denied, always, register
from funding.backends import acting_funders, borne_by, led_programmes
from funding.enums import FrozenAudience
from funding.visibility import PUBLIC, Visibility, visibility_of
from members.backends import positions_of
from members.enums import ACTING_ROLES

DRAFT = Denied(
    _("This initiative is a draft of its funder."),
    _("You will see it once it is shared."),
    weight=2,
)
AMOUNT_KEPT = Denied(
    _("This funder does not share this amount."),
    _("Ask the people of this funder."),
    weight=2,
)
OBSERVER = Denied(
    _("You follow this funder as an observer."),
    _("Its representatives and substitutes can do this."),
    weight=4,
)
NOT_YOURS = Denied(
    _("Another funder keeps this."),
    _("Ask the people of that funder to change it."),
    weight=4,
)
NOT_BEARER = Denied(
    _("News of an initiative are given by its bearer."),
    _("Ask the funder who keeps the initiative to name you as its contact."),
    weight=3,
)
NOT_LEAD = Denied(
    _("Another funder leads this programme."),
    _("Ask the people of that funder to change it."),
    weight=4,
)


def _shown(user: Any, initiative: Any) -> Denied | None:
    return DRAFT if initiative is not None and initiative.draft_of_id is not None else None


def _shown_or_own(user: Any, initiative: Any) -> Denied | None:
    return None if initiative is None or visibility_of(user).sees_initiative(initiative) else DRAFT


def _shared_inside(user: Any, line: Any) -> Denied | None:
    return None if line is None or Visibility(inside=True).sees_amount(line) else AMOUNT_KEPT


def _shared_or_own(user: Any, line: Any) -> Denied | None:
    return None if line is None or visibility_of(user).sees_amount(line) else AMOUNT_KEPT


def _public(user: Any, line: Any) -> Denied | None:
    return None if line is not None and PUBLIC.sees_amount(line) else AMOUNT_KEPT


def _acts(user: Any, obj: Any) -> Denied | None:
    return None if acting_funders(user) else OBSERVER


def _keeps(user: Any, initiative: Any) -> Denied | None:
    """Representatives and substitutes of the funder who keeps the initiative."""
    acting = acting_funders(user)
    if initiative is None or not acting:
        return None if acting else OBSERVER
    return None if initiative.prepared_by_id in acting else NOT_YOURS


def _adds_to(user: Any, initiative: Any) -> Denied | None:
    """A funder adds its own line to an initiative it sees."""
    return _acts(user, initiative) or _shown_or_own(user, initiative)


def _gives(user: Any, line: Any) -> Denied | None:
    """Representatives and substitutes of the funder of a line."""
    acting = acting_funders(user)
    if line is None or not acting:
        return None if acting else OBSERVER
    return None if line.funder_id in acting else NOT_YOURS


def _own(user: Any, line: Any) -> Denied | None:
    return None if line is None or line.funder_id in visibility_of(user).funders else AMOUNT_KEPT


def _bears(user: Any, initiative: Any) -> Denied | None:
    """Representatives and substitutes of the bearing organisation, and whoever its keeper named."""
    if initiative is None or initiative.pk in borne_by(user):
        return None
    acting = {position.organisation_id for position in positions_of(user) if position.role in ACTING_ROLES}
    return None if initiative.bearer_id in acting else NOT_BEARER


def _leads(user: Any, programme: Any) -> Denied | None:
    """Representatives and substitutes of the funder who leads a programme; any funder begins one."""
    acting = acting_funders(user)
    if programme is None or not acting:
        return None if acting else OBSERVER
    return None if programme.lead_id in acting else NOT_LEAD


register(
    "funding.view_initiative",
    _("see initiatives and who funds them"),
    member=_shown,
    animator=_shown,
    administrator=_shown,
    funder=_shown_or_own,
)
register(
    "funding.view_amount",
    _("see the amount of a funding"),
    visitor=_public,
    member=_shared_inside,
    animator=_shared_inside,
    administrator=_shared_inside,
    funder=_shared_or_own,
)
register("funding.create_initiative", _("enter initiatives"), funder=_acts)
register("funding.edit_initiative", _("change an initiative and its stage"), funder=_keeps)
register("funding.add_line", _("add a funding to an initiative"), funder=_adds_to)
register("funding.view_line", _("see the whole life of a funding"), funder=_own)
register("funding.edit_line", _("change a funding and record payments"), funder=_gives)
register("funding.view_dashboard", _("see the funder’s own pages"), funder=always)
register("funding.import_lines", _("import fundings"), funder=_acts)
register("funding.edit_programme", _("begin programmes and change their commitments"), funder=_leads)
register("funding.settle_funder", _("settle how the own organisation funds"), funder=_acts)
register("funding.write_update", _("give news of an initiative"), funder=_keeps, member=_bears, bearer=_bears)


# --- frozen figures ---------------------------------------------------------------------------------------------------

FROZEN_KEPT = Denied(
    _("These frozen figures are kept for the organisation that made them."),
    _("Ask its people to freeze them for all members."),
    weight=2,
)
LEADS_NOTHING = Denied(
    _("Freezing figures is for funders and for organisations that lead a programme."),
    _("Ask one of them."),
    weight=2,
)
ONLY_ITS_PROGRAMME = Denied(
    _("Your organisation freezes the figures of the programmes it leads: choose one of them in the filter."),
    _("Choose the programme in the dashboard’s filters first."),
    weight=4,
)


def _may_read_frozen(user: Any, frozen: Any) -> Denied | None:
    if frozen is None or frozen.audience == FrozenAudience.MEMBERS:
        return None
    own = {position.organisation_id for position in positions_of(user)}
    return None if frozen.organisation.remains.pk in own else FROZEN_KEPT


def _freezes_as_funder(user: Any, frozen: Any) -> Denied | None:
    """Representatives and substitutes of a funder; with an object, of the funder it names."""
    acting = acting_funders(user)
    if frozen is None or not acting:
        return None if acting else OBSERVER
    return None if frozen.organisation_id in acting else NOT_YOURS


def _freezes_as_lead(user: Any, frozen: Any) -> Denied | None:
    """Representatives and substitutes of an organisation that leads a programme, for its programmes alone."""
    led = led_programmes(user)
    if frozen is None:
        return None if led else LEADS_NOTHING
    own = {programme.slug for programme in led if programme.lead_id == frozen.organisation_id}
    wanted = set(QueryDict(frozen.query).getlist("programme"))
    return None if wanted and wanted <= own else ONLY_ITS_PROGRAMME if own else LEADS_NOTHING


register(
    "funding.view_frozen",
    _("read frozen figures"),
    member=_may_read_frozen,
    animator=_may_read_frozen,
    administrator=_may_read_frozen,
    funder=_may_read_frozen,
)
register("funding.freeze_figures", _("freeze figures"), funder=_freezes_as_funder, member=_freezes_as_lead)


# --- files of lists ---------------------------------------------------------------------------------------------------

NOT_YOUR_FILE = Denied(
    _("This file was asked for by somebody else."),
    _("Ask for it yourself from the list: it then holds what you may see."),
    weight=2,
)


def _asked(user: Any, file: Any) -> Denied | None:
    return None if file is None or file.by_id == user.pk else NOT_YOUR_FILE


register(
    "funding.fetch_file",
    _("download filtered lists"),
    member=_asked,
    animator=_asked,
    administrator=_asked,
    funder=_asked,
)
