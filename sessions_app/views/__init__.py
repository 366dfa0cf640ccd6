"""Views of sessions: each asks for the right, calls one service or queryset, renders."""
