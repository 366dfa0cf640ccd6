"""What a rich text names by a link of its own kind: `<a data-mention="organisation" data-id="12">@Le RAMEAU</a>`.

Stored without an address: the words are those of their day, where they lead is asked when somebody reads them
(`core.search.mentions`). So whatever shows a text as it is stored (paper, Word, mail, comparison) has words and no link.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import escape

_MENTION = re.compile(  # in what `clean` gave: it writes `"` and `>` inside a value as entities
    r'<a(?=[^>]*\sdata-mention="(?P<kind>[a-z-]+)")(?=[^>]*\sdata-id="(?P<id>[A-Za-z0-9_-]+)")[^>]*>(?P<words>.*?)</a>',
    re.DOTALL,
)
_REL = ' rel="noopener noreferrer"'


def key_of(kind: str, identifier: object) -> str:
    """How a mention of an object is written down: "organisation:12"."""
    return f"{kind}:{identifier}"


def is_marked(html: str) -> bool:
    """Whether a text may hold a mention, before it is cleaned."""
    return "data-mention" in html


def mentioned(html: str) -> tuple[str, ...]:
    """The keys of what a cleaned text names, each once, in order."""
    return tuple(dict.fromkeys(_key(found) for found in _MENTION.finditer(html)))


def settled(html: str) -> str:
    """A cleaned text as it is stored: no mention bears an address, whatever was sent; without words it is none."""
    return _MENTION.sub(lambda found: _element(found) if found["words"].strip() else "", html)


def linked(html: str, addresses: Mapping[str, str]) -> str:
    """A cleaned text for one reader: what `addresses` names by its key is a link, of all else the words remain."""

    def shown(found: re.Match[str]) -> str:
        address = addresses.get(_key(found))
        return _element(found, address) if address else found["words"]

    return _MENTION.sub(shown, html)


def found_again(html: str, stored: Collection[str]) -> str:
    """Words of `html`, which came without marks (plain text, Word), that were mentions in the texts `stored` are so again."""
    known: dict[str, str] = {}
    for text in stored:
        for found in _MENTION.finditer(text):
            known.setdefault(found["words"], _element(found))
    if not known:
        return html
    longest_first = sorted(known, key=len, reverse=True)
    wanted = re.compile(
        rf"{_MENTION.pattern}|<[^>]*>|(?<!\w)(?P<again>{'|'.join(map(re.escape, longest_first))})(?!\w)", re.DOTALL
    )
    return wanted.sub(lambda found: known[found["again"]] if found["again"] else found[0], html)


def _key(found: re.Match[str]) -> str:
    return key_of(found["kind"], found["id"])


def _element(found: re.Match[str], address: str = "") -> str:
    href = f' href="{escape(address)}"' if address else ""
    return f'<a{href} data-mention="{found["kind"]}" data-id="{found["id"]}"{_REL}>{found["words"]}</a>'
