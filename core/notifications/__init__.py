"""What to tell whom: an outbox that every mail of the portal passes. Knows no kind of notification."""
