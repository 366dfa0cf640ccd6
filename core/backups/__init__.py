"""Everything the portal keeps in one archive, and back: database, files, settings. See docs/operations.md.

The work is done by PostgreSQL's own pg_dump and pg_restore, tar and age; ours is the order of things, and the proof
that what comes back is what was there.
"""
