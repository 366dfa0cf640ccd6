"""Report kinds of sessions, registered with `core.reports`."""
