"""Entries of the watch: contributed by members, checked by animators, published, ended by the clock."""
