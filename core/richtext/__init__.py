"""Rich text: what a person may write in minutes, made safe, read as text, compared.

A rich text is a short HTML string (`clean` says which). It is stored clean and cleaned again where it is shown.
Knows no model and no domain word; may import Django and the libraries only.
"""

from .clean import clean
from .intake import HTML, MAX_BYTES, RichTextTooDeep, RichTextTooLong, from_form, from_plain
from .text import is_empty, to_text, word_count

__all__ = [
    "HTML",
    "MAX_BYTES",
    "RichTextTooDeep",
    "RichTextTooLong",
    "clean",
    "from_form",
    "from_plain",
    "is_empty",
    "to_text",
    "word_count",
]
