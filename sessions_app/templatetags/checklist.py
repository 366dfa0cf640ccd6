"""How templates write the distance of a task to its session."""

from __future__ import annotations

from django import template

from sessions_app.checklist.schedule import offset_label

register = template.Library()
register.filter("offset_label", offset_label)
