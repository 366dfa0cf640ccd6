"""Preparing a session: creating and editing it, its agenda, and its moves from draft to closed."""
