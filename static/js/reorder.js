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
      if (!item.querySelector("[data-move]")) addButtons(item);
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

  const addButtons = (item) => {
    const place = item.querySelector("[data-reorder-buttons]");
    place.append(button("-1", list.dataset.sayUp, "↑"), button("1", list.dataset.sayDown, "↓"));
  };

  const moved = (item) => {
    renumber();
    say(item);
    list.dispatchEvent(new Event("reordered", { bubbles: true }));
  };

  list.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-move]");
    if (!pressed || pressed.getAttribute("aria-disabled") === "true") return;
    const item = pressed.closest("[data-reorder-item]");
    if (pressed.dataset.move === "-1") item.previousElementSibling.before(item);
    else item.nextElementSibling.after(item);
    pressed.focus();
    moved(item);
  });

  globalThis.Sortable?.create(list, {
    animation: 0,
    filter: "input, textarea, select, label, button",
    preventOnFilter: false,
    onEnd: ({ item }) => moved(item),
  });
  list.addEventListener("input", (event) => {
    if (event.target.name?.endsWith("-title")) renumber();
  });
  // Items that were added on the page get their buttons and their number, too.
  new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some((node) => node.matches?.("[data-reorder-item]") && !node.querySelector("[data-move]")))) renumber();
  }).observe(list, { childList: true });
  renumber();
}
