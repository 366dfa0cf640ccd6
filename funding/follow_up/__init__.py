"""What becomes of an initiative: contacts, updates, indicators, reminders."""
