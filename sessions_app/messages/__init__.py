"""What the animators write to the members about a session: invitations, reminders, letters."""
