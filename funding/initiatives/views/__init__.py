"""The list of initiatives, the page of one, and its edition."""
