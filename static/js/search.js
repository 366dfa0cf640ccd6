/* The box of the search: "/" leads to it, and results are offered while somebody types. Without script it is a form.

   Markup it answers to:
     details.head-search                       the box in the head of the page
     input[data-suggestions][data-listbox=id]  becomes a combobox over the listbox; [role=status] in its form is spoken */
(() => {
  "use strict";

  const WAIT = 200; // ms after the last key
  const LEAST = 2; // signs

  function offer(input) {
    const list = document.getElementById(input.dataset.listbox);
    const spoken = input.form.querySelector("[role=status]");
    let timer;
    let asking;
    let active = -1;

    input.setAttribute("role", "combobox");
    input.ariaAutoComplete = "list";
    input.ariaExpanded = "false";
    input.setAttribute("aria-controls", list.id);

    const options = () => [...list.querySelectorAll("[role=option]")];

    function close() {
      clearTimeout(timer);
      asking?.abort();
      list.hidden = true;
      input.ariaExpanded = "false";
      activate(-1);
    }

    function activate(index) {
      active = index;
      options().forEach((option, place) => {
        option.ariaSelected = String(place === index);
        if (place === index) option.scrollIntoView({ block: "nearest" });
      });
      if (index < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", options()[index].id);
    }

    async function ask() {
      const text = input.value.trim();
      asking?.abort();
      if (text.length < LEAST) return close();
      asking = new AbortController();
      try {
        const address = `${input.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
        const response = await fetch(address, { signal: asking.signal, headers: { "X-Requested-With": "fetch" } });
        if (!response.ok) return close();
        list.innerHTML = await response.text();
      } catch {
        return; // asked again meanwhile, or no network: the form still serves
      }
      options().forEach((option, place) => {
        option.id = `${list.id}-${place}`;
      });
      activate(-1);
      const any = options().length > 0 && document.activeElement === input;
      list.hidden = !any;
      input.ariaExpanded = String(any);
      spoken.textContent = list.querySelector("[data-said]")?.textContent ?? "";
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const shown = options();
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !list.hidden && shown.length) {
        event.preventDefault();
        const next = active + step;
        activate(next < -1 ? shown.length - 1 : next >= shown.length ? -1 : next);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        location.assign(shown[active].dataset.url);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation(); // the panel around it closes with the next one
        close();
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  }

  function typesElsewhere(target) {
    return target.closest?.("input, textarea, select, [contenteditable]") !== null;
  }

  for (const input of document.querySelectorAll("input[data-suggestions]")) offer(input);

  const head = document.querySelector("details.head-search");
  head?.addEventListener("toggle", () => {
    if (head.open) head.querySelector("input").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typesElsewhere(event.target)) return;
    const box = document.querySelector("main input[data-suggestions]");
    if ((!box && !head) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (!box) head.open = true;
    (box ?? head.querySelector("input")).focus();
  });
})();
