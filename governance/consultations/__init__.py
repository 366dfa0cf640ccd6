"""Consulting the members: one voice an organisation, by its people or by a proxy, counted by one pure function."""
