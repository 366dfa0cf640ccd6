"""Mandates and handovers: answers which organisation may animate the space. May import every app but `portal`."""
