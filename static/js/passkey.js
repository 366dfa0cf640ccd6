/* Passkeys and security keys: shows what needs script, and tells the person when a key could not be used
   (allauth's own script only logs it). */
for (const part of document.querySelectorAll("[data-passkey-only]")) part.hidden = false;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const place of document.querySelectorAll("[data-passkey-problem]")) place.hidden = false;
});
