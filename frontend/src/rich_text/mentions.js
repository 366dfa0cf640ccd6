// Suggestions while one types @ (organisation) or # (initiative): a list box that the text field controls.
// Active only where the server names an address for suggestions (data-mentions).
import { Plugin } from "prosemirror-state";
import { schema } from "./schema.js";

const DELAY = 150; // ms of rest before the server is asked
const KINDS = { "@": "organisation", "#": "initiative" };
const TRIGGER = /(?:^|[\s(«\u00a0])([@#])([\p{L}\d’'-]{1,30})$/u;

/**
 * @param {object} host
 * @param {HTMLElement} host.box element to place the list in
 * @param {string} host.id prefix for ids
 * @param {string} host.url answers ?genre=organisation|initiative&q=… with {results: [{id, label, href}]}
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

  let query = null; // { kind, text, from, to } of the mention being typed
  let items = [];
  let index = 0;
  let timer;
  let asked = 0; // number of the last question: an older answer that comes late is dropped

  function close(view) {
    query = null;
    items = [];
    list.hidden = true;
    clearTimeout(timer);
    asked += 1;
    view.dom.removeAttribute("aria-activedescendant");
    view.dom.removeAttribute("aria-controls");
  }

  function choose(view, item) {
    const mention = schema.nodes.mention.create({ kind: query.kind, id: String(item.id), label: item.label, href: item.href });
    view.dispatch(view.state.tr.replaceWith(query.from, query.to, [mention, schema.text(" ")]));
    close(view);
    view.focus();
  }

  function draw(view) {
    list.replaceChildren(
      ...items.map((item, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.role = "option";
        option.textContent = item.label;
        option.ariaSelected = String(i === index);
        option.addEventListener("mousedown", (event) => {
          event.preventDefault(); // keeps the focus in the text
          choose(view, item);
        });
        return option;
      }),
    );
    list.hidden = !items.length;
    if (!items.length) {
      view.dom.removeAttribute("aria-activedescendant");
      view.dom.removeAttribute("aria-controls");
      return;
    }
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
    const search = new URLSearchParams({ genre: query.kind, q: query.text });
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
    draw(view);
    say(items.length ? "suggestions" : "noSuggestions", { count: items.length });
  }

  function follow(view) {
    const { $from, empty } = view.state.selection;
    const before = empty ? $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc") : "";
    const found = TRIGGER.exec(before);
    if (!found) {
      if (query) close(view);
      return;
    }
    const [, sign, text] = found;
    const from = $from.pos - text.length - 1;
    if (query && query.text === text && query.from === from) return;
    query = { kind: KINDS[sign], text, from, to: $from.pos };
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY, view);
  }

  function onKey(view, event) {
    if (!query || !items.length) return false;
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
