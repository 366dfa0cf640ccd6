"""Organisations as people look after them: entering and presenting one, its schemes, its membership of the space."""
