"""The forms of a page with what a browser would send of each: for tests that send what people send."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse


@dataclass
class PageForm:
    action: str
    method: str
    data: dict[str, list[str]] = field(default_factory=dict)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.text: list[str] | None = None
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag == "form":
            self.open = PageForm((a.get("action") or "").partition("#")[0], (a.get("method") or "get").lower())
            self.forms.append(self.open)
        name = a.get("name") or ""
        if self.open is None or "disabled" in a:
            return
        if tag == "input" and name and a.get("type") not in {"submit", "file", "button"}:
            if a.get("type") not in {"checkbox", "radio"} or "checked" in a:
                self._add(name, a.get("value") or "")
        elif tag == "textarea" and name:
            self.name, self.text = name, []
        elif tag == "select":
            self.name = name
        elif tag == "option" and "selected" in a and self.name:
            self._add(self.name, a.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            self._add(self.name, "".join(self.text).removeprefix("\n"))
            self.text = None
        elif tag == "form":
            self.open = None

    def _add(self, name: str, value: str) -> None:
        assert self.open is not None
        self.open.data.setdefault(name, []).append(value)


def forms_of(response: HttpResponse, address: str) -> list[PageForm]:
    """All forms of the page at `address`; one without an action is sent back there."""
    parser = _Parser()
    parser.feed(response.content.decode())
    for form in parser.forms:
        if not form.action or form.action.startswith("?"):
            form.action = address.partition("?")[0] + form.action if form.action else address
    return parser.forms


def form_to(response: HttpResponse, address: str, action: str | None = None) -> PageForm:
    """The first POST form of the page that goes to `action`, by default the page's own address."""
    wanted = (action or address).partition("?")[0]
    return next(
        form
        for form in forms_of(response, address)
        if form.method == "post" and form.action.partition("?")[0] == wanted
    )
