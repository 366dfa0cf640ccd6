"""Initiatives: entered, shared, moved from stage to stage, with their documents."""
