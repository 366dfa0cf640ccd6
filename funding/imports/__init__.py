"""Fundings and initiatives from a table: read, compare with what stands, show, and write all or nothing.

    table = reading.read(upload, SHAPES[kind])        # CSV, XLSX or SCDL → {field: text} a row; raises Unreadable
    plan = plan_of(kind, table, funder)               # created, changed (old → new), unchanged, conflicting, wrong
    services.apply(run=run, by=user, now=now)         # the same comparison again, then everything or nothing

The key of a row is the funder's own reference (of an initiative: its reference), so a second run of the same
file changes nothing. An empty cell changes nothing, "(vide)" clears, and a row that the file lacks stays as it is.
"""
