// What the browser keeps: nothing before the first message, and only in this tab.

const NAME = "candor";

export function remembered() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    return typeof kept?.conversation === "string" ? kept : null;
  } catch {
    return null;
  }
}

export function remember(conversation, open) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ conversation, open }));
  } catch {
    // Storage is switched off: the conversation lasts as long as the page.
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // Nothing was kept.
  }
}
