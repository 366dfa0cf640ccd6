"""What people may ask of what is held about them: a copy, how long it stays, that it be corrected or erased."""
