"""What touches everyone at once: replacing a person, merging organisations, giving out and erasing what is held of somebody."""
