// The toolbar drawn by the server: clicks, arrow keys, pressed and disabled states.
import { commands, isInTable, pressed } from "./commands.js";

export class Toolbar {
  /**
   * @param {HTMLElement} element role="toolbar" with buttons that carry data-command
   * @param {(name: string) => void} run does a command, or opens the link dialog
   * @param {() => void} leave puts the focus back into the text
   */
  constructor(element, run, leave) {
    this.element = element;
    this.buttons = [...element.querySelectorAll("button[data-command]")];
    this.tableGroup = element.querySelector("[data-in-table]");
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-command]");
      if (!button || button.ariaDisabled === "true") return;
      this.#rove(button);
      run(button.dataset.command);
    });
    element.addEventListener("keydown", (event) => this.#onKey(event, leave));
    element.hidden = false;
  }

  focus() {
    (this.#visible().find((button) => button.tabIndex === 0) ?? this.#visible()[0]).focus();
  }

  /** Show the state of the text: what is on, what is possible. */
  update(state) {
    if (this.tableGroup) this.tableGroup.hidden = !isInTable(state);
    for (const button of this.buttons) {
      const name = button.dataset.command;
      if (name in pressed) button.ariaPressed = String(pressed[name](state));
      if (name === "undo" || name === "redo") button.ariaDisabled = String(!commands[name](state));
    }
    const visible = this.#visible();
    if (visible.filter((button) => button.tabIndex === 0).length !== 1) this.#rove(visible[0]);
  }

  #visible() {
    return this.buttons.filter((button) => !button.closest("[data-in-table]")?.hidden);
  }

  /** One button alone is in the tab order. */
  #rove(current) {
    for (const button of this.buttons) button.tabIndex = button === current ? 0 : -1;
  }

  #onKey(event, leave) {
    if (event.key === "Escape") {
      leave();
      return;
    }
    const visible = this.#visible();
    const count = visible.length;
    const at = visible.indexOf(document.activeElement);
    const next = { ArrowRight: (at + 1) % count, ArrowLeft: (at + count - 1) % count, Home: 0, End: count - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    this.#rove(visible[next]);
    visible[next].focus();
  }
}
