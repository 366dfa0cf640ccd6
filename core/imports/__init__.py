"""Tables that people send in: read, compared with what stands, shown, and written all or nothing, by the worker.

Knows no domain. An app describes the columns of its rows (`shapes.TableShape`), says how they compare and are
written (`registry.ImportKind`), and gives the import a page:

    run = services.keep(kind="…", subject_id=…, upload=file, by=user, now=now)    # raises Unreadable
    services.choose / answer / write / cancel                                      # what its sender does
    page.of(run, user, …)                                                          # what its page shows

The key of a row is a reference of its sender's own, so a second run of the same file changes nothing. An empty cell
changes nothing, "(vide)" clears, and a row that the file lacks stays as it is.
"""
