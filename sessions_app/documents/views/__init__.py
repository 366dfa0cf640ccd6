"""The report of a session and the record of its decisions, asked for and fetched."""
