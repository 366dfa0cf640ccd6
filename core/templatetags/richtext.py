"""Rich text in templates: shown, compared, and as a form field with its editor."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

from core.richtext import clean, from_plain, to_text
from core.richtext.diff import clean_compared, diff
from core.richtext.marks import struck_around
from core.richtext.paragraphs import with_anchors

register = template.Library()


def _struck_aloud(html: str) -> str:
    """Struck words named for screen readers, most of which read <s> as if it were valid."""
    before, after = (f'<span class="visually-hidden">{escape(part)}</span>' for part in struck_around())
    return html.replace("<s>", f"<s>{before}").replace("</s>", f"{after}</s>")


@register.filter
def rich_text(html: str | None, anchors: str = "") -> SafeString:
    """A stored text for a page. Cleaned once more (0.03 ms a kB); a wide table scrolls by itself.

    Stands inside an element of class "read". With `anchors`, which begins their ids, each paragraph can be linked to.
    """
    label = escape(_("Table, scrolls sideways"))
    frame = f'<div class="table-scroll" role="group" tabindex="0" aria-label="{label}"><table>'
    text = clean(html or "")
    text = with_anchors(text, anchors) if anchors else text
    framed = text.replace("<table>", frame).replace("</table>", "</table></div>")
    return mark_safe(_struck_aloud(framed))  # noqa: S308 - clean() let through what its allow-list names


@register.filter
def rich_text_print(html: str | None) -> SafeString:
    """A stored text for paper: cleaned, with nothing around it."""
    return mark_safe(clean(html or ""))  # noqa: S308 - as above


@register.simple_tag
def rich_text_diff(old: str, new: str) -> SafeString:
    """Both versions in one, additions in <ins> and removals in <del>."""
    return mark_safe(_struck_aloud(diff(old, new)))  # noqa: S308 - cleaned after the comparison


@register.filter
def compared_text(html: str) -> SafeString:
    """What `core.richtext.diff` gave, for a page."""
    return mark_safe(_struck_aloud(clean_compared(html)))  # noqa: S308 - cleaned once more


@dataclass(frozen=True)
class Tool:
    """A button of the toolbar. `command` is the name in frontend/src/rich_text/commands.js."""

    command: str
    label: str
    icon: str = ""
    toggles: bool = False


def _with_keys(label: str, keys: str) -> str:
    return format_lazy("{} ({})", label, keys)


TOOLS: tuple[tuple[Tool, ...], ...] = (
    (
        Tool("bold", _with_keys(_("Bold"), "Ctrl+B"), "text-b", toggles=True),
        Tool("italic", _with_keys(_("Italic"), "Ctrl+I"), "text-italic", toggles=True),
        Tool("struck", _("Strike out"), "text-strikethrough", toggles=True),
        Tool("raised", _("Superscript"), "text-superscript", toggles=True),
        Tool("lowered", _("Subscript"), "text-subscript", toggles=True),
    ),
    (
        Tool("heading-3", _("Heading"), "text-h-three", toggles=True),
        Tool("heading-4", _("Small heading"), "text-h-four", toggles=True),
    ),
    (
        Tool("bullet-list", _("Bulleted list"), "list-bullets", toggles=True),
        Tool("ordered-list", _("Numbered list"), "list-numbers", toggles=True),
        Tool("quote", _("Quote"), "quotes", toggles=True),
    ),
    (
        Tool("link", _with_keys(_("Link"), "Ctrl+K"), "link-simple", toggles=True),
        Tool("table", _("Insert a table"), "table"),
    ),
)
MENTION_TOOLS = (
    Tool("mention-organisation", _("Mention an organisation"), "at"),
    Tool("mention-other", _("Mention an initiative, an entry of the watch or a session"), "hash"),
)
HISTORY_TOOLS = (
    Tool("undo", _with_keys(_("Undo"), "Ctrl+Z"), "arrow-u-up-left"),
    Tool("redo", _with_keys(_("Redo"), "Ctrl+Y"), "arrow-u-up-right"),
)
TABLE_TOOLS = (
    Tool("head-row", _("First row as head")),
    Tool("row-after", _("Add a row")),
    Tool("column-after", _("Add a column")),
    Tool("row-delete", _("Delete the row")),
    Tool("column-delete", _("Delete the column")),
    Tool("table-delete", _("Delete the table")),
)


@dataclass(frozen=True)
class Loss:
    """What a paste may leave out, as the Word import says it; {count} is filled in by the browser."""

    kind: str
    one: str
    many: str


def _losses() -> list[Loss]:
    def counted(number: int) -> dict[str, str]:
        return {
            "inserted": ngettext(
                "%(count)s tracked insertion: kept in the text.",
                "%(count)s tracked insertions: kept in the text.",
                number,
            ),
            "deleted": ngettext(
                "%(count)s tracked deletion: left out.", "%(count)s tracked deletions: left out.", number
            ),
            "commented": ngettext("%(count)s comment: left out.", "%(count)s comments: left out.", number),
            "pictures": ngettext(
                "%(count)s picture; add it to the materials.", "%(count)s pictures; add them to the materials.", number
            ),
            "boxes": ngettext("%(count)s text box: left out.", "%(count)s text boxes: left out.", number),
            "hidden": ngettext(
                "%(count)s hidden passage, which nobody saw where it was copied: left out.",
                "%(count)s hidden passages, which nobody saw where they were copied: left out.",
                number,
            ),
            "footnotes": ngettext("%(count)s footnote: left out.", "%(count)s footnotes: left out.", number),
            "equations": f"%(count)s × {pgettext('in a Word document', 'equation')}",
            "objects": f"%(count)s × {pgettext('in a Word document', 'embedded object')}",
        }

    filled = {"count": "{count}"}
    many = counted(2)
    return [Loss(kind, text % filled, many[kind] % filled) for kind, text in counted(1).items()]


@register.inclusion_tag("components/rich_text.html", takes_context=True)
def rich_text_field(
    context: Context,
    *,
    name: str,
    label: str,
    html: str = "",
    text: str | None = None,
    field_id: str = "",
    label_class: str = "form-label",
    help_text: str = "",
    errors: list[str] | None = None,
    rows: int = 16,
    mentions_url: str = "",
    autosave: bool = False,
    saved_template: str = "",
    conflict_template: str = "",
) -> dict[str, object]:
    """A field for a rich text, inside a <form>; the page loads `build/editor.js` and `css/editor.css`.

    Without script it is a textarea with plain text; the hidden field `text_format` tells the server which of
    both it gets ("plain" or "html"), and `core.richtext.from_form` takes either.

    `html` is the stored text. `text` is plain text that was sent and refused, to be corrected; for refused HTML
    hand it over as `html`. `autosave` adds the status line, the offer of an unsaved draft and the place for a
    conflict: `saved_template` and `conflict_template` fill status line and conflict when the page is drawn
    with something to say. The page's context is theirs too, and its `user` owns the drafts kept in the browser.
    """
    field_id = field_id or f"id_{name}"
    groups = TOOLS + ((MENTION_TOOLS,) if mentions_url else ()) + (HISTORY_TOOLS,)
    described_by = [f"{field_id}-help"] * bool(help_text) + [f"{field_id}-error"] * bool(errors)
    return {
        **context.flatten(),
        "name": name,
        "label": label,
        "html": from_plain(text) if text is not None else clean(html),
        "text": to_text(html) if text is None else text,
        "field_id": field_id,
        "label_class": label_class,
        "help_text": help_text,
        "errors": errors,
        "described_by": " ".join(described_by),
        "rows": rows,
        "mentions_url": mentions_url,
        "autosave": autosave,
        "owner": getattr(context.get("user"), "public_id", ""),
        "saved_template": saved_template,
        "conflict_template": conflict_template,
        "tool_groups": groups,
        "losses": _losses(),
        "table_tools": TABLE_TOOLS,
    }
