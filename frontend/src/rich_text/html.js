// Between HTML, plain text and the editor's document.
import { DOMParser as DocParser, DOMSerializer } from "prosemirror-model";
import { schema } from "./schema.js";

const parser = DocParser.fromSchema(schema);
const serializer = DOMSerializer.fromSchema(schema);

/** The document for an HTML text. The text is parsed in a document of its own: nothing in it loads or runs. */
export function parse(html) {
  return parser.parse(new DOMParser().parseFromString(html, "text/html").body);
}

/** The HTML of a document; "" when it holds nothing. */
export function serialize(doc) {
  if (isEmpty(doc)) return "";
  const box = document.createElement("div");
  box.append(serializer.serializeFragment(doc.content));
  box.querySelectorAll("table").forEach(separateHead);
  // The free line below a table is a place to click, no part of the text.
  while (box.lastElementChild?.matches("p:empty")) box.lastElementChild.remove();
  return box.innerHTML;
}

/** The same text as the editor would write it: two texts are equal when their canonical forms are. */
export function canonical(html) {
  return serialize(parse(html));
}

/** Paragraphs at empty lines, breaks at line ends: what the server makes of plain text, list signs apart. */
export function fromPlain(text) {
  const box = document.createElement("div");
  for (const block of text.replace(/\r\n?/g, "\n").split(/\n\s*\n/)) {
    if (!block.trim()) continue;
    const paragraph = document.createElement("p");
    block.trim().split("\n").forEach((line, i) => paragraph.append(...(i ? [document.createElement("br")] : []), line));
    box.append(paragraph);
  }
  return box.innerHTML;
}

/**
 * Both texts in one: mine whole, and the blocks of theirs that mine lacks, each group before the next block that both
 * have. A paragraph changed by both stands twice, mine first, for a person to settle.
 */
export function unite(mine, theirs) {
  const result = blocks(mine);
  let place = 0;
  let waiting = [];
  for (const block of blocks(theirs)) {
    const common = result.indexOf(block, place);
    if (common < 0) {
      if (!result.includes(block)) waiting.push(block);
      continue;
    }
    result.splice(common, 0, ...waiting);
    place = common + waiting.length + 1;
    waiting = [];
  }
  return [...result, ...waiting].join("");
}

function blocks(html) {
  const box = document.createElement("template");
  box.innerHTML = canonical(html);
  return [...box.content.children].map((block) => block.outerHTML);
}

function isEmpty(doc) {
  return !doc.textContent.trim() && doc.childCount === 1 && doc.firstChild.type === schema.nodes.paragraph;
}

// Readers of a page and of a PDF hear column heads only from a <thead>, and only a <thead> is repeated on a new page.
function separateHead(table) {
  const first = table.rows[0];
  if (table.tHead || !first || [...first.cells].some((cell) => cell.tagName !== "TH")) return;
  if ([...first.cells].some((cell) => cell.rowSpan > 1)) return;
  table.createTHead().append(first);
  if (!table.tBodies[0].rows.length) table.tBodies[0].remove();
}
