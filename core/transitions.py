"""Tables of legal moves: one form for every machine of the portal, and the one door through which a move is made.

    TABLE = Table({Move.CLOSE: Transition((HELD,), CLOSED, guards=(needs_record,))}, overtaken=_("…"))

    locked = TABLE.start(session, Move.CLOSE, by=by, now=now, lock=hold, permission="sessions_app.prepare_session")
    ...the service sets what the move asks for, `locked.state = TABLE[move].target`, saves and logs

The clock asks the same table (`obstacles`) of rows it has locked itself. Whatever stands in the way of a move is a `Refusal` with every reason at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.db import locks

if TYPE_CHECKING:
    from core.accounts.models import User

Text = str | Promise
Row = TypeVar("Row")
Move = TypeVar("Move", bound=Hashable)


class Refusal(Exception):
    """Something people can do something about: `reasons` are shown to them, at `field` where it belongs to one.

    A subclass says its one reason as `message`.
    """

    message: Text = _("This cannot be done now.")
    code = "refused"
    field = ""

    def __init__(self, reasons: Sequence[Text] | Text | None = None, *, field: str = "", code: str = "") -> None:
        if reasons is None:
            reasons = self.message
        self.reasons = [reasons] if isinstance(reasons, str | Promise) else list(reasons)
        self.field = field or self.field
        self.code = code or self.code
        super().__init__("; ".join(str(reason) for reason in self.reasons))


class MoveRefused(Refusal):
    """The move is not legal now."""

    code = "illegal_move"


class Overtaken(MoveRefused):
    """The row is not where the move starts: made twice, overtaken by somebody else or by the clock, or out of order."""

    code = "overtaken"


class ChangedMeanwhile(Refusal):
    """Somebody else saved the row since it was read; nothing was written."""

    message = _("This was saved meanwhile, by somebody else or in another window of yours.")
    code = "changed_meanwhile"


Guard = Callable[[Any, dt.datetime, str], Text | None]  # (row, now, reason given) → what stands in the way


@dataclass(frozen=True)
class Transition:
    """One row of a table. `target` is None where the row itself says where it came from."""

    sources: tuple[Any, ...]
    target: Any
    guards: tuple[Guard, ...] = ()
    permission: str = ""  # where each move of a table has its own; "" for one that only the clock makes
    asks: tuple[str, ...] = ()  # fields that the move sets
    clears: tuple[str, ...] = ()  # fields that it empties
    asks_reason: bool = False
    is_correction: bool = False  # takes something back: says why, and colleagues are told
    consequence: Text = ""  # said before the confirmation


@dataclass(frozen=True)
class Offer(Generic[Move]):
    """A move as a page offers it: possible now, or with what stands in its way."""

    move: Move
    transition: Transition
    obstacles: list[Text]
    lacks: list[Text] = field(default_factory=list)  # what a reason must make up for


def _stored_state(row: Any, now: dt.datetime) -> Any:
    return row.state


class Table(Mapping[Move, Transition]):
    """Move → transition, in the order in which pages offer them. `overtaken` is told where a row has moved on.

    `state_of` says where a row stands at a moment, where the clock may know better than the row.
    """

    def __init__(
        self,
        moves: Mapping[Move, Transition],
        *,
        overtaken: Text,
        state_of: Callable[[Any, dt.datetime], Any] = _stored_state,
    ) -> None:
        self._moves = dict(moves)
        self.overtaken = overtaken
        self.state_of = state_of

    def __getitem__(self, move: Move) -> Transition:
        return self._moves[move]

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves)

    def __len__(self) -> int:
        return len(self._moves)

    def leaving(self, state: Any) -> list[Move]:
        """The moves that start from `state`."""
        return [move for move, transition in self.items() if state in transition.sources]

    def obstacles(self, row: Any, move: Move, now: dt.datetime, *, reason: str = "") -> list[Text]:
        """What stands in the way of `move`; empty where it is legal."""
        transition = self[move]
        if self.state_of(row, now) not in transition.sources:
            return [self.overtaken]
        found = (guard(row, now, reason) for guard in transition.guards)
        return [text for text in found if text is not None]

    def offers(self, row: Any, now: dt.datetime) -> list[Offer[Move]]:
        """The moves that leave the row's present state."""
        found = []
        for move in self.leaving(self.state_of(row, now)):
            transition = self[move]
            without = self.obstacles(row, move, now)
            hard = self.obstacles(row, move, now, reason="-") if without and transition.asks_reason else without
            found.append(Offer(move, transition, hard, lacks=[text for text in without if text not in hard]))
        return found

    def start(
        self,
        row: Row,
        move: Move,
        *,
        by: User,
        now: dt.datetime,
        lock: Callable[[Row], Row],
        permission: str = "",
        reason: str = "",
        alone: bool = False,
        values: Callable[[Row], list[Text]] = lambda row: [],
    ) -> Row:
        """The row, locked, once `by` may make the move and nothing stands in its way; within a transaction.

        Rights are locked before the row, so that no two moves wait for each other crosswise with a handover, and
        asked of the row as it stands. `alone` where the move changes who has which right: every write under way ends
        first. `values` says what is wrong with what the move sets. Raises `PermissionRefused`, `Overtaken`, `MoveRefused` with every obstacle.
        """
        (locks.hold_exclusive if alone else locks.hold_shared)(rights.RIGHTS_LOCK)
        locked = lock(row)
        rights.check_for_writing(by, permission or self[move].permission, locked)
        if self.state_of(locked, now) not in self[move].sources:
            raise Overtaken(self.overtaken)
        if found := self.obstacles(locked, move, now, reason=reason) + values(locked):
            raise MoveRefused(found)
        return locked
