"""The editor of minutes, their history, and who may read what was published."""
