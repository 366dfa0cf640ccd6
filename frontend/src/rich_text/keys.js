// What the keyboard does in the text: shortcuts, lists that begin by "- " or "1. ", headings by "### ".
import { baseKeymap, chainCommands } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { commands, insertBreak } from "./commands.js";
import { schema } from "./schema.js";

const { nodes } = schema;

const rules = inputRules({
  rules: [
    wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
    wrappingInputRule(
      /^(\d{1,4})\.\s$/,
      nodes.ordered_list,
      (match) => ({ start: Number(match[1]) }),
      (match, node) => node.childCount + node.attrs.start === Number(match[1]),
    ),
    textblockTypeInputRule(/^(#{3,4})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
  ],
});

/** @param {() => void} openLink opens the link dialog */
export function editingPlugins(openLink) {
  return [
    rules,
    keymap({
      "Mod-b": commands.bold,
      "Mod-i": commands.italic,
      "Mod-z": undo,
      "Mod-y": redo,
      "Shift-Mod-z": redo,
      "Mod-k": () => {
        openLink();
        return true;
      },
      Enter: splitListItem(nodes.list_item),
      "Shift-Enter": insertBreak,
      // Where neither applies, Tab leaves the field as anywhere else.
      Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.list_item)),
      "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
    }),
    keymap(baseKeymap),
    history(),
    gapCursor(),
    dropCursor({ color: false, class: "drop-cursor" }),
    tableEditing(),
  ];
}
