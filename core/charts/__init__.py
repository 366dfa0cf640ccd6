"""Geometry of charts, maps and the round of seats: pure functions, drawn as SVG by the templates."""
