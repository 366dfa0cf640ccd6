"""Needs that nobody in the space answers: of studies and of initiatives, for the animators."""
