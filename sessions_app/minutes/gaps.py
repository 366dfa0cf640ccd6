"""What is still missing in minutes that are about to be frozen: told before, never in the way."""

from __future__ import annotations

from dataclasses import dataclass

from core import richtext
from sessions_app.minutes.snapshot import Json


@dataclass(frozen=True)
class Gaps:
    empty: list[tuple[int, str]]  # items without a text: number and title
    expected: int  # organisations whose attendance is expected
    unrecorded: int  # of them those of whom nothing is recorded
    without_holder: list[str]  # references of decisions and actions nobody answers for

    def __bool__(self) -> bool:
        return bool(self.empty or self.unrecorded or self.without_holder)

    @property
    def has_no_attendance(self) -> bool:
        return self.unrecorded == self.expected


def gaps(draft: Json) -> Gaps:
    """Of the very content that publishing would freeze (`snapshot.build_draft`)."""
    rows = [*draft["decisions"], *draft["actions"]]
    return Gaps(
        empty=[(item["number"], item["title"]) for item in draft["agenda"] if richtext.is_empty(item["body"])],
        expected=len(draft["attendance"]),
        unrecorded=sum(entry["presence"] is None for entry in draft["attendance"]),
        without_holder=[row["reference"] for row in rows if not (row["responsible"] or row.get("person"))],
    )
