/* A picker for fields that name several speakers: below the field stand the people and organisations that fit what is being
   typed, and as the last choice a new guest by that name. The field stays a line of text, which is what is sent. */
(() => {
  "use strict";

  const known = document.getElementById("known-speakers");
  if (!known) return;
  const MOST = 8;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const names = [...known.options].map((option) => ({ value: option.value, key: plain(option.value) }));

  const list = Object.assign(document.createElement("ul"), { id: "speaker-list", className: "speaker-list", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", known.dataset.label);
  let field = null; // whose list is open
  let active = -1;

  const part = (input) => input.value.slice(0, input.selectionStart).match(/[^;,\n]*$/)[0];

  function open(input) {
    const typed = part(input).trim();
    const key = plain(typed);
    if (key.length < 2) return close();
    const found = names.filter((name) => name.key.includes(key)).slice(0, MOST);
    if (found.some((name) => name.key === key) || typed.includes("(")) return close();
    const choices = found.map((name) => ({ value: name.value, label: name.value }));
    choices.push({ value: `${typed} (${known.dataset.guest})`, label: `${known.dataset.newGuest} : « ${typed} »` });
    list.replaceChildren(
      ...choices.map((choice, index) => {
        const option = Object.assign(document.createElement("li"), { id: `speaker-${index}`, textContent: choice.label });
        option.setAttribute("role", "option");
        option.dataset.value = choice.value;
        return option;
      }),
    );
    field = input;
    input.closest(".field").append(list);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(found.length ? 0 : -1); // A new guest is chosen, never taken.
  }

  function close() {
    list.hidden = true;
    field?.setAttribute("aria-expanded", "false");
    field?.removeAttribute("aria-activedescendant");
    field = null;
  }

  function mark(index) {
    active = index;
    for (const [place, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(place === index));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `speaker-${index}`);
  }

  function take(option) {
    const input = field;
    const end = input.selectionStart;
    const start = end - part(input).length;
    const before = input.value.slice(0, start);
    const after = input.value.slice(end).replace(/^[^;,\n]*[;,]?\s*/, "");
    input.value = `${before}${before && !before.endsWith(" ") ? " " : ""}${option.dataset.value}; ${after}`;
    close();
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const isPicker = (target) => target.matches?.("input[data-speakers]");

  function prepare(input) {
    if (input.getAttribute("role")) return;
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
      input.setAttribute(name, value);
    }
  }

  for (const input of document.querySelectorAll("input[data-speakers]")) prepare(input);
  document.body.append(list);
  document.addEventListener("focusin", ({ target }) => {
    if (isPicker(target)) prepare(target);
    else if (field) close();
  });
  document.addEventListener("input", ({ target }) => isPicker(target) && open(target));
  document.addEventListener("keydown", (event) => {
    if (!field || event.target !== field) return;
    const count = list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark((active + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(list.children[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  }, true);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // The field keeps the focus.
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && field) take(option);
  });
})();
