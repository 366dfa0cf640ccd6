"""Writes of this app: initiatives, their stages, and the life of each funding."""
