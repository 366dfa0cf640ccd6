"""Word documents: a .docx read as rich text with an account of what was left behind, and rich text written as .docx.

Knows no word of the domain. A file must have passed `core.files.validate_upload` before it is read here.
"""

from .reading import Reading, read
from .traces import Comment, Traces

__all__ = ["Comment", "Reading", "Traces", "read"]
