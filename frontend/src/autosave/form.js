// Saves a form while one writes, and never loses a word: offline, signed out, refused or overtaken by somebody else,
// the text stays in the form and in this browser, and the reader is told. docs: frontend/README.md, "Autosave".
import { canonical, unite } from "../rich_text/html.js";
import { draftKey, readDrafts, writeDrafts } from "./drafts.js";

const REST = 800; // ms without typing before the text is sent
const PATIENCE = 20_000; // ms before a request counts as lost
const RETRIES = [5_000, 15_000, 30_000, 60_000]; // ms between attempts while the server cannot be reached
const KEEPALIVE_LIMIT = 60_000; // bytes; browsers refuse more in a request that outlives its page

export class AutosaveForm {
  /** @param {HTMLFormElement} form carries data-autosave; fields: rev, text_format, and the text (data-autosave-field) */
  constructor(form) {
    this.form = form;
    this.field = form.elements.namedItem(form.dataset.autosaveField || "body");
    this.rev = form.elements.namedItem("rev");
    this.ui = form.querySelector("[data-autosave-ui]");
    this.status = this.ui.querySelector("[data-autosave-status]");
    this.activity = this.ui.querySelector("[data-autosave-activity]");
    this.conflict = form.querySelector("[data-conflict]");
    this.offer = form.querySelector("[data-draft-offer]");
    this.key = draftKey(this.ui.dataset.user, form.dataset.autosave);
    this.editor = this.field.closest("rich-text");
    this.saved = this.editor ? this.editor.served : this.field.defaultValue;
    this.state = this.conflict.querySelector("[data-rev]") ? "conflict" : "saved";
    this.attempts = 0;
    this.earlier = readDrafts(this.key).filter((draft) => this.#normal(draft.text) !== this.saved);
    this.#listen();
    this.#offerEarlier();
    if (this.dirty) this.#touched(); // The browser gave back what was typed before Back or a reload.
  }

  get dirty() {
    return this.field.value !== this.saved;
  }

  /** Send now what waits to be sent; resolves when the answer is there. */
  flush({ leaving = false } = {}) {
    if (!this.dirty || this.state === "conflict" || this.state === "refused") return Promise.resolve();
    clearTimeout(this.timer);
    return this.#send(leaving);
  }

  #listen() {
    this.form.addEventListener("input", (event) => {
      if (event.target === this.field) this.#touched();
    });
    this.form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault(); // "Save" saves here: sent as a page, the text would be gone where there is no network.
      this.#save();
    });
    this.form.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      this.flush();
    });
    this.conflict.addEventListener("click", (event) => {
      const use = event.target.closest("[data-use]")?.dataset.use;
      if (use) this.#settle(use);
    });
    this.offer.addEventListener("click", (event) => {
      const action = event.target.closest("[data-draft]")?.dataset.draft;
      if (action) this.#answerOffer(action);
    });
  }

  // --- writing ---------------------------------------------------------------------------------------------------

  #touched() {
    this.#forgetOffer();
    const kept = this.#keep();
    if (!this.dirty) {
      clearTimeout(this.timer);
      if (this.state === "unsaved") this.#show("saved");
      return;
    }
    if (this.state !== "conflict" && this.state !== "refused") {
      this.#show("unsaved");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#send(), REST);
    }
    if (!kept) this.#tell("notKept");
  }

  /** Write the drafts down in this browser: those of earlier visits and the one of now. */
  #keep() {
    const now = this.dirty ? [{ rev: this.rev.value, text: this.field.value, at: Date.now() }] : [];
    return writeDrafts(this.key, [...this.earlier, ...now]);
  }

  #setText(html) {
    if (this.editor) this.editor.value = html;
    else this.field.value = html;
    this.#touched();
    this.#focus();
  }

  #focus() {
    (this.editor ?? this.field).focus();
  }

  /** A text as this field would hold it, so that equal texts are equal strings. */
  #normal(text) {
    return this.editor ? canonical(text) : text;
  }

  /** Asked for by hand: tried at once, also after a refusal, and told whatever was told before. */
  async #save() {
    if (this.state === "conflict") {
      this.conflict.scrollIntoView({ block: "nearest" });
      return;
    }
    if (this.state === "refused") this.state = "unsaved";
    this.lastTold = null;
    if (this.dirty) await this.flush();
    else if (!this.sending) this.#tell("saved");
  }

  // --- sending ---------------------------------------------------------------------------------------------------

  /** One request at a time; what is typed meanwhile goes in the next one, based on the revision this one brings. */
  #send(leaving = false) {
    if (this.sending) {
      this.queued ??= this.sending.then(() => {
        this.queued = null;
        return this.flush({ leaving });
      });
      return this.queued;
    }
    this.sending = this.#request(leaving).finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async #request(leaving) {
    clearTimeout(this.timer);
    this.#show("saving");
    const text = this.field.value;
    try {
      const response = await fetch(this.form.getAttribute("action") || location.href, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "HX-Request": "true", Accept: "text/html" },
        keepalive: leaving && text.length < KEEPALIVE_LIMIT / 3,
        signal: AbortSignal.timeout(PATIENCE),
      });
      this.#answered(response, fragment(await response.text()), text);
    } catch (error) {
      if (!isNetworkError(error)) throw error;
      this.#unreachable();
    }
  }

  #answered(response, answer, text) {
    const rev = answer.querySelector("[data-rev]")?.dataset.rev;
    if (response.ok && rev !== undefined) this.#wasSaved(rev, answer, text);
    else if (response.status === 409 && rev !== undefined) this.#wasOvertaken(answer);
    else if (response.status === 401 || response.redirected) this.#tell("signedOut");
    else if (response.status === 413) this.#tell("tooLarge");
    else if (response.status === 422) this.#tell("invalid", answer);
    else if (response.status === 429 || response.status >= 500) this.#unreachable();
    else this.#wasRefused(answer);
  }

  #wasSaved(rev, answer, text) {
    this.rev.value = rev;
    this.saved = text;
    this.attempts = 0;
    this.#keep();
    fillPanels(answer);
    this.#tell("saved", answer);
    if (this.dirty) this.#touched();
  }

  #wasOvertaken(answer) {
    const own = answer.querySelector("[data-own]") !== null;
    this.#tell("conflict", null, own ? "conflictOwn" : "conflict");
    this.conflict.replaceChildren(answer);
    announceTimes();
    globalThis.htmx?.process(this.conflict);
    this.conflict.scrollIntoView({ block: "nearest" });
  }

  #wasRefused(answer) {
    this.#tell("refused", answer.querySelector("[data-autosave-answer]") ? answer : null);
  }

  #unreachable() {
    this.#tell("offline");
    const pause = RETRIES[Math.min(this.attempts, RETRIES.length - 1)];
    this.attempts += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  // --- two people, one text --------------------------------------------------------------------------------------

  /** mine, theirs or both: the text chosen, based on the revision that overtook this one, so that it saves. */
  #settle(use) {
    const theirs = this.conflict.querySelector("template[data-text=theirs]").innerHTML;
    const mine = this.field.value;
    this.rev.value = this.conflict.querySelector("[data-rev]").dataset.rev;
    this.conflict.replaceChildren();
    this.state = "unsaved";
    this.saved = null; // Whatever the text says, it is to be sent.
    if (use === "theirs") {
      this.#takeTheirs(theirs);
    } else {
      this.#setText(use === "both" ? unite(mine, theirs) : mine);
      this.#tell(use === "both" ? "united" : "unsaved");
      if (use === "mine") this.flush();
    }
  }

  /** Mine is saved first, so that it stands in the history, then theirs as the newest. */
  async #takeTheirs(theirs) {
    await this.flush();
    if (this.state !== "saved") return; // Told already; mine is in the form and in this browser.
    this.#setText(theirs);
    await this.flush();
    if (this.state === "saved") this.#tell("taken");
  }

  // --- what an earlier visit left --------------------------------------------------------------------------------

  #offerEarlier() {
    writeDrafts(this.key, this.earlier);
    const draft = this.earlier.at(-1);
    this.offer.hidden = !draft;
    if (!draft) return;
    this.offer.querySelector("time").dateTime = new Date(draft.at).toISOString();
    announceTimes();
  }

  /** The text offered is there already: the browser itself gave it back. */
  #forgetOffer() {
    const draft = this.earlier.at(-1);
    if (!draft || this.#normal(draft.text) !== this.field.value) return;
    this.earlier.pop();
    this.offer.hidden = true;
  }

  /** resume puts the draft into the form with the revision it was written on: a later one by others is a conflict. */
  #answerOffer(action) {
    const draft = this.earlier.pop();
    if (action === "resume") {
      this.rev.value = draft.rev;
      this.#setText(draft.text);
    }
    this.#keep();
    this.offer.hidden = true;
    if (this.earlier.length) this.#offerEarlier();
    if (action === "ignore") this.#focus();
  }

  // --- telling ---------------------------------------------------------------------------------------------------

  /** Passing states are shown, not announced: nobody wants to hear them at each pause. */
  #show(state) {
    this.state = state;
    this.ui.dataset.state = state;
    this.activity.textContent = this.#sentence(state);
    this.status.replaceChildren();
  }

  /** An outcome: announced when it differs from the last one. */
  #tell(state, answer = null, sentence = state) {
    const same = this.lastTold === state;
    this.lastTold = state;
    this.state = state;
    this.ui.dataset.state = state;
    this.activity.textContent = "";
    this.status.ariaLive = same ? "off" : "polite";
    this.status.replaceChildren(...(answer ? [answer] : [this.#sentence(sentence)]));
    if (answer) announceTimes();
  }

  #sentence(state) {
    return this.ui.dataset[`say${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
  }
}

/** What the page shows beside the text, as the save left it: each template of the answer names its place. */
function fillPanels(answer) {
  for (const panel of answer.querySelectorAll("template[data-into]")) {
    const place = document.getElementById(panel.dataset.into);
    if (place && !place.contains(document.activeElement)) place.replaceChildren(panel.content);
    panel.remove();
  }
}

/** static/js/app.js writes new moments as the reader's clock shows them. */
function announceTimes() {
  document.dispatchEvent(new Event("portal:times"));
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return document.importNode(template.content, true);
}

function isNetworkError(error) {
  return error instanceof TypeError || error.name === "TimeoutError" || error.name === "AbortError";
}
