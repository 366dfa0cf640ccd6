// What a text may hold. The server's allow-list (core/richtext/clean.py) lets the same things through:
// change both together. Tables stand at the top level only, so that a report can print them.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

/** The sign typed before a mention of each kind. */
export const MENTION_SIGNS = { organisation: "@", initiative: "#", veille: "#", session: "#" };

const HREF = /^(https?:|mailto:|\/(?!\/)|#)/i;

const nodes = {
  doc: { content: "block+" },
  paragraph: { content: "inline*", group: "block flow", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
  heading: {
    attrs: { level: { default: 3 } },
    content: "inline*",
    group: "block flow",
    defining: true,
    parseDOM: [
      { tag: "h3", attrs: { level: 3 } },
      { tag: "h4", attrs: { level: 4 } },
    ],
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  blockquote: {
    content: "flow+",
    group: "block flow",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  bullet_list: {
    content: "list_item+",
    group: "block flow",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    attrs: { start: { default: 1 } },
    content: "list_item+",
    group: "block flow",
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: Number(dom.getAttribute("start")) || 1 }) }],
    toDOM: (node) => (node.attrs.start === 1 ? ["ol", 0] : ["ol", { start: node.attrs.start }, 0]),
  },
  list_item: { content: "paragraph flow*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  ...tableNodes({ tableGroup: "block", cellContent: "flow+", cellAttributes: {} }),
  text: { group: "inline" },
  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    leafText: () => "\n",
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  mention: {
    inline: true,
    group: "inline",
    atom: true,
    attrs: { kind: {}, id: {}, label: {} },
    leafText: mentionText,
    parseDOM: [{ tag: "a[data-mention][data-id]", priority: 60, getAttrs: mentionAttrs }],
    // Without an address: the server knows where it leads whoever reads it.
    toDOM: (node) => ["a", { "data-mention": node.attrs.kind, "data-id": node.attrs.id }, mentionText(node)],
  },
};

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => isHref(dom.getAttribute("href")) && { href: dom.getAttribute("href") } }],
    toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
  },
  em: { parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["em", 0] },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  struck: { parseDOM: [{ tag: "s" }, { tag: "strike" }, { tag: "del" }], toDOM: () => ["s", 0] },
  raised: { excludes: "raised lowered", parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
  lowered: { excludes: "raised lowered", parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
};

export const schema = new Schema({ nodes, marks });

/** Whether an address may stand in a link: http, https, mailto, or a path of this portal. */
export function isHref(href) {
  return HREF.test(href);
}

function mentionText(node) {
  return MENTION_SIGNS[node.attrs.kind] + node.attrs.label;
}

function mentionAttrs(dom) {
  const kind = dom.dataset.mention;
  if (!(kind in MENTION_SIGNS)) return false;
  const text = dom.textContent;
  const label = text.startsWith(MENTION_SIGNS[kind]) ? text.slice(1) : text;
  return { kind, id: dom.dataset.id, label };
}
