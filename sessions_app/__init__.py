"""Cycles, sessions, agenda, attendance, minutes, decisions, actions and materials. May import `members` and `core`."""
