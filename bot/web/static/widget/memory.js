// What the browser keeps: nothing before the first message. Then the way back to the conversation,
// for every tab of this site, and what could not be delivered yet.

export const NAME = "candor";

/** @returns {Memory} */
export function recall() {
  const nothing = { token: null, claim: null, unsent: [] };
  try {
    const { token, claim, unsent = [] } = JSON.parse(localStorage.getItem(NAME) ?? "");
    /** @param {any} text */
    const said = (text) => (typeof text === "string" ? text : null);
    const whole = unsent.filter((/** @type {any} */ one) => said(one.key) && said(one.text) && said(one.shown));
    return { token: said(token), claim: said(claim), unsent: whole };
  } catch {
    // Nothing is kept, nothing of ours, or storage is switched off.
    return nothing;
  }
}

/**
 * Other tabs write there too, so what is kept is read anew before each change.
 * @param {(kept: Memory) => void} change
 */
export function keep(change) {
  const kept = recall();
  change(kept);
  try {
    if (kept.token || kept.unsent.length) localStorage.setItem(NAME, JSON.stringify(kept));
    else localStorage.removeItem(NAME);
  } catch {
    // Storage is switched off: the conversation lasts as long as the page.
  }
}

// Whether the chat was open in this tab before it was loaded anew.
/** @param {boolean} [open] says it; without it, asks */
export function wasOpen(open) {
  try {
    if (open) sessionStorage.setItem(NAME, "open");
    else if (open === false) sessionStorage.removeItem(NAME);
    return sessionStorage.getItem(NAME) === "open";
  } catch {
    return false;
  }
}

// 128 bits that nobody guesses.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
