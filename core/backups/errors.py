"""Why a backup or a restore does not go on, in words for whoever looks after the machine."""

from __future__ import annotations

from django.utils.functional import Promise


class BackupRefused(Exception):
    """Nothing was changed unless the text says so."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
