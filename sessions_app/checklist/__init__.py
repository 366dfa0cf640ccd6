"""What has to be done before and after a session, by whom and until when; for the animators."""
