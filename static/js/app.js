/* What every page does beyond HTML: theme, menus, dialogs, one sending of a form, copying, drafts at sign-out.
   Loaded with defer after vendor/htmx. Nothing here is needed to use the portal: each part only spares a detour.

   Markup it answers to:
     [data-theme-choice=light|dark|system]   radio button, or button with aria-pressed
     details.menu, details[data-menu]        close on Escape and on a click elsewhere
     details.fold                            opens where the address, or a link of the page, leads to its part
     [data-dialog=id], [data-dialog-close]   open and close a <dialog>; on a link, the href serves without script
     form                                    is sent once; [data-repeatable] exempts it
     [data-copy=text], [data-copy-from=id]   copy; data-copied is what is said then
     time[data-moment=date|clock|both]       shows the reader’s own day and hour where they are not those of the portal
     form[data-signout][data-warning=…]      asks before unsaved drafts are removed */
(() => {
  "use strict";

  const root = document.documentElement;

  // htmx under a strict Content-Security-Policy; no page is kept in the browser's storage.
  if (window.htmx) {
    Object.assign(window.htmx.config, {
      allowEval: false,
      allowScriptTags: false,
      includeIndicatorStyles: false,
      historyCacheSize: 0,
      historyRestoreAsHxRequest: false,
      refreshOnHistoryMiss: true,
      responseHandling: [
        { code: "204", swap: false },
        { code: "[23]..", swap: true },
        { code: "409|422", swap: true },
        { code: "[45]..", swap: false, error: true },
      ],
    });
  }

  /* Storage may be refused by the browser; then the choice lasts as long as the page. */
  const storage = {
    get(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        localStorage.setItem(key, value);
      } catch {
        /* see above */
      }
    },
    keys(prefix) {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
      } catch {
        return [];
      }
    },
  };

  /* --- theme: the server reads the cookie, so that a page arrives in its theme; storage outlives the cookie --- */

  const THEMES = ["light", "dark"];
  const YEAR = 365 * 24 * 3600;

  function applyTheme(theme) {
    if (THEMES.includes(theme)) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const control of document.querySelectorAll("[data-theme-choice]")) {
      const chosen = control.dataset.themeChoice === (root.dataset.theme ?? "system");
      if (control instanceof HTMLInputElement) control.checked = chosen;
      else control.ariaPressed = String(chosen);
    }
  }

  function chooseTheme(theme) {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    const life = THEMES.includes(theme) ? YEAR : 0;
    document.cookie = `theme=${life ? theme : ""}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`;
    storage.set("theme", theme);
    applyTheme(theme);
  }

  /* --- menus ---------------------------------------------------------------------------------------------- */

  const MENU = "details.menu[open], details[data-menu][open]";

  function closeMenus(except) {
    for (const menu of document.querySelectorAll(MENU)) if (!menu.contains(except)) menu.open = false;
  }

  function closeMenuByKey(event) {
    const menu = event.key === "Escape" && event.target.closest?.(MENU);
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  /* --- folds: what an anchor leads to is open ----------------------------------------------------------------- */

  function openFolds(hash) {
    const target = hash.length > 1 && document.getElementById(hash.slice(1));
    if (!target) return;
    const around = target.closest("details.fold");
    const folds = around ? [around] : target.querySelectorAll("details.fold");
    for (const fold of folds) fold.open = true;
  }

  /* --- dialogs -------------------------------------------------------------------------------------------- */

  function openDialog(event, opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
  }

  /* --- a form is sent once ---------------------------------------------------------------------------------- */

  const sent = new Set();
  const PATIENCE = 15_000; // ms; then the answer was a file or never came, and the button is free again

  function sendOnce(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.matches("[data-repeatable]")) return;
    if (form.method === "get") return; // Asking twice does no harm, and a download leaves the page where it is.
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    const button = event.submitter;
    if (button) {
      button.dataset.busy = "";
      button.ariaDisabled = "true"; // Not `disabled`: that would drop its name and value from what is sent.
    }
    setTimeout(release, PATIENCE, form);
  }

  function release(form) {
    sent.delete(form);
    for (const button of document.querySelectorAll("[data-busy]")) {
      if (form && button.form !== form) continue;
      delete button.dataset.busy;
      button.ariaDisabled = null;
    }
  }

  /* --- copying ---------------------------------------------------------------------------------------------- */

  let announcer;

  function announce(text) {
    if (!announcer) {
      announcer = document.createElement("div");
      announcer.className = "visually-hidden";
      announcer.role = "status";
      document.body.append(announcer);
    }
    announcer.textContent = "";
    setTimeout(() => (announcer.textContent = text), 50); // A reader hears a change, not a first content.
  }

  async function copy(button) {
    const source = document.getElementById(button.dataset.copyFrom ?? "");
    const text = button.dataset.copy ?? source?.value ?? source?.textContent.trim() ?? "";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // No permission, or no https: mark the text for the reader to copy.
      if (source) getSelection().selectAllChildren(source);
      return;
    }
    const said = button.dataset.copied;
    if (!said) return;
    announce(said);
    const label = button.querySelector("[data-copy-label]") ?? button;
    if (label.dataset.was !== undefined) return;
    label.dataset.was = label.textContent;
    label.textContent = said;
    setTimeout(() => {
      label.textContent = label.dataset.was;
      delete label.dataset.was;
    }, 2_000);
  }

  /* --- drafts (frontend/src/autosave/drafts.js) leave the computer with the person ----------------------------- */

  const DRAFTS = "brouillon:";

  function clearDrafts(event) {
    const form = event.target;
    const keys = storage.keys(DRAFTS);
    if (!keys.length) return;
    if (form.dataset.warning && !confirm(form.dataset.warning)) {
      event.preventDefault();
      return;
    }
    for (const key of keys) localStorage.removeItem(key);
  }

  /* --- moments that somebody wrote or saved: by the reader's clock where it is not the portal's ----------------- */

  const ZONE = "Europe/Paris";

  /** "29 novembre 2026" and "14 h 05", "29 November 2026" and "14:05". */
  function moment(date, timeZone) {
    const french = !root.lang.startsWith("en");
    const part = (options) => new Intl.DateTimeFormat(french ? "fr" : "en-GB", { ...options, timeZone }).format(date);
    const day = part({ day: "numeric", month: "long", year: "numeric" });
    const clock = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return {
      date: french ? day.replace(/^1 /, "1er ").replace(" ", "\u00a0") : day,
      clock: french ? clock.replace(/^0?(\d+):/, "$1\u00a0h\u00a0") : clock,
    };
  }

  function showMoments() {
    for (const time of document.querySelectorAll("time[data-moment]")) {
      const date = new Date(time.dateTime);
      if (Number.isNaN(date.valueOf())) continue;
      const here = moment(date);
      const there = moment(date, ZONE);
      if (time.textContent && here.date === there.date && here.clock === there.clock) continue;
      time.textContent = time.dataset.moment === "both" ? `${here.date}, ${here.clock}` : here[time.dataset.moment];
    }
  }

  /* --- wiring ----------------------------------------------------------------------------------------------- */

  document.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target);
    const anchor = target.closest("a[href^='#']");
    if (anchor) openFolds(anchor.hash); // Also where the address has that anchor already.
    const busy = target.closest("[aria-disabled=true]");
    if (busy && busy.matches("button, a")) {
      event.preventDefault();
      return;
    }
    const theme = target.closest("button[data-theme-choice]");
    if (theme) {
      event.preventDefault(); // Without script the button sends a form.
      chooseTheme(theme.dataset.themeChoice);
    }
    const opener = target.closest("[data-dialog]");
    if (opener) openDialog(event, opener);
    target.closest("[data-dialog-close]")?.closest("dialog")?.close();
    const copier = target.closest("[data-copy], [data-copy-from]");
    if (copier) copy(copier);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-theme-choice]")) chooseTheme(event.target.dataset.themeChoice);
  });
  document.addEventListener("keydown", closeMenuByKey);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-signout]")) clearDrafts(event);
    sendOnce(event);
  });
  document.addEventListener("portal:times", showMoments);
  document.addEventListener("htmx:load", showMoments);
  addEventListener("hashchange", () => openFolds(location.hash));
  addEventListener("pageshow", (event) => {
    if (event.persisted) release();
  });

  applyTheme(root.dataset.theme ?? storage.get("theme"));
  openFolds(location.hash);
  showMoments();
})();
