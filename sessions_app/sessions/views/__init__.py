"""Lists of sessions, the page of one, and its preparation."""
