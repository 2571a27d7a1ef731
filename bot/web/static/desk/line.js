// The line on which the site tells that something has changed; it comes back by itself.
import { findAll } from "./page.js";

const AGAIN = 3000; // milliseconds until a line that the site refused is tried again

/** @param {boolean} isThere */
function show(isThere) {
  for (const words of findAll(".offline")) words.hidden = isThere;
}

/**
 * Call `changed` at each change since a cursor, also at what was missed while the line was away.
 * @param {string} url
 * @param {string} cursor
 * @param {() => void} changed
 */
export function follow(url, cursor, changed) {
  let after = cursor;
  const open = () => {
    const source = new EventSource(`${url}?after=${encodeURIComponent(after)}`);
    source.addEventListener("open", () => show(true));
    source.addEventListener("news", (event) => {
      after = event.lastEventId;
      changed();
    });
    source.addEventListener("error", () => {
      show(false);
      // Otherwise the browser tries again by itself.
      if (source.readyState === EventSource.CLOSED) setTimeout(again, AGAIN);
    });
    // A page that is kept for going back must not hold a line.
    addEventListener("pagehide", () => source.close(), { once: true });
  };
  const again = async () => {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    void answer?.body?.cancel();
    // Whose session is over must not leave patients' words on the screen: this leads to the entrance.
    if (answer?.status === 401) location.reload();
    else open();
  };
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  open();
}
