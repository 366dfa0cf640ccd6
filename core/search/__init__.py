"""One index of what the portal holds, down to the paragraph, and the page that searches it.

Knows no word of the domain: each app registers its sources (`core.search.sources`), which say what is written into the
index and, in SQL, what a reader may find of it.
"""
