// Finds the forms to save while one writes, now and in what htmx brings later, and watches over them together.
import { AutosaveForm } from "./form.js";

const LAST_SAVE = 4_000; // ms that a click waits for the last words to be saved

const known = new WeakSet();
let forms = [];

function adopt() {
  forms = present();
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (known.has(form)) continue;
    known.add(form);
    forms.push(new AutosaveForm(form));
  }
}

const present = () => forms.filter(({ form }) => form.isConnected);
const anyDirty = () => present().some((item) => item.dirty);
const flushAll = (options) => Promise.all(present().map((item) => item.flush(options)));

/** Save the last words before the page is left on purpose; whoever cannot be saved is asked by the browser. */
async function saveThen(event, leave) {
  event.preventDefault();
  event.stopPropagation();
  await Promise.race([flushAll(), new Promise((resolve) => setTimeout(resolve, LAST_SAVE))]);
  leave();
}

function onClick(event) {
  const link = event.target.closest?.("a[href]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;
  if (!link || !plain || event.defaultPrevented || !anyDirty()) return;
  const elsewhere = link.target && link.target !== "_self";
  const samePage = link.getAttribute("href").startsWith("#");
  const handled = link.hasAttribute("download") || link.matches("[data-dialog], [hx-get], [hx-post]");
  if (elsewhere || samePage || handled || link.isContentEditable || link.origin !== location.origin) return;
  saveThen(event, () => location.assign(link.href));
}

function onSubmit(event) {
  const form = event.target;
  if (known.has(form) || form.method === "dialog" || !anyDirty()) return;
  const { submitter } = event;
  saveThen(event, () => {
    removeEventListener("submit", onSubmit, true);
    form.requestSubmit(submitter);
    addEventListener("submit", onSubmit, true);
  });
}

export function startAutosave() {
  adopt();
  document.addEventListener("htmx:load", adopt);
  addEventListener("click", onClick, true);
  addEventListener("submit", onSubmit, true);
  addEventListener("online", () => flushAll());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flushAll({ leaving: true });
  });
  addEventListener("beforeunload", (event) => {
    if (anyDirty()) event.preventDefault();
  });
}
