"""Columns of the registers of decisions and actions as CSV and XLSX."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.tables import Column


def columns(kind: str) -> list[Column]:
    """Columns of `kind` ("decision" or "action"); rows come from `FollowUpQuerySet.for_list`."""
    what = _("Decision") if kind == "decision" else _("Action")
    found = [
        Column(_("Reference"), lambda row: row.reference, width=12),
        Column(_("Session"), lambda row: row.session.number, width=10),
        Column(_("Date of the session"), lambda row: row.session.days, width=20),
        Column(_("Cycle"), lambda row: row.session.cycle.year, width=10),
        Column(what, lambda row: row.text, width=80),
        Column(_("Responsible organisation"), lambda row: row.responsible and row.responsible.name, width=40),
        Column(_("Due"), lambda row: row.due, width=20),
        Column(_("Status"), lambda row: row.get_status_display(), width=14),
    ]
    if kind == "decision":
        found.insert(4, Column(_("Kind"), lambda row: row.get_kind_display(), width=14))
    return found
