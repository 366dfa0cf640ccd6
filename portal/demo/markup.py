"""Turns the plain text of `data/sessions/*.md` into the rich text of minutes.

A small subset of Markdown, enough for these files: a section for each agenda item (`## 2`), paragraphs,
`### heading`, `- ` and `1. ` lists, `> ` quotes, `| a | b |` tables whose first row is the head, **strong**
and *emphasis*.
"""

from __future__ import annotations

import html
import re


def sections(text: str) -> dict[int, str]:
    """Agenda number → source text, as the `## n` headings part it."""
    parts = re.split(r"^## (\d+)\s*$", text, flags=re.MULTILINE)
    return {int(number): body.strip() for number, body in zip(parts[1::2], parts[2::2], strict=True)}


def rich_text(source: str) -> str:
    """HTML with the few elements that minutes allow."""
    return "".join(_block(block.splitlines()) for block in re.split(r"\n\s*\n", source.strip()) if block)


def _block(lines: list[str]) -> str:
    first = lines[0]
    if first.startswith("### "):
        return f"<h3>{_inline(first[4:])}</h3>"
    if first.startswith("- "):
        return _list("ul", [line[2:] for line in lines])
    if re.match(r"\d+\. ", first):
        return _list("ol", [line.split(". ", 1)[1] for line in lines])
    if first.startswith("> "):
        return f"<blockquote><p>{_inline(' '.join(line[2:] for line in lines))}</p></blockquote>"
    if first.startswith("|"):
        return _table([[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in lines])
    return f"<p>{_inline(' '.join(lines))}</p>"


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li><p>{_inline(item)}</p></li>' for item in items)}</{tag}>"


def _table(rows: list[list[str]]) -> str:
    head, *body = rows
    lines = [f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in body]
    titles = "".join(f"<th>{_inline(cell)}</th>" for cell in head)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)
