"""What is shown or handed out at a session: files and links with their versions, and what members propose."""
