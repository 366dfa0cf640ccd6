"""Links of entries of the watch: looked at by the clock, and what does not answer shown to who can mend it."""
