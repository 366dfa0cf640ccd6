"""What the page of the search draws: hits with their excerpts, facets with counts, what else was looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, gettext_lazy

from core.partial_dates import PartialDate
from core.search import querysets
from core.search.models import Passage
from core.search.querysets import KIND, YEAR, Chosen
from core.search.sources import groupings, sources

PER_PAGE = 20
MOST_OPTIONS = 8


@dataclass(frozen=True)
class Hit:
    kind: str
    icon: str
    title: str
    url: str
    excerpt: SafeString
    date: PartialDate | None


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool
    disabled: bool = False


@dataclass(frozen=True)
class Facet:
    name: str
    label: Any
    options: list[Option]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """The facets, in the shape of `components/filters.html`."""

    facets: list[Facet]
    carried: list[tuple[str, str]]
    active: int
    clear: str
    search: None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """`corrected` is what was looked for instead, where the words as typed find nothing."""

    text: str
    corrected: str = ""
    found: int = 0
    is_capped: bool = False
    hits: list[Hit] = field(default_factory=list)
    page: Page | None = None
    panel: Panel | None = None


def facet_names() -> tuple[str, ...]:
    return (KIND, YEAR, *groupings())


def results(user: Any, text: str, chosen: Chosen, page: str) -> Results:
    """`chosen` maps each facet to its ticked values. Raises `Http404` for a page that does not exist."""
    if not text:
        return Results(text)
    passages = querysets.readable(user)
    rows, asked, corrected = querysets.ranked(passages, text), text, ""
    if not rows:
        if not querysets.asks_for_something(text):
            return Results(text)
        likest = querysets.corrected(passages, text)
        rows = querysets.ranked(passages, likest) if likest else []
        corrected = likest if rows else ""
        asked = corrected or text
    capped = len(rows) > querysets.MOST
    if capped and any(chosen.values()):
        shown = querysets.ranked(passages, asked, chosen)
    else:
        shown = [row for row in rows if _fits(row, chosen)]
    try:
        drawn = Paginator([row.pk for row in shown[: querysets.MOST]], PER_PAGE).page(page or 1)
    except (PageNotAnInteger, EmptyPage) as error:
        raise Http404(_("This list has no such page.")) from error
    return Results(
        text=text,
        corrected=corrected,
        found=min(len(shown), querysets.MOST),
        is_capped=len(shown) > querysets.MOST,
        hits=[_hit(passage, user) for passage in querysets.quoted(list(drawn.object_list), asked)],
        page=drawn,
        panel=_panel(text, rows, chosen),
    )


def suggestions(user: Any, text: str, most: int = 6) -> list[Hit]:
    """What is found while somebody types: each object once."""
    if not text:
        return []
    found: dict[tuple[str, int], Hit] = {}
    for passage in querysets.begun(querysets.readable(user), text, 4 * most):
        found.setdefault((passage.kind, passage.object_id), _hit(passage, user))
    return list(found.values())[:most]


def _hit(passage: Passage, user: Any) -> Hit:
    source = sources()[passage.kind]
    return Hit(
        kind=str(source.label_of_one),
        icon=source.icon,
        title=passage.title,
        url=place_of(passage, user),
        excerpt=_marked(getattr(passage, "excerpt", "")),
        date=passage.date,
    )


def place_of(passage: Passage, user: Any) -> str:
    """Where `user` reads it."""
    outside = sources()[passage.kind].reads_public(user)
    address = passage.public_address if outside else passage.address
    return f"{address}#{passage.anchor}" if passage.anchor else address


def _marked(excerpt: str) -> SafeString:
    """The excerpt with the words found in <mark>."""
    escaped = escape(excerpt).replace(querysets.MARK_START, "<mark>").replace(querysets.MARK_END, "</mark>")
    escaped = escaped.replace(querysets.LESS_THAN, "&lt;")
    return mark_safe(escaped)  # noqa: S308 - escaped, and <mark> put in after


# --- facets -----------------------------------------------------------------------------------------------------------


def _values(row: querysets.Row, name: str) -> list[str]:
    """What a hit counts as in a facet."""
    if name == KIND:
        return [row.kind]
    if name == YEAR:
        return [row.year] if row.year else []
    return [value for group, _colon, value in (text.partition(":") for text in row.groups) if group == name]


def _fits(row: querysets.Row, chosen: Chosen, *, but: str = "") -> bool:
    return all(
        not wanted or name == but or not set(wanted).isdisjoint(_values(row, name)) for name, wanted in chosen.items()
    )


def _panel(text: str, rows: querysets.Rows, chosen: Chosen) -> Panel:
    facets = [
        _facet(KIND, gettext_lazy("Kind"), rows, chosen, {kind: str(each.label) for kind, each in sources().items()}),
        _facet(YEAR, gettext_lazy("Year"), rows, chosen, None),
    ]
    for name, grouping in groupings().items():
        values = sorted({value for row in rows for value in _values(row, name)} | set(chosen[name]))
        facets.append(_facet(name, grouping.label, rows, chosen, grouping.labels_of(values) if values else {}))
    address = QueryDict(mutable=True)
    address["q"] = text
    return Panel(
        facets=[facet for facet in facets if facet.options],
        carried=[("q", text)],
        active=sum(map(len, chosen.values())),
        clear=f"?{address.urlencode()}",
    )


def _facet(name: str, label: Any, rows: querysets.Rows, chosen: Chosen, labels: Mapping[str, str] | None) -> Facet:
    """Its commonest values, counted under the other facets, and those that are ticked."""
    counts: Counter[str] = Counter()
    for row in rows:
        if _fits(row, chosen, but=name):
            counts.update(set(_values(row, name)))
    ticked = [value for value in chosen[name] if value not in counts]
    by_count = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_OPTIONS]
    options = [
        Option(value, labels[value] if labels is not None else value, count, checked=value in chosen[name])
        for value, count in [*by_count, *((value, 0) for value in ticked)]
        if labels is None or value in labels
    ]
    if labels is None:
        options.sort(key=lambda option: option.value, reverse=True)
    return Facet(name, label, options)
