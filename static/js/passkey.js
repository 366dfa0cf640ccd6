/* Tells the person when a passkey or security key could not be used; allauth's own script only logs it. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-passkey-problem]")) place.hidden = false;
});
