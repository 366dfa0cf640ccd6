"""The page of a consultation, and giving a position."""
