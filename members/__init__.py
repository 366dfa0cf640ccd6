"""Organisations, their dated memberships, their engineering schemes, and people's dated positions. May import `core`."""
