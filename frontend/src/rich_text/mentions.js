// Suggestions while one types @ (organisation) or # (initiative, entry of the watch, session): a list box that the text
// field controls. Active only where the server names an address for suggestions (data-mentions).
import { Plugin } from "prosemirror-state";
import { schema } from "./schema.js";

const DELAY = 150; // ms of rest before the server is asked
// A sign at the beginning of a word, and at most five words behind it.
const WORD = "[\\p{L}\\d][\\p{L}\\d’'.&\\-]*";
const TRIGGER = new RegExp(`(?:^|[\\s(«])([@#])(${WORD}(?: ${WORD}){0,4} ?)$`, "u");
const PATIENCE = 2; // questions without an answer after which the sign is a sign

/**
 * @param {object} host
 * @param {HTMLElement} host.box element to place the list in
 * @param {string} host.id prefix for ids
 * @param {string} host.url answers ?signe=@&q=… with {results: [{kind, id, label, note}]}
 * @param {string} host.label accessible name of the list
 * @param {(key: string, values?: object) => void} host.say tells a status message
 */
export function mentions({ box, id, url, label, say }) {
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = `${id}-mentions`;
  list.role = "listbox";
  list.ariaLabel = label;
  list.hidden = true;
  box.append(list);

  let query = null; // { sign, text, from, to } of the mention being typed
  let items = [];
  let index = 0;
  let timer;
  let asked = 0; // number of the last question: an older answer that comes late is dropped
  let left = null; // place of the sign that was closed by Escape, or behind which nothing is found
  let misses = 0; // questions in a row without an answer

  function hide(view) {
    items = [];
    list.hidden = true;
    view.dom.removeAttribute("aria-activedescendant");
    view.dom.removeAttribute("aria-controls");
  }

  function close(view) {
    query = null;
    misses = 0;
    clearTimeout(timer);
    asked += 1;
    hide(view);
  }

  function choose(view, item) {
    const mention = schema.nodes.mention.create({ kind: item.kind, id: item.id, label: item.label });
    view.dispatch(view.state.tr.replaceWith(query.from, query.to, [mention, schema.text(" ")]));
    close(view);
    view.focus();
    say("chosen", { label: item.label });
  }

  function optionOf(view, item, i) {
    const option = document.createElement("li");
    option.id = `${list.id}-${i}`;
    option.role = "option";
    const note = Object.assign(document.createElement("span"), { className: "note", textContent: item.note });
    option.append(Object.assign(document.createElement("span"), { textContent: item.label }), " ", note);
    option.ariaSelected = String(i === index);
    option.addEventListener("mousedown", (event) => {
      event.preventDefault(); // keeps the focus in the text
      choose(view, item);
    });
    return option;
  }

  function draw(view) {
    list.replaceChildren(...items.map((item, i) => optionOf(view, item, i)));
    list.hidden = false;
    const cursor = view.coordsAtPos(query.from);
    const frame = box.getBoundingClientRect();
    list.style.left = `${Math.max(0, Math.min(cursor.left - frame.left, frame.width - list.offsetWidth))}px`;
    list.style.top = `${cursor.bottom - frame.top}px`;
    list.children[index].scrollIntoView({ block: "nearest" });
    view.dom.setAttribute("aria-controls", list.id);
    view.dom.setAttribute("aria-activedescendant", `${list.id}-${index}`);
  }

  async function ask(view) {
    const number = ++asked;
    const search = new URLSearchParams({ signe: query.sign, q: query.text });
    let results = [];
    try {
      const response = await fetch(`${url}?${search}`, { headers: { Accept: "application/json" } });
      if (response.ok) ({ results } = await response.json());
    } catch {
      // Without a network there are no suggestions; what was typed stays plain text.
    }
    if (number !== asked || !query) return;
    items = results;
    index = 0;
    if (items.length) {
      misses = 0;
      draw(view);
      say("suggestions", { count: items.length });
      return;
    }
    hide(view);
    misses += 1;
    if (misses === 1) say("noSuggestions");
    if (misses >= PATIENCE && query.text.includes(" ")) left = query.from;
  }

  function follow(view) {
    const { $from, empty } = view.state.selection;
    const before = empty ? $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc") : "";
    const found = TRIGGER.exec(before);
    if (!found) {
      if (query) close(view);
      left = null;
      return;
    }
    const [, sign, text] = found;
    const from = $from.pos - text.length - 1;
    if (from === left) {
      if (query) close(view);
      return;
    }
    left = null;
    if (query && query.text === text && query.from === from) return;
    if (query?.from !== from) misses = 0;
    query = { sign, text, from, to: $from.pos };
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY, view);
  }

  function onKey(view, event) {
    if (!query || !items.length || event.isComposing) return false;
    const count = items.length;
    switch (event.key) {
      case "ArrowDown":
        index = (index + 1) % count;
        break;
      case "ArrowUp":
        index = (index + count - 1) % count;
        break;
      case "Enter":
      case "Tab":
        choose(view, items[index]);
        return true;
      case "Escape":
        left = query.from;
        close(view);
        return true;
      default:
        return false;
    }
    draw(view);
    return true;
  }

  return new Plugin({
    view: () => ({
      update: follow,
      destroy() {
        clearTimeout(timer);
        list.remove();
      },
    }),
    props: {
      attributes: { "aria-autocomplete": "list" },
      handleKeyDown: onKey,
      handleDOMEvents: {
        blur(view) {
          close(view);
          return false;
        },
      },
    },
  });
}
