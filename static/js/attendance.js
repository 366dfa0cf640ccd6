/* The attendance form by keyboard. In a row, a letter chooses its presence (the label's data-key); the arrows up and
   down lead to the same field of the neighbouring row; Enter in a text field goes on to the next row. Saving is
   htmx's work, on every change. */
(() => {
  "use strict";

  const ROW = "[data-attendance-row]";

  function choose(row, key) {
    const label = row.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const radio = label?.querySelector("input[type=radio]");
    if (!radio) return false;
    radio.focus();
    if (!radio.checked) {
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return true;
  }

  function beside(row, step) {
    let other = row;
    do other = step > 0 ? other.nextElementSibling : other.previousElementSibling;
    while (other && !other.matches(ROW));
    return other;
  }

  function move(row, field, step) {
    const other = beside(row, step);
    if (!other) return;
    const same = field.type === "radio" ? other.querySelector("input[type=radio]:checked") : other.querySelector(`[name="${field.name}"]`);
    (same ?? other.querySelector("input")).focus();
    other.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    const row = field.closest?.(ROW);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const isText = field.matches("input[type=text]");
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (field.list && field.value) return; // the list of names is open
      event.preventDefault();
      move(row, field, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && isText) {
      event.preventDefault();
      if (beside(row, 1)) move(row, field, 1); // leaving the field tells of its change
      else field.blur();
    } else if (!isText && event.key.length === 1 && choose(row, event.key.toLowerCase())) {
      event.preventDefault();
    }
  });
})();
