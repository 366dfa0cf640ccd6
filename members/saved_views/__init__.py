"""Filters of lists kept under a name, with what is new by them; each app registers its lists (`pages`)."""
