"""Corrections that members propose to an entry that is out, and what the animators answer."""
