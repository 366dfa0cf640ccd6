// The dialog in which one types the address of a link.
import { TextSelection } from "prosemirror-state";
import { isHref, schema } from "./schema.js";

const { link } = schema.marks;

/** What people type, made an address: "www.a.fr" and "a.fr/x" become https, "b@a.fr" mailto; null when it is none. */
export function toHref(text) {
  const value = text.trim();
  if (isHref(value)) return value;
  if (/\s/.test(value)) return null;
  if (/^[^@/:]+@[^@/:]+\.[^@/:]+$/.test(value)) return `mailto:${value}`;
  if (/^[^/:?#]+\.[a-z]{2,}(:\d+)?([/?#]|$)/i.test(value)) return `https://${value}`;
  return null;
}

/** The link around the cursor, or the selection: { from, to, href }. */
function linkRange(state) {
  const { $from, from, to, empty } = state.selection;
  const mark = link.isInSet($from.marks()) || link.isInSet($from.nodeAfter?.marks ?? []);
  if (!mark) return { from, to, href: "" };
  if (!empty) return { from, to, href: mark.attrs.href };
  let start = $from.pos;
  let end = $from.pos;
  $from.parent.forEach((child, offset) => {
    const childStart = $from.start() + offset;
    const childEnd = childStart + child.nodeSize;
    if (!mark.isInSet(child.marks) || childEnd < $from.pos || childStart > $from.pos) return;
    start = Math.min(start, childStart);
    end = Math.max(end, childEnd);
  });
  return { from: start, to: end, href: mark.attrs.href };
}

export class LinkDialog {
  /** @param {HTMLDialogElement} dialog holds an input, an [data-error] text and [data-link] buttons: save, remove, cancel */
  constructor(dialog) {
    this.dialog = dialog;
    this.input = dialog.querySelector("input");
    this.error = dialog.querySelector("[data-error]");
    this.removeButton = dialog.querySelector("[data-link=remove]");
    dialog.addEventListener("click", (event) => {
      const action = event.target.closest("[data-link]")?.dataset.link;
      if (action) this.#act(action);
    });
    // The dialog stands inside the page's form: Enter must not send that form.
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.#act("save");
    });
    dialog.addEventListener("close", () => this.view?.focus());
  }

  open(view) {
    this.view = view;
    this.range = linkRange(view.state);
    this.input.value = this.range.href;
    this.removeButton.hidden = !this.range.href;
    this.#showError(false);
    this.dialog.showModal();
    this.input.select();
  }

  #act(action) {
    if (action === "save" && !this.input.value.trim()) action = "remove";
    if (action === "save") {
      const href = toHref(this.input.value);
      this.#showError(!href);
      if (!href) {
        this.input.focus();
        return;
      }
      this.#save(href);
    } else if (action === "remove") {
      const { from, to } = this.range;
      this.view.dispatch(this.view.state.tr.removeMark(from, to, link));
    }
    this.dialog.close();
  }

  #save(href) {
    const { from, to } = this.range;
    const { tr } = this.view.state;
    if (from === to) {
      tr.insert(from, schema.text(href.replace(/^mailto:/, ""), [link.create({ href })]));
    } else {
      tr.removeMark(from, to, link).addMark(from, to, link.create({ href }));
      tr.setSelection(TextSelection.create(tr.doc, to));
    }
    this.view.dispatch(tr.removeStoredMark(link).scrollIntoView());
  }

  #showError(shown) {
    this.error.hidden = !shown;
    this.input.ariaInvalid = shown ? "true" : null;
  }
}
