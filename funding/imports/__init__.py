"""Fundings and initiatives from a table: the columns, how rows are compared, and the two kinds of `core.imports`.

The key of a row is the funder's own reference (of an initiative: its reference).
"""
