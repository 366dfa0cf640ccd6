// Word and LibreOffice paste, cleaned before ProseMirror parses it. Word keeps lists and weights in style
// attributes and conditional comments; parsed as they are, they raise CSP reports and the lists are lost.

/**
 * @param {string} html what the clipboard holds
 * @param {(counts: Object<string, number>) => void} [onLoss] told how many of each kind were settled or left out
 * @returns {string} HTML without a style attribute, its lists as lists
 */
export function cleanPaste(html, onLoss) {
  const doc = new DOMParser().parseFromString(disarm(html), "text/html");
  // What our own pages say to screen readers only, in the editor's words again.
  all(doc, ".visually-hidden").forEach((element) => element.remove());
  const counts = { ...settleTrackedChanges(doc), ...leaveOut(doc), footnotes: dropDeadNotes(doc) };
  counts.hidden = dropHidden(doc, html);
  styleToMarks(doc, html);
  shiftHeadings(doc);
  rebuildLists(doc);
  layoutTables(doc);
  dropEmptyLines(doc);
  if (Object.values(counts).some(Boolean)) onLoss?.(counts);
  return doc.body.innerHTML;
}

const all = (doc, selector) => [...doc.body.querySelectorAll(selector)];

const KINDS = { img: "pictures", picture: "pictures", svg: "pictures", math: "equations" };

/**
 * As text, before anything parses it: no style sheet, script or comment, style as data-style, no handler.
 * Pictures and the like give way to an empty <i data-left-out>, so that they are counted and nothing is fetched.
 */
function disarm(html) {
  return html
    .replace(/<(style|script|xml)\b[\s\S]*?<\/\1>|<link\b[^>]*>/gi, "")
    .replace(/<!\[(end)?if[^\]]*\]>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(
      /<(svg|math|video|audio|object|iframe|canvas)\b[\s\S]*?<\/\1>|<(img|object|iframe|embed)\b(?:"[^"]*"|'[^']*'|[^'">])*>/gi,
      (tag, holder, alone) => {
        const box = /\salt=["']?(zone de texte|text box)/i.test(tag);
        const kind = box ? "boxes" : (KINDS[(holder || alone).toLowerCase()] ?? "objects");
        return `<i data-left-out="${kind}"></i>`;
      },
    )
    .replace(/<[a-z][^\s>]*[\s/](?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) =>
      tag.replace(/([\s/"'])(style|on\w+|width|height|bgcolor|align|border)(\s*=)/gi, "$1data-$2$3"),
    );
}

/** Insertions accepted, deletions and comments dropped; how many of each. A <del> of no author is struck text. */
function settleTrackedChanges(doc) {
  const comments = all(doc, "span.MsoCommentReference, [data-style*='mso-element:comment']");
  const deleted = all(doc, "del[cite], del[datetime], .msoDel");
  const kept = all(doc, "ins, .msoIns");
  [...comments, ...deleted].forEach((element) => element.remove());
  kept.forEach((element) => element.replaceWith(...element.childNodes));
  const outer = (elements) => elements.filter((element) => !element.parentElement?.closest("del, .msoDel")).length;
  return {
    inserted: kept.filter((element) => element.matches("[cite], [datetime], .msoIns")).length,
    deleted: outer(deleted),
    commented: comments.filter((element) => element.matches(".MsoCommentReference")).length || Math.sign(comments.length),
  };
}

/** How many pictures, objects, equations and text boxes there were; the picture of a list's bullet is none. */
function leaveOut(doc) {
  const counts = { pictures: 0, objects: 0, equations: 0, boxes: 0 };
  for (const element of all(doc, "[data-left-out]")) {
    if (!isInMark(element)) counts[element.dataset.leftOut] += 1;
    element.remove();
  }
  return counts;
}

const isInMark = (element) => {
  for (let each = element; each; each = each.parentElement) if (each.dataset.style && isListMark(each)) return true;
  return false;
};

const NOTE = /^#(_ftn|_edn|_ftnref|_ednref|ftnt|ftnt_ref|sdfootnote|sdendnote)\w*$/i;

/** Marks of notes lead nowhere here and stay as words; how many have lost their note, which the clipboard lacks. */
function dropDeadNotes(doc) {
  const names = new Set(all(doc, "[id], [name]").flatMap((each) => [each.id, each.getAttribute("name")]));
  const marks = all(doc, "a[href^='#']").filter((link) => NOTE.test(link.getAttribute("href")));
  const lost = marks.filter((link) => !names.has(link.getAttribute("href").slice(1))).length;
  marks.forEach((link) => link.replaceWith(...link.childNodes));
  return lost;
}

const HIDDEN = /(?:^|[;{\s])(?:mso-hide:\s*all|display:\s*none|visibility:\s*hidden)/i;

/** What nobody saw where it was copied (Word's hidden text, a page's folded parts) stays out; how many such passages. */
function dropHidden(doc, html) {
  const byClass = classesWith(html, HIDDEN).flatMap((name) => all(doc, `.${CSS.escape(name)}`));
  const byStyle = all(doc, "[data-style]").filter((element) => HIDDEN.test(element.dataset.style));
  const found = new Set([...byClass, ...byStyle, ...all(doc, "[hidden]")]);
  const outer = [...found].filter((element) => ![...found].some((other) => other !== element && other.contains(element)));
  const passages = outer.filter((element) => element.textContent.trim() && !isInMark(element));
  outer.forEach((element) => element.remove());
  return passages.length;
}

// What strikes out, raises or lowers words, in a style attribute or a rule of Word's style sheet.
const LOOKS = [
  [/(?:^|[;{\s])(?:text-decoration(?:-line)?:[^;}]*line-through|text-line-through:\s*(?:single|double))/i, "s"],
  [/(?:^|[;{\s])vertical-align:\s*super/i, "sup"],
  [/(?:^|[;{\s])vertical-align:\s*sub/i, "sub"],
];

function styleToMarks(doc, html) {
  looksOfClasses(html).forEach(([name, mark]) => {
    for (const element of all(doc, `.${CSS.escape(name)}`)) if (!isInMark(element)) wrapContent(doc, element, mark);
  });
  for (const element of all(doc, "[data-style]")) {
    if (isInMark(element)) continue;
    for (const [pattern, name] of LOOKS) {
      if (pattern.test(element.dataset.style) && !element.matches(name)) wrapContent(doc, element, name);
    }
  }
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

/** The classes that the clipboard's own style sheet gives such a look: Word writes a style of its user so. */
function looksOfClasses(html) {
  // The marks of notes stand in line, as in the import of a document.
  return LOOKS.flatMap(([pattern, mark]) =>
    classesWith(html, pattern)
      .filter((name) => !/^Mso(Foot|End)note/i.test(name))
      .map((name) => [name, mark]),
  );
}

/** The classes whose rule in the clipboard's own style sheet matches `pattern`. */
function classesWith(html, pattern) {
  const names = [];
  for (const [, sheet] of html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi)) {
    for (const [, selectors, body] of sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      if (pattern.test(body)) names.push(...[...selectors.matchAll(/\.([\w\u00c0-\uffff-]+)/g)].map(([, name]) => name));
    }
  }
  return names;
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
