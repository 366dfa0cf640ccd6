"""The documents of this app that the worker makes, and who answers for their authenticity."""

from __future__ import annotations

from core.reports import registry, verification
from funding.exports.files import ListPrint, ListTable
from funding.frozen.document import FrozenFiguresReport, verify


def register() -> None:
    for kind in (FrozenFiguresReport(), ListTable(), ListPrint()):
        registry.register(kind)
    verification.register(verify)
