"""The handover: its table of legal moves, one service for each, and what each one brings about."""
