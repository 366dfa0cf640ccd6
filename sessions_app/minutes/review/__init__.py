"""Minutes under review: who is concerned, what they ask for, and how the review ends."""
