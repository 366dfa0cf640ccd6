"""What the index holds of people: copies alone, which follow what they were made of."""

from core.lifecycle import export


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    export.leave_out(
        "search.Passage",
        "search.PendingChange",
        "search.Word",
        why="A copy of what stands elsewhere, read anew when that changes; its list of words is made anew every night.",
    )
