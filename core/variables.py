"""A variable of the environment, or what stands in the file that `NAME_FILE` names: secrets of a container are files.

Imports nothing: settings, the health check of the container and the supervisor read their variables by it, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path


def given(name: str, variables: Mapping[str, str] = os.environ) -> str:
    """The value, "" where there is none. Raises ValueError where both are given or the file cannot be read."""
    value, path = variables.get(name, "").strip(), variables.get(f"{name}_FILE", "").strip()
    if not path:
        return value
    if value:
        raise ValueError(f"{name} and {name}_FILE are both set: give one of them.")
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}_FILE={path!r} cannot be read: {error}.") from error


def resolved(names: Iterable[str], variables: Mapping[str, str]) -> dict[str, str]:
    """`variables` for a child process that gets others in place of `names`: these by value, none by file."""
    result = dict(variables)
    for name in names:
        value = given(name, variables)
        result.pop(f"{name}_FILE", None)
        if value:
            result[name] = value
    return result
