/* The agenda saves itself: what is changed, moved or added is sent after a moment, one request after the other. The line
   "Add items" keeps the focus: Enter adds what stands in it, Shift and Enter begins another line. htmx does the sending. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-agenda]");
  if (!form || !globalThis.htmx) return;
  const lines = form.querySelector("textarea[name=lines]");
  const said = document.getElementById("agenda-said");
  const MOMENT = 400; // ms
  const AGAIN = 10_000; // ms; where there was no connection

  let waiting; // timer of the next sending
  let pending = ""; // lines to be added with it
  let sent = ""; // lines that are under way
  let busy = false;
  let pressed = null; // a button of the form, while something is under way

  function save(after = MOMENT) {
    clearTimeout(waiting);
    waiting = setTimeout(() => form.dispatchEvent(new Event("agenda:save")), after);
  }

  function add() {
    if (!lines.value.trim()) return;
    pending += `${lines.value}\n`;
    lines.value = "";
    lines.focus();
    save(0);
  }

  function giveBack() {
    lines.value = [sent.trimEnd(), pending.trimEnd(), lines.value].filter(Boolean).join("\n");
    sent = pending = "";
  }

  form.addEventListener("change", (event) => {
    if (!event.target.form) return; // SortableJS, which says that something is being dragged.
    if (event.target === lines || event.target.name?.endsWith("-DELETE")) return; // These wait for a button.
    save();
  });
  form.addEventListener("reordered", () => save());
  lines.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    add();
  });
  form.querySelector("[data-agenda-add]").addEventListener("click", (event) => {
    event.preventDefault();
    add();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || !event.target.matches("input")) return;
    event.preventDefault(); // Enter in a field says "done with it", not "leave the page".
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // The whole form goes by a button: after what is under way, and with the lines that wait.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (busy) {
      event.preventDefault();
      pressed = event.submitter;
      return;
    }
    if (pending) giveBack();
  });
  form.addEventListener("htmx:configRequest", (event) => {
    sent = pending;
    pending = "";
    event.detail.parameters.lines = sent;
  });
  form.addEventListener("htmx:beforeRequest", () => (busy = true));
  form.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr.status;
    busy = false;
    if (pressed) setTimeout(() => form.requestSubmit(pressed)); // After the answer has taken its place.
    if (status >= 200 && status < 300) {
      sent = "";
      return;
    }
    giveBack();
    if (status === 409 || status === 422) return; // The answer says why, and stands below.
    const told = Object.assign(document.createElement("p"), { className: "invalid", textContent: form.dataset.notSent });
    said.replaceChildren(told);
    save(AGAIN);
  });
})();
