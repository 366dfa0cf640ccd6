// Unsaved texts kept in this browser. A key holds a list: drafts that earlier visits left, oldest first, and last the
// one being written. static/js/app.js removes all keys of this prefix at sign-out.
const PREFIX = "brouillon:";
const MOST = 4;

/** One key for each person and text, so that people who share a computer do not see each other's drafts. */
export function draftKey(user, name) {
  return `${PREFIX}${user}:${name}`;
}

/** @returns {{rev: string, text: string, at: number}[]} */
export function readDrafts(key) {
  try {
    const drafts = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(drafts) ? drafts.filter((draft) => typeof draft?.text === "string") : [];
  } catch {
    return []; // Storage refused (private mode) or not ours to read.
  }
}

/** @returns {boolean} whether the browser kept them */
export function writeDrafts(key, drafts) {
  try {
    if (drafts.length) localStorage.setItem(key, JSON.stringify(drafts.slice(-MOST)));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false; // Storage full or refused.
  }
}
