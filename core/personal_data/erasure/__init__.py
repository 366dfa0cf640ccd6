"""Erasing a person: shown before, done in one transaction, noted in a journal that outlives a restore."""
