"""The text of files that people sent (PDF, ODF, OOXML), read once by a job and kept, so that the search finds it.

Knows no domain: each app says by `registry.register` which files are to be read; who may find their text is said by its
sources of the search. `program` reads, as a process of its own within limits; `reading` starts it.
"""
