// Word and LibreOffice paste, cleaned before ProseMirror parses it. Word keeps lists and weights in style
// attributes and conditional comments; parsed as they are, they raise CSP reports and the lists are lost.

/**
 * @param {string} html what the clipboard holds
 * @param {() => void} [onTracked] called when tracked changes or comments were settled or dropped
 * @returns {string} HTML without a style attribute, its lists as lists
 */
export function cleanPaste(html, onTracked) {
  const doc = new DOMParser().parseFromString(disarm(html), "text/html");
  const tracked = settleTrackedChanges(doc);
  styleToMarks(doc);
  shiftHeadings(doc);
  rebuildLists(doc);
  layoutTables(doc);
  dropEmptyLines(doc);
  if (tracked) onTracked?.();
  return doc.body.innerHTML;
}

const all = (doc, selector) => [...doc.body.querySelectorAll(selector)];

/** As text, before anything parses it: no style sheet, script or comment, style as data-style, no handler. */
function disarm(html) {
  return html
    .replace(/<(style|script|xml|svg|math)\b[\s\S]*?<\/\1>|<(img|link|iframe|object|embed)\b[^>]*>/gi, "")
    .replace(/<!\[(end)?if[^\]]*\]>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<[a-z][^\s>]*[\s/](?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) =>
      tag.replace(/([\s/"'])(style|on\w+|width|height|bgcolor|align|border)(\s*=)/gi, "$1data-$2$3"),
    );
}

/** Insertions accepted, deletions and comments dropped; whether there were any. */
function settleTrackedChanges(doc) {
  const gone = all(doc, "del, .msoDel, span.MsoCommentReference, [data-style*='mso-element:comment']");
  const kept = all(doc, "ins, .msoIns");
  gone.forEach((element) => element.remove());
  kept.forEach((element) => element.replaceWith(...element.childNodes));
  return gone.length + kept.length > 0;
}

function styleToMarks(doc) {
  const marks = [
    [/(?:^|;)\s*font-weight:\s*(bold|[6-9]00)/i, "strong"],
    [/(?:^|;)\s*font-style:\s*italic/i, "em"],
  ];
  for (const span of all(doc, "span[data-style]")) {
    if (isListMark(span)) continue;
    for (const [pattern, name] of marks) {
      if (pattern.test(span.dataset.style)) wrapContent(doc, span, name);
    }
  }
  // A text copied from Google Docs comes inside <b style="font-weight:normal">.
  for (const bold of all(doc, "b[data-style]")) {
    if (/(?:^|;)\s*font-weight:\s*(normal|400)/i.test(bold.dataset.style)) bold.replaceWith(...bold.childNodes);
  }
}

function wrapContent(doc, element, name) {
  const wrapper = doc.createElement(name);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

/** The page has h1 and h2 of its own: the text's highest headings become h3, all others h4. */
function shiftHeadings(doc) {
  const hasTop = all(doc, "h1, h2").length > 0;
  for (const heading of all(doc, "h1, h2, h3, h4, h5, h6")) {
    const level = Number(heading.tagName[1]);
    const top = level <= 2 || (level === 3 && !hasTop);
    const shifted = doc.createElement(top ? "h3" : "h4");
    shifted.append(...heading.childNodes);
    heading.replaceWith(shifted);
  }
}

const isListMark = (element) => /mso-list:\s*Ignore/i.test(element.dataset.style);

/** Word writes a list item as a paragraph whose style names list and level, its number or bullet as text. */
function rebuildLists(doc) {
  let open = []; // The lists around the present paragraph, outermost first: { element, level, id }
  for (const paragraph of all(doc, "p")) {
    const found = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(paragraph.dataset.style || "");
    if (!found) {
      if (paragraph.parentNode === doc.body) open = [];
      continue;
    }
    const [, id, levelText] = found;
    const level = Number(levelText);
    const mark = [...paragraph.querySelectorAll("[data-style]")].find(isListMark);
    const ordered = /^\s*(\d+|[a-z]|[ivx]+)[.)]/i.test(mark?.textContent ?? "");
    mark?.remove();
    const interrupted = open.length > 0 && paragraph.previousElementSibling !== open[0].element;
    const another = open.length > 0 && open.at(-1).id !== id && level === 1;
    if (interrupted || another) open = [];
    open = open.filter((list) => list.level <= level);
    if (!open.length || open.at(-1).level < level) {
      const element = doc.createElement(ordered ? "ol" : "ul");
      const start = ordered && /^\s*(\d+)/.exec(mark.textContent);
      if (start && Number(start[1]) > 1) element.setAttribute("start", start[1]);
      const above = open.at(-1)?.element.lastElementChild;
      if (above) above.append(element);
      else paragraph.before(element);
      open.push({ element, level, id });
    }
    const item = doc.createElement("li");
    open.at(-1).element.append(item);
    item.append(paragraph);
  }
}

/** Tables that only place things (mail signatures, one cell) give way to what they hold. */
function layoutTables(doc) {
  for (const table of all(doc, "table")) {
    const cells = [...table.querySelectorAll("td, th")];
    if (cells.length === 1) table.replaceWith(...cells[0].childNodes);
  }
}

/** Empty paragraphs and breaks that only make room: the page makes room by itself. */
function dropEmptyLines(doc) {
  for (const paragraph of all(doc, "p")) {
    if (!paragraph.textContent.trim() && !paragraph.closest("td, th, li")) paragraph.remove();
  }
  const blocks = "p, ul, ol, table, blockquote, h3, h4";
  for (const br of all(doc, "br")) {
    if (br.previousElementSibling?.matches(blocks) || br.nextElementSibling?.matches(blocks)) br.remove();
  }
}
