/* The agenda saves itself: what is changed, moved or added is sent after a moment, one request after the other. The line
   "Add items" keeps the focus: Enter adds what stands in it, Shift and Enter begins another line. htmx does the sending.
   Nothing typed is lost: what is refused is given back, what got no answer goes again word for word, so that the server
   knows it, and who leaves before all is saved is waited for, or asked. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-agenda]");
  if (!form || !globalThis.htmx) return;
  const lines = form.querySelector("textarea[name=lines]");
  const said = document.getElementById("agenda-said");
  const MOMENT = 400; // ms
  const AGAIN = 10_000; // ms; where there was no connection

  let waiting; // timer of the next sending
  let touched = false; // something of the rows is not sent yet
  let pending = ""; // lines to be added with the next sending
  let sent = ""; // lines that are under way
  let body = null; // what is under way, or got no answer: then it goes again first
  let isAgain = false; // what is under way went before
  let givenBack = ""; // lines of what got no answer: they stand in the field meanwhile
  let isStale = false; // it had been carried out, but its rows are not on the page
  let isRefused = false; // the last answer asks the writer to do something
  let busy = false;
  let pressed = null; // a button of the form, while something is under way
  let leaveTo = null; // a link that waits until all is saved
  let leaving = false; // by a button of the form

  form.noValidate = true; // The server says what is wrong, by itself and at once; a browser would only send nothing.

  const unsaved = () => touched || busy || Boolean(pending) || body !== null;

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

  /** The lines given back were added after all: they go from where they stand, unless they were changed. */
  function takeAway() {
    if (givenBack && pending.startsWith(givenBack)) pending = pending.slice(givenBack.length).trimStart();
    else if (givenBack && lines.value.startsWith(givenBack)) lines.value = lines.value.slice(givenBack.length).trimStart();
    givenBack = "";
  }

  function tell(sentence) {
    said.replaceChildren(Object.assign(document.createElement("p"), { className: "invalid", textContent: sentence }));
  }

  const waitsForAButton = (field) => field === lines || field.name?.endsWith("-DELETE");

  form.addEventListener("input", (event) => {
    if (event.target.form && !waitsForAButton(event.target)) touched = true;
  });
  form.addEventListener("change", (event) => {
    if (!event.target.form || waitsForAButton(event.target)) return; // SortableJS says that something is being dragged.
    touched = true;
    save();
  });
  form.addEventListener("reordered", () => {
    touched = true;
    save();
  });
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
    leaving = true;
  });

  form.addEventListener("htmx:configRequest", (event) => {
    isAgain = body !== null;
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1]; // Another one after signing in again.
    if (token) (body ?? event.detail.formData).set("csrfmiddlewaretoken", token);
    if (isAgain) {
      event.detail.parameters = body;
      return;
    }
    sent = pending;
    pending = "";
    touched = false;
    event.detail.parameters.lines = sent;
    body = new FormData();
    for (const [name, value] of event.detail.formData) body.append(name, value);
  });
  form.addEventListener("htmx:beforeRequest", () => (busy = true));
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status === 401) event.preventDefault(); // Not to the page of signing in: what is typed stays.
  });
  form.addEventListener("sent-already", () => (isStale = true));
  form.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr.status;
    busy = false;
    if (pressed) setTimeout(() => form.requestSubmit(pressed)); // After the answer has taken its place.
    isRefused = false;
    if (status >= 200 && status < 300) wasSaved();
    else wasNotSaved(status);
  });

  function wasSaved() {
    if (isAgain) takeAway();
    body = null;
    sent = "";
    if (touched || pending) {
      if (isAgain || leaveTo) save(0);
    } else if (leaveTo) {
      location.assign(leaveTo);
    } else if (isStale && !lines.value.trim()) {
      location.reload();
    }
  }

  function wasNotSaved(status) {
    leaveTo = null;
    touched = true;
    const mayHaveArrived = status === 0 || status >= 500 || status === 429;
    if (!mayHaveArrived) body = null;
    else if (!isAgain) givenBack = sent.trimEnd();
    giveBack();
    isRefused = status === 409 || status === 422;
    if (isRefused) return; // The answer says why, and stands below.
    if (status === 403) {
      if (!pressed) form.requestSubmit(); // The page that answers explains, and keeps what was being written.
      return;
    }
    if (status === 404) {
      tell(form.dataset.gone);
      return;
    }
    tell(status === 401 ? form.dataset.signedOut : form.dataset.notSent);
    save(AGAIN);
  }

  // --- leaving before all is saved --------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;
    if (!link || !isPlain || event.defaultPrevented || isRefused || !unsaved()) return;
    if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    leaveTo = link.href;
    if (!busy) save(0);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && touched && !isRefused) save(0);
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (unsaved() || lines.value.trim())) event.preventDefault();
  });
  addEventListener("pageshow", () => (leaving = false));
})();
