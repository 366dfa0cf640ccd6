"""Inviting people to come in for the first time: one, many at once, by a mail or a link that is handed over."""
