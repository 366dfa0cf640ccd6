"""Somebody leaves an organisation and another person takes over: who, since when, and everything that lies ahead."""
