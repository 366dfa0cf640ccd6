"""What pages show of decisions and actions: the whole of a session, or those of one item beside its minutes."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app.enums import MinutesState
from sessions_app.follow_up.forms import ActionForm, DecisionForm, FollowUpForm
from sessions_app.models import ActionItem, AgendaItem, Decision, DecisionRecord, Minutes, Session

MODELS: dict[str, type[Decision | ActionItem]] = {"decision": Decision, "action": ActionItem}
FORMS: dict[str, type[FollowUpForm]] = {"decision": DecisionForm, "action": ActionForm}
MOST_OPEN = 20


@dataclass(frozen=True)
class ItemPanel:
    """Decisions and actions of one item, and the forms that add one; `opened` is the form that was refused."""

    item: AgendaItem
    place: int
    rows: list[Decision | ActionItem]
    decision_form: FollowUpForm
    action_form: FollowUpForm
    opened: str = ""


@dataclass(frozen=True)
class FollowUpPage:
    decisions: list[Decision]
    actions: list[ActionItem]
    is_open: bool  # whether they may be changed: no minutes are published, or an amendment is open
    record: DecisionRecord | None  # in force


def blank(kind: str, session: Session, item: AgendaItem | None = None) -> Decision | ActionItem:
    return MODELS[kind](session=session, item=item)


def form_for(kind: str, row: Decision | ActionItem, data: object = None) -> FollowUpForm:
    return FORMS[kind](data, instance=row, prefix=kind)


def item_panel(
    session: Session, item: AgendaItem, place: int, refused: tuple[str, FollowUpForm] | None = None
) -> ItemPanel:
    rows: list[Decision | ActionItem] = []
    for model in MODELS.values():
        rows += model.objects.filter(item=item).select_related("session", "responsible").order_by("number")
    forms = {kind: form_for(kind, blank(kind, session, item)) for kind in MODELS}
    if refused:
        forms[refused[0]] = refused[1]
    return ItemPanel(item, place, rows, forms["decision"], forms["action"], opened=refused[0] if refused else "")


def follow_up_page(session: Session) -> FollowUpPage:
    minutes = Minutes.objects.filter(session=session).first()
    return FollowUpPage(
        decisions=list(session.decisions.select_related("responsible", "item", "session").order_by("number")),
        actions=list(session.actions.select_related("responsible", "item", "person", "session").order_by("number")),
        is_open=minutes is None or minutes.state != MinutesState.PUBLISHED,
        record=DecisionRecord.objects.filter(session=session).order_by("-number").first(),
    )


def open_actions(before: Session) -> list[ActionItem]:
    """Actions of earlier sessions that are still under way, the soonest due first: they come up in this session."""
    rows = ActionItem.objects.visible(drafts=False).open().filter(session__number__lt=before.number)
    return list(rows.select_related("session", "responsible").order_by("due", "session__number", "number")[:MOST_OPEN])
