// Keeps an open conversation up to date, says that its holder is still there, and keeps the draft.
import { follow } from "./line.js";
import { find, findAll } from "./page.js";

const RENEW = 30_000; // milliseconds
const USUAL = "Ctrl and Enter sends it. Whoever sends takes the conversation over.";
const { base = "", csrf = "", cursor = "" } = find(".talk").dataset;
const log = find("#log");
const frame = find(".log-frame");
const composer = /** @type {HTMLFormElement} */ (find("#composer"));
const text = /** @type {HTMLTextAreaElement} */ (find("#text"));

const standing = () => find("#standing > *").dataset;
const isAtEnd = () => frame.scrollHeight - frame.scrollTop - frame.clientHeight < 80;
const toEnd = () => { frame.scrollTop = frame.scrollHeight; };

let isFetching = false;
let isStale = false;

/** Fetch what came since the last line; one request after the other, so that no line comes twice. */
async function fetchNews() {
  isStale = true;
  if (isFetching) return;
  isFetching = true;
  const stay = isAtEnd();
  try {
    while (isStale) {
      isStale = false;
      const last = findAll("li", log).at(-1)?.dataset["seq"] ?? "0";
      await htmx.ajax("GET", `${base}/news?after=${last}`, { target: "#log", swap: "beforeend" });
    }
  } finally {
    isFetching = false;
  }
  if (stay) toEnd();
  mayWrite();
}

/** Somebody else may have taken the conversation: say so, and leave what was typed. */
function mayWrite() {
  const { refusal } = standing();
  find("#refusal").textContent = refusal || USUAL;
  for (const button of findAll(".composer .button, .quick .button")) {
    /** @type {HTMLButtonElement} */ (button).disabled = Boolean(refusal);
  }
}

setInterval(async () => {
  if (standing()["mine"] !== "yes") return;
  const body = new URLSearchParams({ csrf });
  const answer = await fetch(`${base}/renew`, { method: "POST", body }).catch(() => null);
  if (answer?.status === 409) await fetchNews();
}, RENEW);

// The draft outlives a session that is over, and goes when it was sent or the window is closed.
const draft = `draft-${text.dataset["draft"]}`;
const sent = `${draft}-sent`;
if (new URLSearchParams(location.search).get("done") === "answered") {
  // Only what was sent: a button's message leaves the draft.
  if (sessionStorage.getItem(sent) === sessionStorage.getItem(draft)) sessionStorage.removeItem(draft);
}
sessionStorage.removeItem(sent);
if (!text.value) text.value = sessionStorage.getItem(draft) ?? "";
text.addEventListener("input", () => sessionStorage.setItem(draft, text.value));
composer.addEventListener("submit", () => {
  sessionStorage.setItem(draft, text.value);
  sessionStorage.setItem(sent, text.value);
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.value.trim()) {
    event.preventDefault();
    composer.requestSubmit(composer.querySelector("button"));
  }
});
// What was done is not told again when the page is loaded again.
if (location.search) history.replaceState(null, "", location.pathname);

toEnd();
mayWrite();
follow(`${base}/stream`, cursor, fetchNews);
