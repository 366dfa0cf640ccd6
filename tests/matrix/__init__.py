"""Who may do what to what: a table for each app, one row for an address, an object's state and what each role gets.

To extend it, add rows to the table of your app (a module here that holds `ROWS`), and what they need to
`scene.py`. An address of the resolver without a row fails `test_matrix.py`, from the first day on.
"""
