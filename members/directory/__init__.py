"""The directory of organisations, its filters and files, and the page of each."""
