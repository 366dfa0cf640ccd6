"""The start of a real space: its first administrator, and the steps that lead from nothing to a first session."""
