// <rich-text>: turns the textarea that the server drew into an editor. The textarea stays the form's field: it holds
// the HTML at all times, so that sending the form, autosave and the browser's Back work as with any field.
// Markup, labels and every sentence come from templates/components/rich_text.html.
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { commands } from "./commands.js";
import { canonical, fromPlain, parse, serialize } from "./html.js";
import { editingPlugins } from "./keys.js";
import { LinkDialog } from "./link.js";
import { mentions } from "./mentions.js";
import { cleanPaste } from "./paste.js";
import { Toolbar } from "./toolbar.js";

const CLEAR = { top: 120, right: 0, bottom: 70, left: 0 }; // px

/** A table stays on the sheet: what is wider scrolls inside it. */
function scrollingTable() {
  const dom = Object.assign(document.createElement("div"), { className: "rich-text-table" });
  const table = dom.appendChild(document.createElement("table"));
  const contentDOM = table.appendChild(document.createElement("tbody"));
  return { dom, contentDOM };
}

export class RichText extends HTMLElement {
  connectedCallback() {
    if (this.view) return;
    this.area = this.querySelector("textarea");
    this.live = this.querySelector("[data-live]");
    this.loss = this.querySelector("template[data-loss]");
    this.warning = this.querySelector("[data-loss-warning]");
    this.warning.querySelector("button").addEventListener("click", () => {
      this.warning.hidden = true;
      this.focus();
    });
    this.dialog = new LinkDialog(this.querySelector("dialog"));
    this.toolbar = new Toolbar(
      this.querySelector("[role=toolbar]"),
      (name) => this.#run(name),
      () => this.focus(),
    );
    this.label = this.querySelector(`label[for="${this.area.id}"]`);
    this.label.addEventListener("click", this.#onLabel);
    this.addEventListener("keydown", this.#onKey);
    this.#mountEditor(this.#firstHtml());
    addEventListener("pageshow", this.#onPageShow, { once: true });
  }

  disconnectedCallback() {
    // An element that is only moved comes back at once.
    queueMicrotask(() => {
      if (this.isConnected || !this.view) return;
      this.view.destroy();
      this.view = null;
      this.mount.remove();
      this.area.hidden = false;
      this.label.removeEventListener("click", this.#onLabel);
      this.removeEventListener("keydown", this.#onKey);
    });
  }

  /** The text that the server sent, as this editor would write it. */
  get served() {
    return canonical(this.querySelector("template[data-html]").innerHTML);
  }

  /** The text as HTML; "" when empty. Setting it is one step that can be undone. */
  get value() {
    return serialize(this.view.state.doc);
  }

  set value(html) {
    const { state } = this.view;
    this.view.dispatch(state.tr.replaceWith(0, state.doc.content.size, parse(html).content));
  }

  focus() {
    this.view.focus();
  }

  /** Tell a sentence that the server wrote as data-say-<key>, {name} replaced by values.name. */
  say(key, values = {}) {
    const sentence = this.dataset[`say${key[0].toUpperCase()}${key.slice(1)}`] ?? "";
    this.live.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  /** What a paste or a drop lost, in a message that stays until it is closed; the sentences are the server's. */
  #tellLoss(counts) {
    const sentences = [...this.loss.content.querySelectorAll("li[data-kind]")]
      .filter((item) => counts[item.dataset.kind])
      .map((item) => {
        const count = counts[item.dataset.kind];
        return (count === 1 ? item.dataset.one : item.dataset.many).replace("{count}", count);
      });
    this.#warn(this.dataset.sayLoss, sentences);
  }

  #warn(sentence, details = []) {
    this.warning.hidden = false;
    this.warning.querySelector("strong").textContent = sentence;
    const list = this.warning.querySelector("ul");
    list.hidden = !details.length;
    list.replaceChildren(...details.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    this.live.textContent = [sentence, ...details].join(" ");
  }

  #onLabel = (event) => {
    event.preventDefault();
    this.focus();
  };

  #onKey = (event) => {
    if (!event.altKey || event.key !== "F10") return;
    event.preventDefault();
    this.toolbar.focus();
  };

  /** Some browsers give a field its former text back only now, behind the editor's back. */
  #onPageShow = () => {
    if (this.view && this.area.value !== this.value) this.value = this.area.value;
  };

  /** The server's text, unless the browser gave back what was in the field before (Back, reload). */
  #firstHtml() {
    const format = this.#format();
    if (this.area.value === this.area.defaultValue) return this.querySelector("template[data-html]").innerHTML;
    return format.value === "html" ? this.area.value : fromPlain(this.area.value);
  }

  #format() {
    return this.querySelector("input[name=text_format]");
  }

  #mountEditor(html) {
    this.mount = document.createElement("div");
    this.mount.className = "rich-text-mount";
    this.area.after(this.mount);
    const attributes = {
      id: `${this.area.id}-edit`,
      class: "read rich-text-body",
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": this.label.id,
      spellcheck: "true",
    };
    const describedBy = [this.area.getAttribute("aria-describedby"), this.dataset.hint].filter(Boolean).join(" ");
    if (describedBy) attributes["aria-describedby"] = describedBy;
    if (this.area.ariaInvalid) attributes["aria-invalid"] = this.area.ariaInvalid;
    if (this.area.lang) attributes.lang = this.area.lang;
    this.view = new EditorView(this.mount, {
      state: EditorState.create({ doc: parse(html), plugins: this.#plugins() }),
      attributes,
      nodeViews: { table: scrollingTable },
      // The toolbar above and the line of saving below stay in sight: the caret keeps clear of both.
      scrollThreshold: CLEAR,
      scrollMargin: CLEAR,
      transformPastedHTML: (pasted) => cleanPaste(pasted, (counts) => this.#tellLoss(counts)),
      handlePaste: (view, event) => this.#refuseFiles(event, event.clipboardData),
      handleDrop: (view, event) => this.#refuseFiles(event, event.dataTransfer),
      dispatchTransaction: (transaction) => this.#apply(transaction),
    });
    this.area.hidden = true;
    this.area.value = this.value;
    this.#format().value = "html";
    this.toolbar.update(this.view.state);
  }

  #plugins() {
    const editing = editingPlugins(() => this.dialog.open(this.view));
    if (!this.dataset.mentions) return editing;
    const suggestions = mentions({
      box: this.mount,
      id: this.area.id,
      url: this.dataset.mentions,
      label: this.dataset.sayMentions,
      say: (key, values) => this.say(key, values),
    });
    return [suggestions, ...editing];
  }

  #apply(transaction) {
    this.view.updateState(this.view.state.apply(transaction));
    if (transaction.docChanged) {
      this.area.value = this.value;
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.toolbar.update(this.view.state);
  }

  #run(name) {
    if (name === "link") {
      this.dialog.open(this.view);
      return;
    }
    commands[name](this.view.state, this.view.dispatch, this.view);
    this.view.focus();
  }

  /** A file dropped on the text would else replace the page; pictures have their place among the materials. */
  #refuseFiles(event, data) {
    const onlyFiles = data?.files.length > 0 && !data.types.includes("text/html") && !data.types.includes("text/plain");
    if (!onlyFiles) return false;
    event.preventDefault();
    this.#warn(this.dataset.sayFiles);
    return true;
  }
}
