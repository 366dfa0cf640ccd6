"""Organisations and their people from one table, a row for each person or for an organisation alone.

So a list of members, a list of contacts and one that holds both are read by the same columns. The key of a row is the
organisation's name, however it is spelled; the address of a person tells rows of one organisation apart.
"""
