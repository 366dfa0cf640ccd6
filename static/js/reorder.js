// Orders a list by dragging (SortableJS) and by arrow buttons that keep the focus and say the new place; the number
// fields hold the order that is sent, so that it works without this script too.
"use strict";

for (const list of document.querySelectorAll("[data-reorder]")) {
  const live = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  live.setAttribute("role", "status");
  list.after(live);

  const items = () => [...list.querySelectorAll(":scope > [data-reorder-item]")];
  const number = (item) => item.querySelector("input[name$='-ORDER'], input[data-place]");

  const renumber = () => {
    const all = items();
    for (const [index, item] of all.entries()) {
      const field = item.querySelector("input[name$='-title']");
      const filled = !field || field.value || item.querySelector("input[name$='-id']")?.value;
      number(item).value = filled ? index + 1 : "";
      const [up, down] = item.querySelectorAll("[data-move]");
      up.setAttribute("aria-disabled", String(index === 0));
      down.setAttribute("aria-disabled", String(index === all.length - 1));
    }
  };

  const say = (item) => {
    live.textContent = `${list.dataset.sayMoved} ${items().indexOf(item) + 1}`;
  };

  const button = (direction, label, sign) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet", textContent: sign });
    made.setAttribute("aria-label", label);
    made.dataset.move = direction;
    return made;
  };

  for (const item of items()) {
    const place = item.querySelector("[data-reorder-buttons]");
    place.append(button("-1", list.dataset.sayUp, "↑"), button("1", list.dataset.sayDown, "↓"));
  }

  list.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-move]");
    if (!pressed || pressed.getAttribute("aria-disabled") === "true") return;
    const item = pressed.closest("[data-reorder-item]");
    if (pressed.dataset.move === "-1") item.previousElementSibling.before(item);
    else item.nextElementSibling.after(item);
    renumber();
    pressed.focus();
    say(item);
  });

  globalThis.Sortable?.create(list, {
    animation: 0,
    filter: "input, textarea, select, label, button",
    preventOnFilter: false,
    onEnd: ({ item }) => {
      renumber();
      say(item);
    },
  });
  list.addEventListener("input", (event) => {
    if (event.target.name?.endsWith("-title")) renumber();
  });
  renumber();
}
