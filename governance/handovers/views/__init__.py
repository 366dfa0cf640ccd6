"""The page of a handover, its steps, the interim, and its documents."""
