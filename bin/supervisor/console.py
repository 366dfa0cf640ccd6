"""What the supervisor tells the person at the terminal. All of it goes to standard error."""

import sys
import time

_STARTED = time.monotonic()


class Failure(Exception):
    """Something a person must know and can act on; its text is shown, without a traceback."""


def say(text: str) -> None:
    """Print one line with the seconds since the start."""
    print(f"[{time.monotonic() - _STARTED:6.2f} s] {text}", file=sys.stderr, flush=True)
