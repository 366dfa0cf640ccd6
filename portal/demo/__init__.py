"""Demonstration data: one fictional year-by-year life of the space, loaded by `manage.py load_demo`.

The data stands in `data/` as files that people can read and correct; `docs/sources.md` says which of it is
public fact. Modules `load_<part>.py` write one part each; `loader.PARTS` names them in their order.
"""
