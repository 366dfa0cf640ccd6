// The commands of the toolbar and the keyboard, and what the toolbar shows as pressed or possible.
// A command follows ProseMirror's shape: (state, dispatch) => whether it applies; without dispatch it only answers.
import { chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable, toggleHeaderRow } from "prosemirror-tables";
import { liftTarget } from "prosemirror-transform";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const LISTS = [nodes.bullet_list, nodes.ordered_list];

/** Depth of the innermost ancestor for which `test` holds, 0 for none. */
function depthOf(state, test) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if (test($from.node(depth))) return depth;
  return 0;
}

const inHeading = (state, level) => depthOf(state, (node) => node.type === nodes.heading && node.attrs.level === level);
const inQuote = (state) => depthOf(state, (node) => node.type === nodes.blockquote);

function listType(state) {
  const depth = depthOf(state, (node) => LISTS.includes(node.type));
  return depth ? state.selection.$from.node(depth).type : null;
}

/** Whether the selection, or what is typed next, carries the mark. */
export function hasMark(state, type) {
  const { from, to, $from, empty } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

/** Into a list, out of it, or from one kind of list to the other. */
function toggleList(type) {
  return (state, dispatch) => {
    const depth = depthOf(state, (node) => LISTS.includes(node.type));
    if (!depth) return wrapInList(type)(state, dispatch);
    const { $from } = state.selection;
    if ($from.node(depth).type === type) return liftListItem(nodes.list_item)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup($from.before(depth), type));
    return true;
  };
}

function toggleHeading(level) {
  return (state, dispatch) => {
    const command = inHeading(state, level) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level });
    return command(state, dispatch);
  };
}

function toggleQuote(state, dispatch) {
  if (!inQuote(state)) return wrapIn(nodes.blockquote)(state, dispatch);
  const { $from, $to } = state.selection;
  const range = $from.blockRange($to, (node) => node.type === nodes.blockquote);
  const target = range && liftTarget(range);
  if (target === null || target === undefined) return false;
  dispatch?.(state.tr.lift(range, target).scrollIntoView());
  return true;
}

/** Three by three with a head row; the cursor goes to the first cell, a line stays free below. */
function insertTable(state, dispatch) {
  if (depthOf(state, (node) => node.type === nodes.table)) return false;
  if (dispatch) {
    const row = (cell) => nodes.table_row.create(null, Array.from({ length: 3 }, () => cell.createAndFill()));
    const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
    const tr = state.tr.replaceSelectionWith(table);
    let start = 0;
    tr.doc.descendants((node, pos) => {
      if (node === table) start = pos;
      return node.type !== nodes.table;
    });
    const end = start + table.nodeSize;
    if (end >= tr.doc.content.size) tr.insert(end, nodes.paragraph.create());
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(start + 1))).scrollIntoView());
  }
  return true;
}

/** Types the sign that opens the list of suggestions. */
function startMention(sign) {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const before = $from.parent.textBetween(0, $from.parentOffset, null, " ");
    dispatch?.(state.tr.insertText((before && !/[\s(«\u00a0]$/.test(before) ? " " : "") + sign));
    return true;
  };
}

export const insertBreak = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

/** By the name in `data-command` of a toolbar button. "link" is the link dialog's (link.js). */
export const commands = {
  bold: toggleMark(marks.strong),
  italic: toggleMark(marks.em),
  struck: toggleMark(marks.struck),
  raised: toggleMark(marks.raised),
  lowered: toggleMark(marks.lowered),
  "heading-3": toggleHeading(3),
  "heading-4": toggleHeading(4),
  "bullet-list": toggleList(nodes.bullet_list),
  "ordered-list": toggleList(nodes.ordered_list),
  quote: toggleQuote,
  table: insertTable,
  "head-row": toggleHeaderRow,
  "row-after": addRowAfter,
  "column-after": addColumnAfter,
  "row-delete": deleteRow,
  "column-delete": deleteColumn,
  "table-delete": deleteTable,
  "mention-organisation": startMention("@"),
  "mention-other": startMention("#"),
  undo,
  redo,
};

/** Buttons that are either on or off, and when they are on. */
export const pressed = {
  bold: (state) => hasMark(state, marks.strong),
  italic: (state) => hasMark(state, marks.em),
  struck: (state) => hasMark(state, marks.struck),
  raised: (state) => hasMark(state, marks.raised),
  lowered: (state) => hasMark(state, marks.lowered),
  link: (state) => hasMark(state, marks.link),
  "heading-3": (state) => Boolean(inHeading(state, 3)),
  "heading-4": (state) => Boolean(inHeading(state, 4)),
  "bullet-list": (state) => listType(state) === nodes.bullet_list,
  "ordered-list": (state) => listType(state) === nodes.ordered_list,
  quote: (state) => Boolean(inQuote(state)),
};

export { isInTable };
