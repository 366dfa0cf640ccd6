"""What a funder settles for itself."""
