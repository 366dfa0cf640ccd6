"""What texts of files hold of people: copies alone, that go with the file."""

from core.lifecycle import export


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    export.leave_out(
        "file_texts.FileText", why="A copy of what stands in a file; it goes when the file is replaced or removed."
    )
