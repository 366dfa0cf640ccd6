"""Visitors ask to come in; who looks after people accepts, which invites, or refuses with a reason."""
