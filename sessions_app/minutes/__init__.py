"""Minutes: what is frozen when they are published, and how it is read again."""
