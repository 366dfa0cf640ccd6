"""Decisions and actions of a session: writing them down, what became of them, and their record of day two."""
