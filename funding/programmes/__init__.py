"""Programmes, what they committed themselves to, and how far that is true."""
